"""Bringing mails out: stored as sent, retried with growing pauses, never by two workers, never lost in a crash."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Locmem

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import now, travel
from stafette.kernel.testing import as_owner
from stafette.outbox import delivery
from stafette.outbox.models import Message, Note
from stafette.outbox.sending import TRIES, Verdict
from stafette.outbox.tests.factories import MessageFactory

pytestmark = pytest.mark.django_db


class Refusing(BaseEmailBackend):
    """A mail server that answers with `error`."""

    error: Exception

    def send_messages(self, messages):
        raise self.error


class Dying(Locmem):
    """The mail server has it, then the machine dies before we noted it."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KeyboardInterrupt


@pytest.fixture
def answering(settings):
    """Let the mail server answer with an error."""

    def set_up(error):
        Refusing.error = error
        settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    return set_up


@pytest.fixture
def dying(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Dying"


def fresh(message):
    with as_owner():
        return Message.objects.get(pk=message.pk)


def refused(number, words=b"5.1.1 <konto@musterstadt.example>: User unknown"):
    return smtplib.SMTPRecipientsRefused({"konto@musterstadt.example": (number, words)})


def test_mail_is_sent_and_stored_as_it_was_sent(settings):
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_BOUNCES_TO = (
        "Stafette <s@stadt.example>",
        "bounce@stadt.example",
    )
    message = MessageFactory(body="Grüße aus Weißenfels\n" + "ä" * 1500 + "\n.\nFrom here\n")

    delivery.deliver(message.pk)

    (sent,) = mail.outbox
    kept = fresh(message)
    assert kept.state == Message.State.SENT and kept.sent_at and kept.tries == 1
    assert sent.body == kept.body
    wire = sent.message()
    assert wire.get_payload(decode=True).decode().replace("\r\n", "\n") == kept.body
    assert wire["Message-ID"] == kept.message_id and wire["Subject"] == kept.subject
    assert wire["From"] == "Stafette <s@stadt.example>" and sent.from_email == "bounce@stadt.example"
    assert wire["Auto-Submitted"] == "auto-generated" and wire.get_content_type() == "text/plain"


def test_mail_that_is_sent_is_not_sent_again():
    message = MessageFactory()
    delivery.deliver(message.pk)

    assert delivery.deliver(message.pk) is None
    assert len(mail.outbox) == 1


def test_mail_that_another_worker_holds_is_left_alone():
    message = MessageFactory(state=Message.State.SENDING, try_after=now() + timedelta(minutes=5), tries=1)

    assert delivery.deliver(message.pk) is None
    assert delivery.sweep() == 0
    assert mail.outbox == []


def test_crash_after_the_mail_server_took_it_sends_it_again_under_the_same_id(dying, settings):
    message = MessageFactory()
    with pytest.raises(KeyboardInterrupt):
        delivery.deliver(message.pk)
    assert fresh(message).state == Message.State.SENDING

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert delivery.sweep() == 0, "the lease is running"
    with travel(now() + delivery.LEASE + timedelta(seconds=1)):
        assert delivery.sweep() == 1

    assert fresh(message).state == Message.State.SENT
    assert [one.message()["Message-ID"] for one in mail.outbox] == [message.message_id] * 2
    with as_owner():
        assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectionRefusedError(), "ConnectionRefusedError"),
        (smtplib.SMTPServerDisconnected(), "SMTPServerDisconnected"),
        (refused(450, b"4.2.0 greylisted"), "450 4.2.0"),
        (smtplib.SMTPDataError(451, b"later"), "451"),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 wrong"), "535 5.7.8"),
    ],
)
def test_what_may_pass_is_tried_again_after_a_pause(answering, error, code):
    message = MessageFactory()
    answering(error)

    assert delivery.deliver(message.pk).verdict is Verdict.LATER

    kept = fresh(message)
    assert (kept.state, kept.failure, kept.tries) == (Message.State.QUEUED, code, 1)
    assert kept.try_after > now()
    assert delivery.sweep() == 0


def test_pauses_grow_and_after_eight_tries_in_two_days_it_is_given_up(answering):
    message = MessageFactory()
    answering(ConnectionRefusedError())
    start, moment, pauses = now(), now(), []
    for _ in range(TRIES):
        with travel(moment):
            delivery.deliver(message.pk)
        kept = fresh(message)
        if kept.try_after:
            pauses.append(kept.try_after - moment)
            moment = kept.try_after + timedelta(seconds=1)

    assert pauses == sorted(pauses) and len(pauses) == 7
    assert moment - start < timedelta(days=2)
    assert (kept.state, kept.tries) == (Message.State.FAILED, 8)
    with as_owner():
        assert Event.objects.get(subject_id=message.pk).kind == "mail.failed"


def test_refused_content_is_given_up_at_once(answering):
    message = MessageFactory()
    answering(smtplib.SMTPDataError(554, b"5.7.1 looks like spam"))

    delivery.deliver(message.pk)

    assert (fresh(message).state, fresh(message).failure) == (Message.State.FAILED, "554 5.7.1")


def test_unknown_address_bounces_and_the_head_is_told_by_number_only(answering):
    unit = UnitFactory()
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    MembershipFactory(role=Role.CLERK, unit=unit)
    message, second = (
        MessageFactory(unit=unit, address="a@b.example"),
        MessageFactory(unit=unit, address="a@b.example"),
    )
    answering(refused(550))

    delivery.deliver(message.pk)
    delivery.deliver(second.pk)

    kept = fresh(message)
    assert (kept.state, kept.failure) == (Message.State.BOUNCED, "550 5.1.1") and kept.returned_at
    with as_owner():
        (note,) = Note.objects.all()
    assert (note.user_id, note.kind, note.reference) == (head.pk, "mail_bounced", message.reference)


def test_bounce_of_the_heads_own_address_is_not_mailed_to_it(answering):
    unit = UnitFactory()
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    admin = MembershipFactory(role=Role.UNIT_ADMIN, unit=unit).user
    answering(refused(550))

    delivery.deliver(MessageFactory(unit=unit, address=head.email).pk)

    with as_owner():
        assert [(note.user_id, note.path) for note in Note.objects.all()] == [(admin.pk, "/")]


def test_mail_that_kills_every_worker_is_given_up():
    message = MessageFactory(state=Message.State.SENDING, tries=TRIES, try_after=now() - timedelta(hours=1))

    assert delivery.deliver(message.pk) is None
    assert fresh(message).state == Message.State.FAILED


def test_one_recipient_that_must_wait_does_not_hold_up_the_others(answering):
    for _ in range(3):
        MessageFactory(created_at=now() - timedelta(minutes=2))
    answering(refused(450, b"4.2.0 greylisted"))

    delivery.sweep()

    with as_owner():
        assert Message.objects.filter(tries=1).count() == 3


def test_sweep_takes_up_mails_whose_job_is_gone_and_stops_when_the_server_is_down(answering, settings):
    old = now() - timedelta(minutes=2)
    for _ in range(3):
        MessageFactory(created_at=old)
    MessageFactory()
    answering(ConnectionRefusedError())

    assert delivery.sweep() == 0
    with as_owner():
        assert Message.objects.filter(tries=1).count() == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with travel(now() + timedelta(seconds=90)):
        assert delivery.sweep() == 4
