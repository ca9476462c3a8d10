"""Reminder, date and escalation of each period: a step in between delays nobody, and nobody is reminded at once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stafette.kernel.clock import travel
from stafette.referrals.commands import accept_referral, confirm_receipt, note_attempt
from stafette.referrals.deadlines import dates_after, dates_running, dates_until, working_day
from stafette.referrals.tests.scenes import again, drafted, sent

MONDAY = date(2026, 6, 1)


def at(day):
    return travel(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/Berlin")))


@pytest.fixture(autouse=True)
def _monday():
    with at(MONDAY):
        yield


def agreed(town, **periods):
    """A referral under such an agreement, sent on the Monday."""
    town.agree(town.outreach, **periods)
    return sent(town)


def day(town, number):
    """The n-th working day after the Monday."""
    return working_day(MONDAY, number, unit=town.outreach)


def read_on(town, referral, when):
    with at(when):
        return confirm_receipt(actor=town.worker, referral_id=referral.pk)


@pytest.mark.parametrize(
    ("days", "remind", "escalate"), [(1, 1, 2), (2, 1, 3), (3, 2, 5), (5, 4, 8), (10, 8, 15), (20, 16, 30)]
)
def test_shares_of_a_period(town, days, remind, escalate):
    dates = dates_after(MONDAY, days, unit=town.outreach)
    assert (dates.next_on, dates.remind_on, dates.escalate_on) == (
        day(town, days), day(town, remind), day(town, escalate),
    )  # fmt: skip


@pytest.mark.parametrize("days", [1, 2, 5])
def test_nobody_is_reminded_on_the_day_on_which_it_came(town, days):
    for start in (MONDAY + timedelta(days=number) for number in range(7)):
        promised = dates_until(start, start + timedelta(days=days), unit=town.outreach)
        for dates in (dates_after(start, days, unit=town.outreach), promised):
            assert start < dates.remind_on <= dates.next_on < dates.escalate_on


def test_what_is_promised_for_today_is_reminded_of_today(town):
    dates = dates_until(MONDAY, MONDAY, unit=town.outreach)
    assert (dates.next_on, dates.remind_on) == (MONDAY, MONDAY)


def test_a_draft_is_reminded_of_on_the_day_it_is_due(town):
    draft = drafted(town)
    assert draft.remind_on == draft.next_on == day(town, 1)


def test_one_day_to_read_is_reminded_of_on_that_day(town):
    referral = agreed(town, first=1)
    assert (referral.remind_on, referral.next_on, referral.escalate_on) == (
        day(town, 1), day(town, 1), day(town, 2),
    )  # fmt: skip


@pytest.mark.parametrize(("answer", "escalate"), [(1, 2), (2, 3), (5, 8), (10, 15)])
def test_reading_does_not_delay_the_coordination_office(town, answer, escalate):
    referral = agreed(town, answer=answer)
    for_coordination = read_on(town, referral, day(town, 1)).escalate_on
    assert for_coordination == day(town, escalate)


@pytest.mark.parametrize(("read", "remind"), [(0, 4), (1, 4), (4, 4), (5, 5), (7, 5)])
def test_after_reading_the_reminder_counts_from_the_sending(town, read, remind):
    row = read_on(town, agreed(town, answer=5), day(town, read))
    assert (row.next_on, row.remind_on, row.escalate_on) == (day(town, 5), day(town, remind), day(town, 8))


def test_escalation_follows_the_date_even_where_the_calendar_moved_it(town):
    late = day(town, 9)  # the office was open again when it was sent, and has closed since
    dates = dates_running(MONDAY, 5, late, from_on=MONDAY, unit=town.outreach)
    assert (dates.next_on, dates.escalate_on) == (late, day(town, 10))


@pytest.mark.parametrize(("planned", "escalate"), [(2, 15), (10, 15)])
def test_tries_in_vain_do_not_move_the_coordination_office(town, planned, escalate):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    note_attempt(
        actor=town.worker, referral_id=referral.pk, channel="phone", result="no_answer",
        next_on=day(town, planned),
    )  # fmt: skip
    row = again(referral, town.worker)
    assert (row.next_on, row.escalate_on) == (day(town, planned), day(town, escalate))


def test_a_short_time_for_the_first_contact_is_not_stretched_by_tries(town):
    referral = agreed(town, contact=4)
    accept_referral(actor=town.worker, referral_id=referral.pk)
    for _turn in range(2):
        note_attempt(
            actor=town.worker, referral_id=referral.pk, channel="phone", result="no_answer",
            next_on=day(town, 4),
        )  # fmt: skip
    assert again(referral, town.worker).escalate_on == day(town, 6)


def test_an_appointment_has_dates_of_its_own(town):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    note_attempt(
        actor=town.worker, referral_id=referral.pk, channel="phone", result="appointment",
        next_on=day(town, 3),
    )  # fmt: skip
    row = again(referral, town.worker)
    assert (row.remind_on, row.next_on, row.escalate_on) == (day(town, 2), day(town, 3), day(town, 8))
