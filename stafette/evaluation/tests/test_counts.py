"""What the database adds up equals what one would count by hand, and only those who may see numbers get any."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection

from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.evaluation import periods, queries
from stafette.evaluation.queries.reading import lists_used, sums
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


def test_sums_equal_what_one_counts_by_hand(unit, topics, actor_with):
    random_contacts(unit, topics, seed=1, since=QUARTER[0], days=92, number=120)
    found = read(actor_with(Permission.COUNTS_VIEW, unit=unit), unit)[unit.pk, QUARTER[0]]

    with as_owner():
        rows = list(ShortContact.objects.filter(unit=unit))
    by_hand = {
        "contacts": Counter("" for _ in rows),
        "language": Counter(row.language for row in rows),
        "channel": Counter(row.channel for row in rows),
        "result": Counter(row.result for row in rows),
        "target_group": Counter(row.target_group for row in rows),
        "origin": Counter(row.origin for row in rows),
        "topic": Counter(f"{topics.pk}:{topic}" for row in rows for topic in row.topics),
        "hour": Counter(f"{row.counted_on.isoweekday()}-{row.hour}" for row in rows),
        "service": Counter(code for row in rows for code in row.services),
        "sheet": Counter(code for row in rows for code in row.sheets),
        "sheet_language": Counter(row.given_language for row in rows if row.sheets),
        "unsolved_topic": Counter(
            f"{topics.pk}:{topic}" for row in rows if row.result == "unsolved" for topic in row.topics
        ),
    }
    for kind, numbers in by_hand.items():
        assert found.get(kind, {}) == dict(numbers), kind


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
