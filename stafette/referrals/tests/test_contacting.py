from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from stafette.accounts.models import ClosingPeriod
from stafette.audit.models import Event
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import (
    close_referral,
    give_feedback,
    note_attempt,
    note_first_contact,
    note_not_reached,
    reopen_referral,
)
from stafette.referrals.models import ContactAttempt, Referral
from stafette.referrals.tests.scenes import accepted, again, tried

State = Referral.State
TAKEN = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Berlin"))  # a Monday; first contact by 2026-03-16


def taken(town):
    with travel(TAKEN):
        return accepted(town)


def attempt(town, referral, result="no_answer", channel="phone", **facts):
    return note_attempt(actor=town.worker, referral_id=referral.pk, channel=channel, result=result, **facts)


def missed(town, referral):
    return note_not_reached(actor=town.worker, referral_id=referral.pk)


@pytest.mark.parametrize(
    ("days", "missing"),
    [
        ((), "fehlen noch 3"),
        ((0,), "fehlen noch 2"),
        ((1, 0), "fehlt noch 1"),
        ((0, 0, 0), "fehlen noch 2"),
        ((60, 1, 0), "fehlt noch 1"),
    ],
)
def test_nobody_is_not_reached_before_three_tries_on_three_days(town, days, missing):
    referral = accepted(town)
    tried(town, referral, days=days)
    with pytest.raises(RuleBroken, match=missing):
        missed(town, referral)
    assert again(referral, town.worker).state == State.ACCEPTED


@pytest.mark.parametrize("result", ["reached", "appointment", "refused"])
def test_only_tries_in_vain_count(town, result):
    referral = accepted(town)
    tried(town, referral, days=(2, 1))
    attempt(town, referral, result, next_on=today())
    with pytest.raises(RuleBroken, match="fehlt noch 1"):
        missed(town, referral)


def test_three_tries_by_any_channel_are_enough(town):
    referral = accepted(town)
    for back, channel, result in (
        (2, "phone", "no_answer"),
        (1, "letter", "wrong_contact"),
        (0, "visit", "no_answer"),
    ):
        with travel(now() - timedelta(days=back)):
            attempt(town, referral, result, channel)
    assert missed(town, referral).state == State.NOT_REACHED


@pytest.mark.parametrize(("day", "works"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False)])
def test_tries_lie_within_twenty_working_days(town, day, works):
    """20 working days before 31 March 2026 is 3 March."""
    referral = taken(town)
    for number in (1, 2, 3):
        with travel(TAKEN + timedelta(days=number)):
            attempt(town, referral)
    with travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Berlin"))):
        if works:
            assert missed(town, referral).state == State.NOT_REACHED
        else:
            with pytest.raises(RuleBroken, match="fehlt noch 1"):
                missed(town, referral)


def test_a_closing_day_of_the_office_widens_the_twenty_days(town):
    referral = taken(town)
    with as_owner():
        ClosingPeriod.objects.create(
            code="umzug", label="Umzug", authority=town.outreach.authority,
            starts_on=date(2026, 3, 11), ends_on=date(2026, 3, 11),
        )  # fmt: skip
    for number in (1, 2, 3):
        with travel(TAKEN + timedelta(days=number)):
            attempt(town, referral)
    with travel(datetime(2026, 4, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))):
        assert missed(town, referral).state == State.NOT_REACHED


def test_not_reachable_cannot_be_said_around_the_rule(town):
    referral = accepted(town)
    with pytest.raises(RuleBroken, match="drei vergebliche Kontaktversuche"):
        close_referral(actor=town.worker, referral_id=referral.pk, outcome="not_reachable")
    tried(town, referral)
    assert close_referral(actor=town.worker, referral_id=referral.pk, outcome="not_reachable").closed_at


def test_who_was_reached_before_may_become_unreachable(town):
    referral = accepted(town)
    note_first_contact(actor=town.worker, referral_id=referral.pk)
    assert close_referral(actor=town.worker, referral_id=referral.pk, outcome="not_reachable").closed_at


def test_tries_before_a_reopening_count_no_more(town):
    referral = accepted(town)
    tried(town, referral, days=(3, 2, 1))
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="not_reachable")
    give_feedback(actor=town.worker, referral_id=referral.pk)
    reopen_referral(actor=town.worker, referral_id=referral.pk, reason="came_back")
    with pytest.raises(RuleBroken, match="fehlen noch 3"):
        missed(town, referral)


def test_next_try_moves_the_date_within_the_time_for_the_first_contact(town):
    referral = taken(town)
    assert referral.next_on == date(2026, 3, 16)
    with travel(TAKEN + timedelta(days=1)):
        made = attempt(town, referral, next_on=date(2026, 3, 6))
    assert made.next_on == date(2026, 3, 6)
    row = again(referral, town.worker)
    assert (row.next_on, row.responsible_user_id) == (date(2026, 3, 6), town.worker.id)
    assert row.remind_on <= row.next_on <= row.escalate_on
    with travel(TAKEN + timedelta(days=4)):
        attempt(town, referral, next_on=date(2026, 3, 16))
        with pytest.raises(BadInput, match="16.03.2026"):
            attempt(town, referral, next_on=date(2026, 3, 17))
    assert again(referral, town.worker).next_on == date(2026, 3, 16)


def test_after_the_first_contact_is_late_tries_go_on_within_their_period(town):
    referral = taken(town)
    with travel(TAKEN + timedelta(days=21)):
        attempt(town, referral, next_on=date(2026, 3, 30))
        with pytest.raises(BadInput):
            attempt(town, referral, next_on=date(2026, 7, 1))


def test_appointment_keeps_its_day(town):
    referral = taken(town)
    with travel(TAKEN + timedelta(days=1)):
        with pytest.raises(BadInput, match="Termin"):
            attempt(town, referral, "appointment")
        with pytest.raises(BadInput, match="zu spät"):
            attempt(town, referral, "appointment", next_on=date(2026, 6, 1))
        made = attempt(town, referral, "appointment", next_on=date(2026, 3, 20))
    assert made.next_on == again(referral, town.worker).next_on == date(2026, 3, 20)
    with as_owner():
        event = Event.objects.get(subject_id=referral.pk, kind="referral.contact_tried")
    assert event.details["next_on"] == "2026-03-20"


def test_a_day_in_the_past_is_refused(town):
    with pytest.raises(BadInput, match="Vergangenheit"):
        attempt(town, accepted(town), next_on=today() - timedelta(days=1))


def test_without_a_next_day_the_date_stays(town):
    referral = accepted(town)
    attempt(town, referral)
    attempt(town, referral, "reached", next_on=today())
    row = again(referral, town.worker)
    assert row.next_on == referral.next_on
    assert row.version == referral.version + 2


def test_channel_and_result_come_from_the_list(town):
    with pytest.raises(BadInput):
        attempt(town, accepted(town), channel="pigeon")


def test_tries_are_the_receivers_alone(town):
    referral = accepted(town)
    attempt(town, referral)
    for stranger in (town.clerk, town.teacher):
        with acting(stranger):
            assert not ContactAttempt.objects.exists()


def test_page_shows_tries_and_offers_the_next_step(town, browse):
    referral, browser = accepted(town), browse(town.worker)
    url = reverse("referrals:detail", args=[referral.pk])
    page = browser.get(url).content.decode()
    assert "fehlen noch 3" in page
    assert "nicht-erreicht/" not in page
    tried(town, referral, days=(2, 1))
    page = browser.get(url).content.decode()
    assert "fehlt noch 1" in page
    assert town.worker.label in page
    tried(town, referral, days=(0,))
    page = browser.get(url).content.decode()
    assert "Drei vergebliche Versuche sind belegt" in page
    assert "nicht-erreicht/" in page


def test_after_success_the_first_contact_stands_first_and_open(town, browse):
    referral, browser = accepted(town), browse(town.worker)
    url = reverse("referrals:detail", args=[referral.pk])
    tried(town, referral, days=(0,), result="reached")
    page = browser.get(url).content.decode()
    first = page.index('<details class="st-fold" open>')
    assert "erstkontakt/" in page[first : first + 600]


def test_attempt_form_proposes_a_day_and_says_what_is_wrong(town, browse):
    referral, browser = accepted(town), browse(town.worker)
    url = reverse("referrals:attempt", args=[referral.pk])
    answer = browser.post(
        url,
        {
            "version": referral.version,
            "channel": "phone",
            "result": "no_answer",
            "next_on": f"{today() + timedelta(days=300):%d.%m.%Y}",
        },
    )
    assert answer.status_code == 422
    assert "zu spät" in answer.content.decode()
