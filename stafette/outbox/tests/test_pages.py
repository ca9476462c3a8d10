"""The pages of the outbox: what went to one's units, one mail, once more, one's own choice."""

from datetime import date

import pytest
from django.urls import reverse

from stafette.accounts.models import MailChoice
from stafette.accounts.queries import watch_actor
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import now, travel
from stafette.kernel.testing import as_owner
from stafette.outbox.commands import note_bounce
from stafette.outbox.models import Message
from stafette.outbox.shown import COVER, readable
from stafette.outbox.tests.factories import MessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


def fresh(message):
    with as_owner():
        return Message.objects.get(pk=message.pk)


def test_list_shows_the_own_units_mails_only(logged_in, unit):
    mine, other = MessageFactory(unit=unit), MessageFactory()

    page = logged_in(Role.CLERK, unit).get(reverse("outbox:list")).content.decode()

    assert mine.reference in page and other.reference not in page


def test_list_is_narrowed_by_state_and_number(logged_in, unit):
    failed, queued = MessageFactory(unit=unit, state="failed"), MessageFactory(unit=unit)
    client = logged_in(Role.CLERK, unit)

    page = client.get(reverse("outbox:list"), {"state": "failed"}).content.decode()
    assert failed.reference in page and queued.reference not in page
    page = client.get(reverse("outbox:list"), {"reference": queued.reference}).content.decode()
    assert failed.reference not in page and queued.reference in page


def test_mail_of_another_unit_does_not_exist(logged_in, unit):
    assert (
        logged_in(Role.CLERK, unit).get(reverse("outbox:message", args=[MessageFactory().pk])).status_code
        == 404
    )


def test_partners_key_is_covered_but_in_the_demo(logged_in, unit, settings):
    body = "Bitte antworten: http://127.0.0.1:8000/partner/a/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6/ und fertig.\n"
    message = MessageFactory(unit=unit, body=body)
    client = logged_in(Role.CLERK, unit)
    url = reverse("outbox:message", args=[message.pk])

    page = client.get(url).content.decode()
    assert "Zm9v" not in page and COVER in page and "und fertig" in page
    settings.DEMO = True
    assert "partner/a/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6/" in client.get(url).content.decode()


def test_ordinary_links_stay_readable():
    body = "https://stafette.weissenfels.example/uebergaben/0199f1c2-7a3b-7c4d-8e5f-0123456789ab/\n"
    assert readable(body) == body


def test_key_with_dots_or_at_the_end_of_a_sentence_is_covered_too():
    body = "https://stafette.weissenfels.example:8443/partner/antwort/abc.def-ghi_jkl.mno-pqr.stu\n"
    assert readable(body) == f"https://stafette.weissenfels.example:8443/partner/antwort/{COVER}\n"


def test_mail_that_failed_goes_out_again_on_demand(logged_in, unit):
    message = MessageFactory(unit=unit, state="failed", tries=8)

    answer = logged_in(Role.CLERK, unit).post(reverse("outbox:resend", args=[message.pk]))

    assert answer.status_code == 302
    kept = fresh(message)
    assert (kept.state, kept.tries, kept.message_id) == (Message.State.QUEUED, 0, message.message_id)
    with as_owner():
        assert Event.objects.get(subject_id=message.pk).kind == "mail.resent"


@pytest.mark.parametrize("state", ["queued", "sent"])
def test_mail_that_is_on_its_way_is_not_sent_again(logged_in, unit, state):
    message = MessageFactory(unit=unit, state=state, sent_at=now())

    assert logged_in(Role.CLERK, unit).post(reverse("outbox:resend", args=[message.pk])).status_code == 409


def test_other_unit_cannot_send_again(logged_in, unit):
    message = MessageFactory(state="failed")

    assert logged_in(Role.CLERK, unit).post(reverse("outbox:resend", args=[message.pk])).status_code == 404
    assert fresh(message).state == Message.State.FAILED


@pytest.mark.parametrize("role", [Role.COORDINATION, Role.UNIT_ADMIN, Role.PARTNER])
def test_in_the_demo_everybody_reads_the_mails_of_their_own_unit(logged_in, unit, settings, role):
    mine, other = MessageFactory(unit=unit), MessageFactory()
    client = logged_in(role, unit)

    assert client.get(reverse("outbox:list")).status_code == 403
    settings.DEMO = True
    page = client.get(reverse("outbox:list")).content.decode()
    assert mine.reference in page and other.reference not in page
    assert client.get(reverse("outbox:message", args=[mine.pk])).status_code == 200
    assert client.get(reverse("outbox:message", args=[other.pk])).status_code == 404


def test_choice_begins_with_what_the_role_suggests(logged_in, unit):
    page = logged_in(Role.HEAD, unit).get(reverse("outbox:choice")).content.decode()

    assert 'value="daily"' in page.split("checked")[0].rsplit("<input", 1)[1]


def test_choice_is_kept_for_oneself(logged_in, unit):
    client = logged_in(Role.CLERK, unit)
    with travel(now()):
        answer = client.post(
            reverse("outbox:choice"),
            {"rhythm": "daily", "pause_reason": "holiday", "paused_until": "31.12.2099"},
        )

    assert answer.status_code == 302
    choice = MailChoice.objects.get(user=client.user)
    assert (choice.rhythm, choice.paused_until) == ("daily", date(2099, 12, 31))
    assert "Pause bis 31.12.2099" in client.get(reverse("accounts:profile")).content.decode()
    client.post(reverse("outbox:choice"), {"rhythm": "single"})
    choice.refresh_from_db()
    assert (choice.rhythm, choice.paused_until, choice.pause_reason) == ("single", None, "")


@pytest.mark.parametrize(
    "data",
    [
        {"rhythm": "hourly"},
        {"rhythm": "daily", "pause_reason": "holiday"},
        {"rhythm": "daily", "paused_until": "31.12.2099"},
        {"rhythm": "daily", "pause_reason": "holiday", "paused_until": "01.01.2020"},
    ],
)
def test_wrong_choice_is_explained(logged_in, unit, data):
    assert logged_in(Role.CLERK, unit).post(reverse("outbox:choice"), data).status_code == 422
    assert not MailChoice.objects.exists()


def test_address_that_bounced_is_marked_on_the_accounts_page(logged_in, unit):
    colleague = logged_in(Role.CLERK, unit).user
    message = MessageFactory(unit=unit, address=colleague.email, state="sent", sent_at=now())
    note_bounce(actor=watch_actor(), message_id=message.pk, code="5.1.1")

    admin = logged_in(Role.TECHNICAL, UnitFactory())
    page = admin.get(reverse("accounts:account", args=[colleague.pk])).content.decode()

    assert "Eine Mail kam zurück" in page and "5.1.1" in page
    assert "outbox" not in page and "wie oft" not in page
