"""The fixtures of the deadline engine (§ 31 VwVfG, §§ 187–193 BGB) and its laws."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.kernel.deadlines import (
    Deadline,
    add_months,
    breach_report_deadline,
    days_after,
    escalation,
    extended,
    fixed_date,
    german,
    hours_after,
    months_after,
    notified_on,
    portal_notified_on,
    prosecution_limit,
    registration_deadline,
    remedy_deadline,
    subject_request_deadline,
    target_deadline,
    weeks_after,
    working_days_after,
)
from stafette.kernel.rules.dated import ANY_LAND, LANDS
from stafette.kernel.rules.deadline_rules import Situation, retention_classes
from stafette.kernel.rules.retention import delete_on
from stafette.kernel.workdays import is_day_off

REAL_LANDS = sorted(set(LANDS) - {ANY_LAND})
lands = st.sampled_from(REAL_LANDS)
days = st.dates(date(1995, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize("land", REAL_LANDS)
@pytest.mark.parametrize(
    ("moved_in_on", "due_on"),
    [
        (date(2026, 3, 2), date(2026, 3, 16)),
        (date(2026, 12, 11), date(2026, 12, 28)),
        (date(2026, 10, 17), date(2026, 11, 2)),
    ],
)
def test_registration_is_due_two_weeks_after_moving_in(land, moved_in_on, due_on):
    due = registration_deadline(moved_in_on, land=land, situation=Situation.FOR_GOOD)
    assert due.due_on == due_on
    assert due.rule == "bmg-17"
    assert "voraussichtlich" in due.explanation


@pytest.mark.parametrize("land", REAL_LANDS)
def test_three_months_clamp_to_february_and_move_off_sunday(land):
    due = months_after(date(2026, 11, 30), 3, land=land)
    assert due.ends_on == date(2027, 2, 28)
    assert due.due_on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("situation", "due_on", "rule"),
    [
        (Situation.FOR_GOOD, date(2026, 12, 14), "bmg-17"),
        (Situation.ASSIGNED_ACCOMMODATION, date(2026, 12, 14), "bmg-27-3"),
        (Situation.TEMPORARY_FROM_ABROAD, date(2027, 3, 15), "bmg-27-2-abroad"),
        (Situation.TEMPORARY_REGISTERED_ELSEWHERE, date(2027, 6, 14), "bmg-27-2-germany"),
    ],
)
def test_registration_depends_on_how_somebody_lives_here(situation, due_on, rule):
    due = registration_deadline(date(2026, 11, 30), land="ST", situation=situation)
    assert (due.due_on, due.rule) == (due_on, rule)
    assert len(due.assumptions) == 2


def test_registration_without_a_known_situation_says_what_it_assumed():
    due = registration_deadline(date(2026, 3, 2), land="ST")
    assert due.due_on == date(2026, 3, 16)
    assert any("Bitte nach" in assumption for assumption in due.assumptions)


@pytest.mark.parametrize(
    ("land", "due_on"),
    [
        ("ST", date(2026, 6, 4)),
        ("SN", date(2026, 6, 4)),
        ("NW", date(2026, 6, 5)),
        ("BW", date(2026, 6, 5)),
    ],
)
def test_remedy_month_runs_from_the_fourth_day(land, due_on):
    assert notified_on(date(2026, 4, 30)).due_on == date(2026, 5, 4)
    assert remedy_deadline(date(2026, 4, 30), land=land).due_on == due_on


@pytest.mark.parametrize(
    ("sent_on", "notified"),
    [
        (date(2024, 12, 30), date(2025, 1, 2)),
        (date(2024, 12, 31), date(2025, 1, 3)),
        (date(2025, 1, 1), date(2025, 1, 5)),
    ],
)
def test_fiction_changed_from_third_to_fourth_day_in_2025(sent_on, notified):
    assert notified_on(sent_on).due_on == notified


def test_fiction_does_not_move_off_sunday_but_says_so():
    notified = notified_on(date(2026, 3, 4))
    assert notified.due_on == date(2026, 3, 8)
    assert any("streitig" in assumption for assumption in notified.assumptions)


def test_real_arrival_beats_the_fiction_only_when_later():
    sent = date(2026, 3, 2)
    assert notified_on(sent, arrived_on=date(2026, 3, 3)).due_on == date(2026, 3, 6)
    assert notified_on(sent, arrived_on=date(2026, 3, 10)).due_on == date(2026, 3, 10)
    assert notified_on(sent, served_on=date(2026, 3, 4)).due_on == date(2026, 3, 4)


def test_portal_counts_the_day_after_retrieval_or_closes():
    announced = date(2026, 3, 2)
    assert portal_notified_on(announced, retrieved_on=date(2026, 3, 5)).due_on == date(2026, 3, 6)
    closed = portal_notified_on(announced)
    assert closed.due_on == date(2026, 3, 12)
    assert "auf anderem Weg" in closed.explanation


@pytest.mark.parametrize(
    ("land", "due_on"),
    [("ST", date(2026, 1, 9)), ("SN", date(2026, 1, 8)), ("NW", date(2026, 1, 8)), ("BW", date(2026, 1, 9))],
)
def test_working_day_target_starts_on_the_next_working_day(land, due_on):
    assert working_days_after(date(2025, 12, 31), 5, land=land).due_on == due_on


@pytest.mark.parametrize(
    ("land", "due_on", "named"),
    [
        ("ST", date(2026, 6, 8), "Feiertage (Sachsen-Anhalt) und Schließtage lagen nicht dazwischen"),
        ("SN", date(2026, 6, 8), "Feiertage (Sachsen) und Schließtage lagen nicht dazwischen"),
        ("NW", date(2026, 6, 9), "Fronleichnam (04.06.), Nordrhein-Westfalen"),
        ("BW", date(2026, 6, 9), "Fronleichnam (04.06.), Baden-Württemberg"),
    ],
)
def test_working_days_name_what_they_left_out(land, due_on, named):
    due = working_days_after(date(2026, 6, 1), 5, land=land)
    assert due.due_on == due_on
    assert due.explanation.startswith(f"5 Arbeitstage nach dem 01.06.2026: {german(due_on)}; ")
    assert named in due.explanation


@pytest.mark.parametrize(
    ("land", "region", "start", "due_on", "name"),
    [
        ("SN", "SN-sorbisch", date(2026, 6, 1), date(2026, 6, 9), "Fronleichnam (04.06.)"),
        ("TH", "TH-eichsfeld", date(2026, 6, 1), date(2026, 6, 9), "Fronleichnam (04.06.)"),
        ("BY", "BY-augsburg", date(2025, 8, 4), date(2025, 8, 12), "Hohes Friedensfest (08.08.)"),
    ],
)
def test_regional_holidays_count_only_in_their_region(land, region, start, due_on, name):
    due = working_days_after(start, 5, land=land, region=region)
    assert due.due_on == due_on
    assert name in due.explanation
    assert working_days_after(start, 5, land=land).due_on < due_on


def test_closing_days_of_the_house_are_named_and_do_not_move_a_legal_period():
    closed = {date(2026, 12, day): "Zwischen den Jahren" for day in (28, 29, 30)}
    due = working_days_after(date(2026, 12, 18), 5, land="ST", closed=closed)
    assert due.due_on == date(2027, 1, 5)
    for part in ("Heiligabend (24.12.)", "Zwischen den Jahren (28.12. bis 30.12.)", "Silvester (31.12.)"):
        assert part in due.explanation
    assert working_days_after(date(2026, 12, 18), 5, land="ST").due_on == date(2026, 12, 29)
    assert weeks_after(date(2026, 12, 10), 2, land="ST").due_on == date(2026, 12, 24)


def test_an_extension_keeps_the_old_day_and_says_when_it_came_late():
    early = extended(date(2026, 6, 8), date(2026, 6, 22), decided_on=date(2026, 6, 5))
    late = extended(date(2026, 6, 8), date(2026, 6, 22), decided_on=date(2026, 6, 10))
    assert (early.due_on, early.ends_on) == (date(2026, 6, 22), date(2026, 6, 8))
    assert "nachträglich" not in early.explanation
    assert "nachträglich verlängert: statt 08.06.2026" in late.explanation
    with pytest.raises(ValueError, match="ends after"):
        extended(date(2026, 6, 8), date(2026, 6, 8), decided_on=date(2026, 6, 5))


@pytest.mark.parametrize(
    "due",
    [
        days_after(date(2026, 3, 4), 3, land="ST"),
        weeks_after(date(2026, 3, 2), 2, land="ST"),
        months_after(date(2026, 11, 30), 3, land="ST"),
        working_days_after(date(2026, 3, 2), 2, land="ST"),
        fixed_date(date(2026, 3, 7)),
        notified_on(date(2026, 4, 30)),
        portal_notified_on(date(2026, 3, 2)),
        remedy_deadline(date(2026, 4, 30), land="NW"),
        target_deadline("first_contact", date(2026, 3, 2), land="ST"),
        registration_deadline(date(2026, 12, 11), land="ST"),
        prosecution_limit(date(2026, 3, 2), 1_000),
        subject_request_deadline(date(2026, 1, 31), land="ST"),
        extended(date(2026, 6, 8), date(2026, 6, 22), decided_on=date(2026, 6, 5)),
    ],
    ids=lambda due: due.rule,
)
def test_every_deadline_explains_the_day_it_gives(due):
    assert german(due.due_on) in due.explanation or f"{due.due_on:%d.%m.%Y}" in due.explanation
    assert due.explanation.endswith((".", ")"))


def test_named_calendar_day_and_appointment_stand_on_a_weekend():
    assert days_after(date(2026, 3, 4), 3, land="ST", fixed_day=True).due_on == date(2026, 3, 7)
    assert days_after(date(2026, 3, 4), 3, land="ST").due_on == date(2026, 3, 9)
    assert fixed_date(date(2026, 3, 7)).due_on == date(2026, 3, 7)


def test_explanation_names_the_holiday_that_moved_the_end():
    due = weeks_after(date(2026, 12, 11), 2, land="ST")
    assert "Erster Weihnachtstag" in due.explanation
    assert "§ 193 BGB" in due.explanation


def test_singular_reads_well():
    assert "Mit einer Woche" in weeks_after(date(2026, 3, 2), 1, land="ST").explanation
    assert "Mit einem Monat" in months_after(date(2026, 3, 2), 1, land="ST").explanation


def test_hours_run_over_the_weekend_and_the_change_of_the_clocks():
    berlin = ZoneInfo("Europe/Berlin")
    friday = datetime(2026, 3, 27, 18, 0, tzinfo=berlin)
    due = hours_after(friday, 72)
    assert due.due_at.astimezone(UTC) - friday.astimezone(UTC) == timedelta(hours=72)
    assert due.due_at == datetime(2026, 3, 30, 19, 0, tzinfo=berlin)
    assert "Art. 33 DSGVO" in breach_report_deadline(friday).explanation
    with pytest.raises(ValueError, match="time zone"):
        hours_after(datetime(2026, 3, 27), 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("max_fine", "last_day"),
    [
        (1_000, date(2026, 9, 1)),
        (2_500, date(2027, 3, 1)),
        (15_000, date(2028, 3, 1)),
        (50_000, date(2029, 3, 1)),
    ],
)
def test_prosecution_ends_by_the_maximum_fine(max_fine, last_day):
    assert prosecution_limit(date(2026, 3, 2), max_fine).due_on == last_day


def test_subject_request_has_a_month_and_two_more():
    assert subject_request_deadline(date(2026, 1, 31), land="ST").due_on == date(2026, 3, 2)
    assert subject_request_deadline(date(2026, 1, 31), land="ST", extended=True).due_on == date(2026, 4, 30)


def test_targets_of_the_house_and_the_number_of_a_blueprint():
    assert target_deadline("referral_answered", date(2026, 6, 1), land="ST").due_on == date(2026, 6, 8)
    assert target_deadline("referral_answered", date(2026, 6, 1), land="ST", n=3).due_on == date(2026, 6, 4)
    assert target_deadline("school_first_day", date(2026, 3, 2), land="ST").due_on == date(2026, 4, 13)


def test_escalation_reminds_before_and_rises_after():
    steps = escalation(date(2026, 6, 1), 5, land="ST")
    assert steps.remind_on == date(2026, 6, 5)
    assert steps.head_on == date(2026, 6, 8)
    assert steps.steering_on == date(2026, 6, 11)


@pytest.mark.parametrize(
    ("code", "event_on", "gone"),
    [
        ("L0", date(2026, 3, 2), date(2026, 3, 3)),
        ("L1", date(2026, 3, 2), date(2026, 4, 2)),
        ("L2", date(2026, 8, 31), date(2027, 3, 1)),
        ("L4", date(2026, 3, 2), date(2030, 1, 1)),
        ("L10", date(2026, 9, 1), date(2029, 8, 1)),
        ("L10", date(2026, 7, 31), date(2028, 8, 1)),
        ("L16", date(2026, 3, 2), None),
    ],
)
def test_retention_counts_from_its_start_event(code, event_on, gone):
    assert delete_on(code, event_on) == gone


def test_every_retention_class_of_the_concept_is_there():
    assert {f"L{number}" for number in range(17)} <= set(retention_classes())


def test_a_deadline_cannot_be_changed():
    due = Deadline(date(2026, 1, 1), "x", "y")
    with pytest.raises(FrozenInstanceError):
        due.due_on = date(2027, 1, 1)


@given(days, st.integers(0, 400), lands)
def test_legal_periods_never_end_on_a_day_off_and_move_at_most_a_few_days(event, n, land):
    for due in (
        days_after(event, n, land=land),
        weeks_after(event, n, land=land),
        months_after(event, n, land=land),
    ):
        assert not is_day_off(due.due_on, land)
        assert timedelta(0) <= due.due_on - due.ends_on <= timedelta(days=5)


@given(days, st.integers(0, 60), lands, st.integers(0, 24))
def test_a_later_event_never_ends_earlier(event, later, land, months):
    other = event + timedelta(days=later)
    assert months_after(event, months, land=land).due_on <= months_after(other, months, land=land).due_on
    assert registration_deadline(event, land=land).due_on <= registration_deadline(other, land=land).due_on


@given(days, st.integers(0, 600))
def test_months_keep_the_day_or_clamp(day, months):
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end + timedelta(days=1)).day == 1
