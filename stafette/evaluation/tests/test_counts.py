"""What the database adds up equals what one would count by hand, and only those who may see numbers get any."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.evaluation import periods, queries, tables
from stafette.evaluation.queries.reading import lists_used, sums, totals
from stafette.evaluation.tests.scenes import QUARTER, count, random_contacts, topic_list
from stafette.intake.access import contacts_visible_to
from stafette.intake.models import ShortContact
from stafette.kernel import scope
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner

PERIOD = periods.read("quartal:2026-07-01")


@pytest.fixture
def unit(db):
    return UnitFactory()


@pytest.fixture
def topics(db):
    return topic_list()


def read(actor, *units, grain="", groups=None, since=QUARTER[0], until=QUARTER[1]):
    with scope.acting(actor):
        return sums(
            actor=actor, units=[one.pk for one in units], since=since, until=until, grain=grain, groups=groups
        )


def seeing(actor_with, *units):
    """Somebody who may see the numbers of all these units."""
    actors = [actor_with(Permission.COUNTS_VIEW, unit=one) for one in units]
    return replace(actors[0], grants=frozenset().union(*(one.grants for one in actors)))


def by_hand(rows, groups):
    """What one counts row by row; a contact counts once under each of its topics, or once per group of topics."""
    counted = [row for row in rows if row.state == "counted"]

    def named(row):
        mine = groups.get(str(row.topic_list_id), {})
        return {mine.get(topic, f"{row.topic_list_id}:{topic}") for topic in row.topics}

    def given(row):
        both = {(True, True): "both", (True, False): "services", (False, True): "sheets", (False, False): ""}
        return both[bool(row.services), bool(row.sheets)]

    return {
        "contacts": Counter("" for _row in counted),
        "converted": Counter("" for row in rows if row.state == "converted"),
        **{
            kind: Counter(getattr(row, kind) for row in counted)
            for kind in ("language", "channel", "result", "target_group", "origin")
        },
        "topic": Counter(topic for row in counted for topic in named(row)),
        "unsolved_topic": Counter(
            topic for row in counted if row.result == "unsolved" for topic in named(row)
        ),
        "list": Counter(str(row.topic_list_id) for row in counted),
        "hour": Counter(f"{row.counted_on.isoweekday()}-{row.hour}" for row in counted),
        "given": Counter(given(row) for row in counted),
        "service": Counter(code for row in counted for code in set(row.services)),
        "sheet": Counter(code for row in counted for code in set(row.sheets)),
        "given_language": Counter(row.given_language for row in counted if given(row)),
        "sheet_language": Counter(row.given_language for row in counted if row.sheets),
    }


@pytest.fixture
def many(unit):
    """Two units, two lists of topics, nine months; contacts undone, gone on as a talk, with a topic named twice."""
    units, older, newer = (
        (unit, UnitFactory()),
        topic_list(),
        topic_list(2, topics=("work", "living", "care")),
    )
    for seed, (one, topics) in enumerate((u, t) for u in units for t in (older, newer)):
        random_contacts(one, topics, seed=seed, since=date(2026, 1, 20), days=270, number=150)
    count(
        unit,
        older,
        date(2026, 8, 3),
        topics=["work", "school", "work"],
        services=["a", "a"],
        sheets=["b", "b"],
    )
    with as_owner():
        ids = list(ShortContact.objects.order_by("created_at", "id").values_list("pk", flat=True))
        ended = {"ended_at": datetime(2026, 9, 30, tzinfo=UTC)}
        ShortContact.objects.filter(pk__in=ids[::7]).update(state="undone", **ended)
        ShortContact.objects.filter(pk__in=ids[1::9]).update(state="converted", **ended)
    groups = {
        str(older.pk): {"housing": "home", "school": "home"},
        str(newer.pk): {"living": "home", "work": "work"},
    }
    return units, groups


@pytest.mark.parametrize("grain", ["", "month", "quarter"])
def test_sums_equal_what_one_counts_by_hand(many, actor_with, grain):
    units, groups = many
    actor = seeing(actor_with, *units)
    span = {"since": date(2026, 2, 11), "until": QUARTER[1]}
    found = read(actor, *units, grain=grain, groups=groups, **span)
    with as_owner():
        rows = list(ShortContact.objects.filter(counted_on__gte=span["since"], counted_on__lte=span["until"]))

    parts = {}
    for row in rows:
        first = {"month": row.counted_on.month, "quarter": (row.counted_on.month - 1) // 3 * 3 + 1}.get(grain)
        parts.setdefault((row.unit_id, date(2026, first, 1) if first else span["since"]), []).append(row)
    expected = {
        part: {kind: dict(codes) for kind, codes in by_hand(own, groups).items() if codes}
        for part, own in parts.items()
    }
    assert len(expected) == len(units) * {"": 1, "month": 8, "quarter": 3}[grain]
    assert found == expected


@pytest.mark.parametrize("grain", ["month", "quarter"])
def test_totals_equal_the_contacts_of_the_sums(many, actor_with, grain):
    units, _groups = many
    actor = seeing(actor_with, *units)
    expected = {}
    for (_unit, start), one in read(actor, *units, grain=grain).items():
        expected.setdefault(start, []).append(one["contacts"][""])

    assert {day: sorted(several) for day, several in bars(actor, *units, grain=grain).items()} == {
        day: sorted(several) for day, several in expected.items()
    }
    assert bars(actor_with(Permission.COUNTS_VIEW, unit=units[1]), units[0], grain=grain) == {}
    assert bars(actor_with(Permission.CONTACT_COUNT, unit=units[0]), units[0], grain=grain) == {}


def bars(actor, *units, grain):
    with scope.acting(actor):
        return totals(
            actor=actor, units=[one.pk for one in units], since=QUARTER[0], until=QUARTER[1], grain=grain
        )


def test_what_was_undone_is_not_counted_and_what_became_a_talk_counts_apart(unit, topics, actor_with):
    count(unit, topics, date(2026, 8, 3))
    for state in ("undone", "converted"):
        count(unit, topics, date(2026, 8, 3), state=state, ended_at="2026-08-03T10:05:00Z")
    found = read(actor_with(Permission.COUNTS_VIEW, unit=unit), unit)[unit.pk, QUARTER[0]]

    assert found["contacts"] == {"": 1} and found["converted"] == {"": 1}
    assert found["language"] == {"bg": 1}


def test_merged_topics_count_a_contact_once(unit, topics, actor_with):
    count(unit, topics, date(2026, 8, 3), topics=["work", "housing"])
    groups = {str(topics.pk): {"work": "life", "housing": "life", "school": "school"}}
    found = read(actor_with(Permission.COUNTS_VIEW, unit=unit), unit, groups=groups)

    assert found[unit.pk, QUARTER[0]]["topic"] == {"life": 1}


def test_only_days_of_the_period_count_both_ends_too(unit, topics, actor_with):
    for day in (date(2026, 6, 30), QUARTER[0], QUARTER[1], date(2026, 10, 1)):
        count(unit, topics, day)
    found = read(actor_with(Permission.COUNTS_VIEW, unit=unit), unit)

    assert found[unit.pk, QUARTER[0]]["contacts"] == {"": 2}


def test_parts_of_a_period_begin_on_their_first_day(unit, topics, actor_with):
    for day in (date(2026, 7, 9), date(2026, 8, 31), date(2026, 8, 1)):
        count(unit, topics, day)
    found = read(actor_with(Permission.COUNTS_VIEW, unit=unit), unit, grain="month")

    assert {start: one["contacts"][""] for (_unit, start), one in found.items()} == {
        date(2026, 7, 1): 1,
        date(2026, 8, 1): 2,
    }


def test_nobody_gets_numbers_of_units_that_are_not_theirs(unit, topics, actor_with):
    other = UnitFactory()
    count(unit, topics, date(2026, 8, 3))
    count(other, topics, date(2026, 8, 3))
    head = actor_with(Permission.COUNTS_VIEW, unit=unit)

    assert {one for one, _start in read(head, unit, other)} == {unit.pk}
    with scope.acting(head):
        assert [one.id for one in queries.counted_units(actor=head)] == [unit.pk]


def test_without_the_permission_there_is_no_number(unit, topics, actor_with):
    count(unit, topics, date(2026, 8, 3))
    desk = actor_with(Permission.CONTACT_COUNT, unit=unit)

    assert read(desk, unit) == {}
    with scope.acting(desk), connection.cursor() as cursor:
        assert queries.counted_units(actor=desk) == []
        cursor.execute("select * from evaluation_counts(%s, %s, %s::uuid[], '', '{}')", [*QUARTER, [unit.pk]])
        assert cursor.fetchall() == []
        cursor.execute("select * from evaluation_totals(%s, %s, %s::uuid[], 'month')", [*QUARTER, [unit.pk]])
        assert cursor.fetchall() == []
        cursor.execute("select * from evaluation_span()")
        assert cursor.fetchall() == []


def test_the_coordination_office_gets_numbers_and_no_row(unit, topics):
    count(unit, topics, date(2026, 8, 3))
    office = actor_for(MembershipFactory(unit=UnitFactory(), role=Role.COORDINATION).user)

    assert read(office, unit)[unit.pk, QUARTER[0]]["contacts"] == {"": 1}
    with scope.acting(office):
        assert not contacts_visible_to(office).exists()
        assert not ShortContact.objects.exists()


def test_picture_keeps_nothing_said_as_an_answer(unit, topics, actor_with):
    for language in ("bg", "", ""):
        count(unit, topics, date(2026, 8, 3), language=language)
    actor = actor_with(Permission.COUNTS_VIEW, unit=unit)
    with scope.acting(actor):
        picture = queries.picture(actor=actor, units=queries.counted_units(actor=actor), period=PERIOD)

    assert picture.counts.of("language", "").count == 2
    assert picture.counts.total.count == 3


def test_lists_are_those_that_counted_in_these_days(unit, topics, actor_with):
    newer, undone, unused = topic_list(2), topic_list(3), topic_list(4)
    elsewhere = topic_list(5)
    count(unit, topics, QUARTER[0])
    count(unit, newer, QUARTER[1])
    count(unit, undone, QUARTER[0], state="undone", ended_at="2026-07-01T10:05:00Z")
    count(unit, unused, date(2026, 10, 1))
    count(UnitFactory(), elsewhere, QUARTER[0])

    actor = actor_with(Permission.COUNTS_VIEW, unit=unit)
    assert used(actor, unit) == {topics.pk, newer.pk}
    assert used(actor, unit, until=date(2026, 8, 1)) == {topics.pk}


def test_lists_of_units_that_are_not_theirs_stay_hidden(unit, topics, actor_with):
    count(unit, topics, QUARTER[0])
    assert used(actor_with(Permission.COUNTS_VIEW, unit=UnitFactory()), unit) == set()
    assert used(actor_with(Permission.CONTACT_COUNT, unit=unit), unit) == set()


def used(actor, unit, until=QUARTER[1]):
    with scope.acting(actor):
        return lists_used(actor=actor, units=[unit.pk], since=QUARTER[0], until=until)


def quarter(actor):
    """The picture of the quarter and its line in the table of the development."""
    with scope.acting(actor):
        units = queries.counted_units(actor=actor)
        picture = queries.picture(actor=actor, units=units, period=PERIOD)
        steps = queries.steps(actor=actor, units=units, period=PERIOD, grain=periods.QUARTER)
    (row,) = tables.development(steps, picture).table.rows
    return picture, row


def test_per_week_is_divided_by_the_weeks_in_which_somebody_counted(unit, topics, actor_with):
    for number in range(12):
        count(
            unit, topics, date(2026, 9, 17) if number else date(2026, 9, 16)
        )  # 15 days before the quarter ends
    picture, row = quarter(actor_with(Permission.COUNTS_VIEW, unit=unit))

    assert (picture.counted.since, picture.counted.until) == (date(2026, 9, 16), date(2026, 9, 30))
    assert [one.text for one in row] == ["3. Quartal 2026 (gezählt ab 16.09.2026)", "12", "5,6"]


def test_a_quarter_counted_from_its_first_day_needs_no_remark(unit, topics, actor_with):
    count(unit, topics, date(2026, 7, 1))
    picture, row = quarter(actor_with(Permission.COUNTS_VIEW, unit=unit))

    assert picture.counted == PERIOD
    assert row[0].text == "3. Quartal 2026"
