"""Deputies of deputies: whoever is there in the end has it on the desk, and nobody is left alone unnoticed."""

import pytest

from stafette.accounts.queries import actor_for, crews, desks_of, left_alone, stand_ins
from stafette.accounts.tests.factories import AbsenceFactory, MembershipFactory, UnitFactory
from stafette.kernel.testing import as_owner


@pytest.fixture
def team(db):
    unit = UnitFactory()
    return [MembershipFactory(unit=unit).user for _ in range(4)]


def test_the_deputys_deputy_has_both_desks(team):
    one, two, three, four = team
    AbsenceFactory(user=one, deputy=two)
    AbsenceFactory(user=two, deputy=three)
    assert desks_of(actor_for(three)) == {one.pk, two.pk, three.pk}
    assert desks_of(actor_for(two)) == {two.pk}
    assert desks_of(actor_for(four)) == {four.pk}
    assert left_alone() == frozenset()


def test_deputies_of_each_other_are_left_alone_and_named(team):
    one, two, three, _ = team
    AbsenceFactory(user=one, deputy=two)
    AbsenceFactory(user=two, deputy=one)
    assert left_alone() == {one.pk, two.pk}
    assert stand_ins() == {one.pk: two.pk, two.pk: one.pk}
    assert desks_of(actor_for(three)) == {three.pk}


def test_a_deputy_who_has_left_stands_in_for_nobody(team):
    one, two, *_ = team
    AbsenceFactory(user=one, deputy=two)
    with as_owner():
        two.is_active = False
        two.save(update_fields=["is_active"])
    assert left_alone() == {one.pk}


def test_only_who_is_there_or_represented_can_hold_a_case(team):
    one, two, three, four = team
    unit_id = one.memberships.get().unit_id
    AbsenceFactory(user=one, deputy=two)
    AbsenceFactory(user=two, deputy=one)
    AbsenceFactory(user=three, deputy=four)
    found = crews()
    assert found.able(unit_id) == {three.pk, four.pk}
    assert found.present(unit_id) == {four.pk}
