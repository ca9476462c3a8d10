"""Reports of lost mails: read without trust, tied to the mail by its Message-ID, told on by number only."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from stafette.accounts.queries import watch_actor
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory, UserFactory
from stafette.audit.models import Event
from stafette.kernel.actor import NOBODY
from stafette.kernel.clock import now
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.commands import note_bounce
from stafette.outbox.models import Message, Note
from stafette.outbox.queries import account_bounces, figures, last_bounce
from stafette.outbox.returned import Report, read_report
from stafette.outbox.tests.factories import MessageFactory

REPORT = """\
From: MAILER-DAEMON@mail.stadt.example
To: bounce@stadt.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="xx"

--xx
Content-Type: text/plain; charset=us-ascii

I'm sorry. Somebody may write <other@stafette.example> here.

--xx
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.stadt.example

Final-Recipient: rfc822; Schule@musterstadt.example
Original-Recipient: rfc822;schule@musterstadt.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <schule@musterstadt.example>: unknown

--xx
Content-Type: {kind}

From: Stafette <stafette@stadt.example>
To: schule@musterstadt.example
Subject: Stafette: 2026-000001
{message_id}
--xx--
"""


def report(message_id="<1@stafette.example>", action="failed", status="5.1.1", kind="message/rfc822"):
    line = f"Message-ID: {message_id}\n" if message_id else ""
    return REPORT.format(message_id=line, action=action, status=status, kind=kind).encode()


def take_in(content, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    out = io.StringIO()
    call_command("mail", "bounce", stdout=out)
    return out.getvalue().strip()


def sent(**values):
    return MessageFactory(
        state=Message.State.SENT, sent_at=now(), address="schule@musterstadt.example", **values
    )


def fresh(message):
    with as_owner():
        return Message.objects.get(pk=message.pk)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_report_names_mail_address_and_code(kind):
    assert read_report(report(kind=kind)) == Report(
        ("<1@stafette.example>",), ("schule@musterstadt.example",), "5.1.1", is_lost=True
    )


def test_late_mail_is_not_lost():
    assert not read_report(report(action="delayed", status="4.4.1")).is_lost


@pytest.mark.parametrize(
    "junk",
    [b"", b"\xff\xfe\x00", b"Subject: Abwesend\n\nIch bin im Urlaub.", report()[:400], b"From: a\n" * 9999],
)
def test_what_cannot_be_read_names_no_mail(junk):
    assert not read_report(junk).is_lost


@pytest.mark.django_db
def test_report_marks_the_mail_and_tells_the_head(monkeypatch):
    unit = UnitFactory()
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    message = sent(unit=unit)

    assert take_in(report(message.message_id), monkeypatch) == "lost 1, unknown 0"
    assert take_in(report(message.message_id), monkeypatch) == "lost 1, unknown 0"

    assert (fresh(message).state, fresh(message).failure) == (Message.State.BOUNCED, "5.1.1")
    with as_owner():
        (note,), (event,) = Note.objects.all(), Event.objects.filter(kind="mail.bounced")
    assert (note.user_id, note.reference) == (head.pk, message.reference)
    assert "musterstadt" not in f"{event.details}{note.key}{note.path}"


@pytest.mark.django_db
def test_report_of_a_mail_that_is_not_ours_is_counted_and_kept_out(monkeypatch):
    message = sent()

    assert take_in(report("<stranger@example.org>"), monkeypatch) == "lost 0, unknown 1"
    assert fresh(message).state == Message.State.SENT


@pytest.mark.django_db
def test_without_head_the_only_recent_mail_to_the_address_is_meant(monkeypatch):
    message = sent()
    assert take_in(report(""), monkeypatch) == "lost 1, unknown 0"
    assert fresh(message).state == Message.State.BOUNCED


@pytest.mark.django_db
def test_without_head_nothing_is_guessed_among_several(monkeypatch):
    sent(), sent()
    assert take_in(report(""), monkeypatch) == "lost 0, unknown 1"


@pytest.mark.django_db
def test_only_the_program_may_say_that_a_mail_came_back():
    message = sent()
    with pytest.raises((NotAllowed, Message.DoesNotExist)):
        note_bounce(actor=NOBODY, message_id=message.pk, code="5.1.1")


@pytest.mark.django_db
def test_bounce_is_known_until_a_later_mail_got_through(actor_with):
    unit = UnitFactory()
    clerk = actor_with(Permission.MAIL_VIEW, unit=unit)
    stranger = actor_with(Permission.MAIL_VIEW, unit=UnitFactory())
    message = sent(unit=unit)
    note_bounce(actor=watch_actor(), message_id=message.pk, code="5.1.1")

    with acting(clerk):
        assert last_bounce("schule@musterstadt.example", actor=clerk).code == "5.1.1"
    with acting(stranger):
        assert last_bounce("schule@musterstadt.example", actor=stranger) is None

    with as_owner():
        Message.objects.filter(pk=message.pk).update(returned_at=now() - timedelta(days=5))
        MessageFactory(unit=unit, address=message.address, state="sent", sent_at=now() - timedelta(days=2))
    with acting(clerk):
        assert last_bounce("schule@musterstadt.example", actor=clerk) is None


@pytest.mark.django_db
def test_whoever_manages_accounts_sees_which_address_does_not_work():
    user, other = UserFactory(), UserFactory()
    message = MessageFactory(address=user.email, state="sent", sent_at=now())
    note_bounce(actor=watch_actor(), message_id=message.pk, code="5.1.1")

    assert list(account_bounces([user.pk, other.pk])) == [user.pk]


@pytest.mark.django_db
def test_figures_count_without_showing_a_mail():
    MessageFactory(), MessageFactory(state="failed"), sent()

    found = figures()

    assert (found["queued"].number, found["failed"].number, found["bounced"].number) == (1, 1, 0)
    assert "sent" not in found
    assert Message.objects.count() == 0, "nobody acts, nobody sees a row"
