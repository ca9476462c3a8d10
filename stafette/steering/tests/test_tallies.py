"""What is kept while people work equals what one would count in the rows: after any step, at any time."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils.timezone import localtime

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.referrals.models import Referral
from stafette.referrals.tests.factories import staff
from stafette.steering import marks
from stafette.steering.tests.rows import STATES, make, random_row, tallies


@pytest.fixture
def units(db):
    return [UnitFactory() for _ in range(4)]


@pytest.fixture
def user(units):
    return staff(units[0], Role.CLERK).id


def counted_by_hand():
    """The same numbers, counted in Python over every row, without a line of the database's functions."""
    found = Counter()
    with as_owner():
        rows = list(Referral.objects.exclude(sent_at=None))
    for row in rows:
        for key in marks_by_hand(row):
            found[key] += 1
    return dict(found)


def day(moment):
    return localtime(moment).date() if moment else None


def marks_by_hand(row):
    sent, answered, contacted, ended = map(
        day, (row.sent_at, row.answered_at, row.contacted_at, row.ended_at)
    )
    start = marks.quarter_of(sent)
    week = (marks.monday(sent) - start).days // 7
    back = row.decline_reason != ""
    kept = row.received_household_id or row.received_hint_id or row.contacted_at or row.state == "returned"
    taken = answered is not None and (not back or bool(kept))

    def cohort(mark):
        return (marks.COHORT, start, row.to_unit_id, row.finding_code, row.from_unit_id, mark)

    def flow(on, mark):
        return (marks.FLOW, marks.monday(on), row.to_unit_id, "", row.from_unit_id, mark)

    yield cohort(marks.SENT)
    yield flow(sent, marks.FLOW_SENT)
    if row.state == "withdrawn":
        yield cohort(marks.WITHDRAWN)
    if answered:
        in_time = answered <= row.answer_due_on
        yield cohort(marks.ANSWERED)
        yield cohort(marks.ANSWER_DAYS + min((answered - sent).days, marks.MOST_DAYS))
        yield flow(answered, marks.FLOW_IN_TIME if in_time else marks.FLOW_LATE)
        if in_time:
            yield cohort(marks.IN_TIME)
    elif row.is_open:
        key = (marks.WAITING, row.answer_due_on, row.to_unit_id, row.finding_code, row.from_unit_id)
        yield (*key, marks.quarter_number(sent))
    if back:
        yield cohort(marks.RETURNED if taken else marks.DECLINED)
        yield cohort(marks.REASONS[row.decline_reason])
        if not taken:
            yield flow(answered, marks.FLOW_DECLINED)
        if row.decline_reason == "no_capacity":
            yield cohort(marks.NO_CAPACITY_IN + week)
        if row.decline_reason == "not_responsible":
            yield cohort(marks.NOT_RESPONSIBLE_IN + week)
    if taken:
        yield cohort(marks.TAKEN_IN + week)
    if contacted:
        days = min(max((contacted - sent).days, 0), marks.MOST_DAYS)
        yield cohort(marks.CONTACT_DAYS + days)
        yield flow(contacted, marks.FLOW_REACHED)
        if taken and days <= 28:
            yield cohort(marks.REACHED_IN + week)
    if row.feedback:
        yield cohort(marks.DONE)
        yield cohort(marks.OUTCOMES[row.feedback])
    if ended:
        yield flow(ended, marks.FLOW_ENDED)
    if row.is_open:
        held_by_receiver = row.responsible_unit_id == row.to_unit_id
        other = row.from_unit_id if held_by_receiver else row.to_unit_id
        yield (marks.LOAD, row.next_on, row.responsible_unit_id, "", other, marks.OPEN)
        yield (marks.LOAD, sent, row.responsible_unit_id, "", other, marks.OLDEST)


@pytest.mark.parametrize("seed", range(4))
def test_the_sums_equal_a_count_over_the_rows_after_random_changes(units, user, seed):
    dice = random.Random(seed)
    for _round in range(4):
        for _number in range(12):
            random_row(dice, units, user)
        change_some(dice, units, user)
        assert tallies() == counted_by_hand()
    assert tallies(anew=True) == counted_by_hand()


def change_some(dice, units, user):
    """Delete some, move others to another state, hand some over, some of it in one statement."""
    with as_owner():
        for row in dice.sample(list(Referral.objects.all()), 6):
            if dice.random() < 0.4:
                row.delete()
                continue
            like = random_row(dice, units, user)
            taken_over = ("state", "is_open", "decline_reason", "feedback", "received_hint_id", "answered_at")
            also = (
                "contacted_at",
                "ended_at",
                "closed_at",
                "received_at",
                "sent_at",
                "answer_due_on",
                "next_on",
            )
            dates = {name: getattr(like, name) for name in (*taken_over, *also, "remind_on", "escalate_on")}
            holder = row.from_unit if like.responsible_unit_id == like.from_unit_id else row.to_unit
            Referral.objects.filter(pk=row.pk).update(**dates, responsible_unit=holder)
        Referral.objects.filter(is_open=True, state="sent").update(
            responsible_user=staff(units[1], Role.CLERK).id, version=7
        )


def test_a_step_that_is_rolled_back_leaves_nothing(units, user):
    make(units[0], units[1], user)
    before = tallies()
    with pytest.raises(RuntimeError), transaction.atomic():
        make(units[0], units[1], user)
        raise RuntimeError
    assert tallies() == before


@pytest.mark.parametrize("state", STATES)
def test_whoever_only_gets_another_clerk_leaves_no_trace(units, user, state):
    row = make(units[0], units[1], user, state=state)
    tallies()
    with as_owner(), connection.cursor() as cursor:
        Referral.objects.filter(pk=row.pk).update(responsible_user=user, version=9)
        cursor.execute("select count(*) from steering_change")
        assert cursor.fetchone() == (0,)


def test_a_draft_is_not_counted_until_it_is_sent(units, user):
    row = make(units[0], units[1], user)
    with as_owner():
        Referral.objects.filter(pk=row.pk).update(
            state="draft", sent_at=None, received_at=None, receiver_user=None, responsible_unit=units[0]
        )
    assert tallies() == {}


@pytest.mark.parametrize("table", ["steering_change", "steering_tally"])
def test_the_program_itself_can_neither_read_nor_write_the_tables(units, table):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"select * from {table}")


def test_the_program_may_not_count_anew(units):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select steering_count_anew()")


def test_quarters_are_whole_weeks_without_gap_and_agree_with_the_database(db):
    days = [today() - timedelta(days=number * 5) for number in range(900)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select d, steering_quarter(d), steering_quarter_number(d) from unnest(%s::date[]) d", [days]
        )
        for one, start, number in cursor.fetchall():
            assert (start, number) == (marks.quarter_of(one), marks.quarter_number(one))
            assert start <= one <= marks.quarter_end(start)
            assert marks.quarter_end(marks.quarter_before(start)) == start - timedelta(days=1)
            assert (marks.quarter_end(start) - start).days in (13 * 7 - 1, 14 * 7 - 1)
