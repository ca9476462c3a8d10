"""A command inside a command is a part of it; what the database is asked for who acts."""

from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting, current

UNIT, OTHER = UUID(int=1), UUID(int=2)
CLERK = Actor(UUID(int=9), "Clearing 1", frozenset({(Permission.PERSON_VIEW, UNIT)}))


@command
def inner(*, actor, fails=False):
    if fails:
        raise RuleBroken("Das geht nicht.")
    return current()


@command
def outer(*, actor, helper=None, fails=False, swallow=False):
    try:
        found = inner(actor=helper or actor, fails=fails)
    except RuleBroken:
        if not swallow:
            raise
        found = None
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return found


def savepoints(captured):
    return sum(query["sql"].startswith("SAVEPOINT") for query in captured.captured_queries)


def test_inner_command_of_the_same_actor_sets_no_savepoint(db):
    with CaptureQueriesContext(connection) as captured:
        assert outer(actor=CLERK) is CLERK
    assert savepoints(captured) == 1


def test_inner_command_of_another_actor_has_its_own_scope(db):
    helper = CLERK.with_grants((Permission.PERSON_VIEW, OTHER))
    with CaptureQueriesContext(connection) as captured:
        assert outer(actor=CLERK, helper=helper) is helper
    assert savepoints(captured) == 2
    assert current() is not helper


def test_failure_inside_fails_the_whole_even_when_caught(db):
    with pytest.raises(transaction.TransactionManagementError):
        outer(actor=CLERK, fails=True, swallow=True)
    assert outer(actor=CLERK) is CLERK


def test_failed_command_leaves_the_caller_able_to_go_on(db):
    with acting(CLERK):
        with pytest.raises(RuleBroken):
            outer(actor=CLERK, fails=True)
        assert outer(actor=CLERK) is CLERK


def test_units_of_several_permissions_are_put_together(db):
    both = CLERK.with_grants((Permission.EVENT_VIEW, OTHER))
    asked = {
        "app_units('person_view')": [UNIT],
        "app_units('event_view', 'person_view')": [OTHER, UNIT],
        "app_units('finding_view', 'event_view')": [OTHER],
        "app_units('finding_view', 'figures_view')": [],
        "app_units('finding_view', 'figures_view', 'person_view')": [UNIT],
        "app_units('no_such_permission')": [],
    }
    with acting(both), connection.cursor() as cursor:
        for question, units in asked.items():
            cursor.execute(f"select {question}")
            assert cursor.fetchone()[0] == units


def test_policies_are_filters_and_no_conditions_of_an_index(db):
    with connection.cursor() as cursor:
        cursor.execute("select qual from pg_policies where cmd in ('SELECT', 'UPDATE', 'DELETE')")
        rules = [row[0] for row in cursor.fetchall()]
    assert rules
    assert all(rule.rstrip(")").endswith("IS TRUE") for rule in rules)
