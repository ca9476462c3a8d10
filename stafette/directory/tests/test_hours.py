"""Hours as people write them, read and written."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from stafette.directory.hours import (
    exceptions_text,
    hours_text,
    open_at,
    parse_exceptions,
    parse_hours,
    spans_on,
    unread,
    with_exceptions,
)

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "Mo–Do 9–12 und 13–16 Uhr, Fr nach Vereinbarung",
        "Mo–Do 9–12 Uhr mit Termin, Fr 9–12 Uhr",
        "Mo–Fr 9–12 Uhr, mit Termin",
        "Di 10–12 Uhr telefonisch, Do 14–18 Uhr",
        "1. und 3. Mi im Monat 14–16 Uhr",
        "letzter Fr im Monat 10–12 Uhr",
        "alle 2 Wochen Mo 17–19 Uhr",
        "Mo 9–12 Uhr (ab 01.03.2027 bis 31.10.2027)",
        "täglich 0–24 Uhr",
        "Mo, Mi 8:30–12 Uhr, im August nur mittwochs",
    ],
)
def test_hours_come_back_as_they_were_typed(text):
    assert hours_text(parse_hours(text)) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Montag bis Donnerstag von 9 bis 12 Uhr u. 13.00 - 16.00 Uhr", "Mo–Do 9–12 und 13–16 Uhr"),
        ("Mo-Fr: 9-12 Uhr; Sonnabend 10–14 Uhr", "Mo–Fr 9–12 Uhr, Sa 10–14 Uhr"),
        ("Mo., Mi. und Fr. 8–12 Uhr", "Mo, Mi, Fr 8–12 Uhr"),
        ("werktags 8 bis 20 Uhr", "Mo–Fr 8–20 Uhr"),
        ("rund um die Uhr", "täglich 0–24 Uhr"),
        ("Mo 9–12 Uhr\nDi 14–18 Uhr\nMi geschlossen", "Mo 9–12 Uhr, Di 14–18 Uhr"),
        ("jeden ersten Mittwoch im Monat 14 bis 16 Uhr", "1. Mi im Monat 14–16 Uhr"),
        (
            "dienstags 15-17 Uhr (nur mit Termin), donnerstags 9-11 Uhr",
            "Di 15–17 Uhr mit Termin, Do 9–11 Uhr",
        ),
    ],
)
def test_many_ways_of_writing_mean_the_same(typed, read):
    assert hours_text(parse_hours(typed)) == read
    assert unread(typed) == ""


def test_an_appointment_on_friday_leaves_the_other_days_open():
    rules = parse_hours("Mo–Do 9–12 und 13–16 Uhr, Fr nach Vereinbarung")
    assert [one.attending for one in rules] == ["walk_in", "walk_in", "appointment"]
    assert open_at(rules, datetime(2026, 11, 23, 10)) is not None
    assert open_at(rules, datetime(2026, 11, 27, 10)) is None


def test_an_appointment_at_one_place_hides_no_open_door_at_another():
    rules = [*parse_hours("Mo 9–12 Uhr, nur nach Vereinbarung"), *parse_hours("Mo 9–12 Uhr")]
    assert [one.attending for one in rules] == ["appointment", "walk_in"]
    found = open_at(rules, datetime(2026, 11, 23, 10))
    assert found is not None
    assert found.schedule is rules[1]


def test_what_is_not_understood_is_kept_and_named():
    assert unread("Mo 9–12 Uhr, im August nur mittwochs") == "im August nur mittwochs"
    assert parse_hours("wie es passt")[0].description == "wie es passt"


@pytest.mark.parametrize(
    ("typed", "first", "last", "written"),
    [
        ("24.12.–01.01. geschlossen", date(2026, 12, 24), date(2027, 1, 1), "24.12.2026–01.01.2027 geschlossen"),
        ("24.12.-01.01.2027 Betriebsferien", date(2026, 12, 24), date(2027, 1, 1),
         "24.12.2026–01.01.2027 geschlossen, Betriebsferien"),
        ("31.12. 9-12 Uhr", date(2026, 12, 31), date(2026, 12, 31), "31.12.2026 9–12 Uhr"),
        ("01.05. zu", date(2027, 5, 1), date(2027, 5, 1), "01.05.2027 geschlossen"),
        ("1.8.27 bis 15.8.27: geschlossen (Sommerpause)", date(2027, 8, 1), date(2027, 8, 15),
         "01.08.2027–15.08.2027 geschlossen, Sommerpause"),
    ],
)  # fmt: skip
def test_exceptions_are_read_with_the_year_that_is_meant(typed, first, last, written):
    (one,), wrong = parse_exceptions(typed, TODAY)
    assert (one.starts_on, one.ends_on, wrong) == (first, last, ())
    rules = with_exceptions(parse_hours("Mo 9–12 Uhr"), (one,))
    assert exceptions_text(rules) == written
    assert parse_exceptions(written, TODAY)[0] == (one,)


@pytest.mark.parametrize("typed", ["irgendwann", "32.12. geschlossen", "31.12. 12–9 Uhr"])
def test_a_line_that_says_no_day_is_named(typed):
    assert parse_exceptions(typed, TODAY) == ((), (typed,))


def test_special_hours_count_once_even_with_two_rules():
    exceptions, _wrong = parse_exceptions(f"{MONDAY:%d.%m.%Y} 10–11 Uhr", TODAY)
    rules = with_exceptions(parse_hours("Mo 9–12 und 13–16 Uhr"), exceptions)
    assert [(one.opens_at, one.closes_at) for one in spans_on(rules, MONDAY)] == [(time(10), time(11))]
    assert spans_on([replace(one, exceptions=()) for one in rules], MONDAY)[0].opens_at == time(9)
