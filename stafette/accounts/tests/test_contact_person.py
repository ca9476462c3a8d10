"""No unit may stand without anybody who answers, as long as others hand over to it."""

from datetime import timedelta

import pytest

from stafette.accounts.commands import add_membership, end_membership, finish_leaving, lock_account
from stafette.accounts.models import FindingKind, Membership, Route, UnitKind
from stafette.accounts.queries import actor_for, home_unit
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import (
    AbsenceFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
)
from stafette.kernel.clock import today
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner

SENTENCE = "niemanden mehr, der da ist und Übergaben annimmt"


@pytest.fixture
def unit(db):
    """A unit to which another one hands over, with one clerk and a head."""
    receiver, sender = UnitFactory(), UnitFactory()
    with as_owner():
        kind = FindingKind.objects.create(code="beratung", label="Beratung")
        Route.objects.create(
            code="weg",
            finding=kind,
            sender=sender,
            receiver=receiver,
            valid_from=today(),
            categories=["core"],
        )
    return receiver


@pytest.fixture
def head(unit):
    return actor_for(MembershipFactory(unit=unit, role=Role.HEAD).user)


@pytest.fixture
def clerk(unit):
    return MembershipFactory(unit=unit)


@pytest.fixture
def technician(db, unit):
    home = UnitFactory(kind=UnitKind.OPERATIONS)
    assert home_unit() == home.pk
    return actor_for(MembershipFactory(unit=home, role=Role.TECHNICAL).user)


def test_the_last_clerks_membership_does_not_end(unit, head, clerk):
    with pytest.raises(RuleBroken, match=SENTENCE):
        end_membership(actor=head, membership_id=clerk.pk, ends_on=today())
    assert Membership.objects.get(pk=clerk.pk).ends_on is None


def test_it_ends_where_a_colleague_stays(unit, head, clerk):
    MembershipFactory(unit=unit)
    end_membership(actor=head, membership_id=clerk.pk, ends_on=today())
    assert Membership.objects.get(pk=clerk.pk).ends_on == today()


def test_a_colleague_who_begins_in_time_is_enough_and_one_who_comes_later_is_not(unit, head, clerk):
    colleague = UserFactory()
    last = today() + timedelta(days=10)
    coming = add_membership(
        actor=head,
        unit_id=unit.pk,
        email=colleague.email,
        role=Role.CLERK,
        starts_on=last + timedelta(days=2),
    )
    with pytest.raises(RuleBroken, match=SENTENCE):
        end_membership(actor=head, membership_id=clerk.pk, ends_on=last)
    with as_owner():
        Membership.objects.filter(pk=coming.pk).update(starts_on=last + timedelta(days=1))
    end_membership(actor=head, membership_id=clerk.pk, ends_on=last)


def test_a_colleague_who_is_away_then_is_nobody(unit, head, clerk):
    away = MembershipFactory(unit=unit)
    AbsenceFactory(user=away.user, deputy=clerk.user)
    with pytest.raises(RuleBroken, match=SENTENCE):
        end_membership(actor=head, membership_id=clerk.pk, ends_on=today())


def test_the_last_clerk_is_neither_locked_nor_seen_off(unit, head, clerk, technician):
    with pytest.raises(RuleBroken, match=SENTENCE):
        lock_account(actor=technician, user_id=clerk.user_id)
    with pytest.raises(RuleBroken, match=SENTENCE):
        finish_leaving(actor=head, user_id=clerk.user_id, successors={})
    clerk.user.refresh_from_db()
    assert clerk.user.is_active


def test_a_unit_to_which_nobody_hands_over_may_empty(unit, head):
    quiet = UnitFactory()
    last = MembershipFactory(unit=quiet)
    boss = actor_for(MembershipFactory(unit=quiet, role=Role.HEAD).user)
    end_membership(actor=boss, membership_id=last.pk, ends_on=today())
    assert not actor_for(last.user).may(Permission.PERSON_VIEW, unit=unit.pk)


def test_a_unit_that_has_a_successor_may_empty(unit, head, clerk):
    successor = UnitFactory()
    MembershipFactory(unit=successor)
    with as_owner():
        unit.ends_on, unit.successor = today() - timedelta(days=1), successor
        unit.save()
    end_membership(actor=head, membership_id=clerk.pk, ends_on=today())
