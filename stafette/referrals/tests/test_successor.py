"""A receiver that has ended: what is new goes to its successor by that one's rule, what was open stays open."""

from datetime import timedelta

import pytest

from stafette.accounts.models import Unit
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.clock import today
from stafette.kernel.errors import RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import accept_referral, prepare_referral, send_referral, withdraw_referral
from stafette.referrals.queries import my_day, proposals
from stafette.referrals.queries import referrals as listed
from stafette.referrals.tests import scenes
from stafette.referrals.tests.factories import staff


@pytest.fixture
def successor(town):
    return UnitFactory(kind=town.outreach.kind, authority=town.outreach.authority, name="Familienteam")


def dissolve(unit: Unit, successor: Unit) -> None:
    with as_owner():
        unit.ends_on, unit.successor = today() - timedelta(days=1), successor
        unit.save(update_fields=["ends_on", "successor"])


def test_a_new_referral_goes_to_the_successor(town, successor):
    route = town.route("family_needs_support", town.outreach)
    finding = town.finding()
    dissolve(town.outreach, successor)
    with acting(town.clerk):
        [proposal] = proposals(actor=town.clerk, household_id=town.household.pk)
        assert [way.route.receiver for way in proposal.ways] == [successor]
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    assert (referral.to_unit, referral.flow_rule != "") == (successor, True)


def test_the_rule_is_decided_for_the_successor(town, successor):
    route = town.route("family_needs_support", town.outreach)
    with as_owner():
        successor.kind = "JC"  # no rule leads there
        successor.save(update_fields=["kind"])
    dissolve(town.outreach, successor)
    finding = town.finding()
    with pytest.raises(RuleBroken):
        prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)


def test_what_was_prepared_for_the_old_unit_is_not_sent_to_the_new_one(town, successor):
    referral = scenes.checked(town)
    dissolve(town.outreach, successor)
    with pytest.raises(RuleBroken, match="zuständig ist jetzt „Familienteam“"):
        send_referral(actor=town.clerk, referral_id=referral.pk)
    withdraw_referral(actor=town.clerk, referral_id=referral.pk)


def test_the_successors_staff_goes_on_with_what_is_open_and_strangers_do_not(town, successor):
    referral = scenes.sent(town)
    dissolve(town.outreach, successor)
    heir = actor_for(MembershipFactory(unit=successor, role=Role.OUTREACH).user)
    stranger = actor_for(MembershipFactory(unit=UnitFactory(kind="AS"), role=Role.OUTREACH).user)
    with acting(heir):
        assert [row.pk for row in listed(actor=heir)] == [referral.pk]
        assert not my_day(actor=heir).is_empty
    with acting(stranger):
        assert not listed(actor=stranger).exists()
    taken = accept_referral(actor=heir, referral_id=referral.pk)
    assert (taken.to_unit, taken.responsible_user_id) == (town.outreach, heir.id)
    with acting(heir):
        assert taken.received_household is not None


def test_a_referral_is_not_lost_when_the_old_staff_is_still_there(town, successor):
    referral = scenes.sent(town)
    staff(successor)
    dissolve(town.outreach, successor)
    accept_referral(actor=town.worker, referral_id=referral.pk)
