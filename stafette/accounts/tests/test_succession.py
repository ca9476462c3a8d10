"""A unit that has ended: its successor's staff works on in its books, nobody else does."""

from datetime import timedelta

import pytest

from stafette.accounts.models import Mandate, Unit, UnitKind
from stafette.accounts.queries import (
    actor_for,
    books_of,
    caseworkers_of,
    crews,
    heir_of,
    heirs,
    memberships_of,
    staff_of,
    units_without_staff,
)
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner


def dissolve(unit: Unit, successor: Unit, *, days_ago: int = 1) -> None:
    with as_owner():
        unit.ends_on, unit.successor = today() - timedelta(days=days_ago), successor
        unit.save(update_fields=["ends_on", "successor"])


@pytest.fixture
def units(db):
    return [UnitFactory(name=f"Stelle {number}") for number in range(4)]


def test_the_successors_staff_works_in_the_books_of_the_unit_that_ended(units):
    old, new, stranger, _ = units
    clerk, other = MembershipFactory(unit=new).user, MembershipFactory(unit=stranger).user
    assert not actor_for(clerk).may(Permission.PERSON_VIEW, unit=old.pk)
    dissolve(old, new)
    assert actor_for(clerk).units(Permission.PERSON_VIEW) == {old.pk, new.pk}
    assert actor_for(other).units(Permission.PERSON_VIEW) == {stranger.pk}
    assert list(caseworkers_of(old.pk)) == [clerk]
    assert list(staff_of(old.pk)) == [clerk]


def test_it_holds_from_the_day_after_the_last_one(units):
    old, new, *_ = units
    clerk = MembershipFactory(unit=new).user
    dissolve(old, new, days_ago=0)
    assert actor_for(clerk).units(Permission.PERSON_VIEW) == {new.pk}
    assert heir_of(old) == old
    assert heir_of(old, on=today() + timedelta(days=1)) == new


def test_the_same_role_and_not_more(units):
    old, new, *_ = units
    dissolve(old, new)
    head = actor_for(MembershipFactory(unit=new, role=Role.HEAD).user)
    assert head.may(Permission.UNIT_ADMIN, unit=old.pk)
    assert not head.may(Permission.PERSON_VIEW, unit=old.pk)


def test_a_chain_of_successors_ends_at_the_last_one(units):
    first, second, last, _ = units
    between, clerk = MembershipFactory(unit=second).user, MembershipFactory(unit=last).user
    dissolve(first, second, days_ago=30)
    dissolve(second, last)
    assert actor_for(clerk).units(Permission.PERSON_VIEW) == {first.pk, second.pk, last.pk}
    assert actor_for(between).units(Permission.PERSON_VIEW) == {
        second.pk
    }  # who is left there inherits nothing
    assert heirs() == {first.pk: last.pk, second.pk: last.pk}
    assert set(books_of(last.pk)) == {first.pk, second.pk, last.pk}


def test_a_circle_leads_nowhere_and_does_not_hang(units):
    one, two, *_ = units
    dissolve(one, two)
    dissolve(two, one)
    clerk = MembershipFactory(unit=one).user
    assert heirs() == {one.pk: one.pk, two.pk: two.pk}
    assert actor_for(clerk).units(Permission.PERSON_VIEW) == {one.pk}


def test_what_a_helping_unit_was_told_never_opens_to_a_controlling_one(units):
    old, *_ = units
    control = UnitFactory(kind=UnitKind.HOUSING_CONTROL, mandate=Mandate.CONTROLLING)
    controller = MembershipFactory(unit=control, role=Role.CONTROLLER).user
    dissolve(old, control)
    assert actor_for(controller).units(Permission.PERSON_VIEW) == {control.pk}
    assert heir_of(old) == old


def test_a_request_asks_no_more_than_before(units, django_assert_num_queries):
    old, new, *_ = units
    clerk = MembershipFactory(unit=new).user
    dissolve(old, new)
    with django_assert_num_queries(1):
        actor = actor_for(clerk, memberships=list(memberships_of(clerk)))
    assert len(actor.units(Permission.PERSON_VIEW)) == 2


def test_crews_tell_who_is_told_of_what(units):
    old, new, coordination, _ = units
    clerk, head = MembershipFactory(unit=new).user, MembershipFactory(unit=new, role=Role.HEAD).user
    admin = MembershipFactory(unit=coordination, role=Role.UNIT_ADMIN).user
    boss = MembershipFactory(unit=coordination, role=Role.COORDINATION).user
    dissolve(old, new)
    found = crews()
    assert (found.heir(old.pk), found.able(old.pk), found.heads(old.pk)) == (new.pk, {clerk.pk}, {head.pk})
    assert found.heads(coordination.pk) == {admin.pk}
    assert found.coordination(coordination.pk) == found.coordination(old.pk) == {boss.pk}


def test_without_a_coordination_office_the_head_is_told(units):
    unit, *_ = units
    head = MembershipFactory(unit=unit, role=Role.HEAD).user
    assert crews().coordination(unit.pk) == {head.pk}


def test_units_without_staff_are_named(units):
    old, new, empty, _ = units
    MembershipFactory(unit=empty, role=Role.HEAD)
    MembershipFactory(unit=new)
    dissolve(old, new)
    assert list(units_without_staff(holding=[old.pk, new.pk, empty.pk])) == [empty]
