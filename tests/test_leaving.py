"""Someone leaves: referrals and hints go to the successor, dates stay, and a second click moves nothing."""

import pytest
from django.urls import reverse

from stafette.accounts.commands import finish_leaving
from stafette.accounts.models import User
from stafette.accounts.queries import actor_for, desks_to_clear
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.errors import RuleBroken
from stafette.kernel.testing import as_owner
from stafette.properties.models import Hint
from stafette.referrals.models import Referral
from stafette.referrals.tests.factories import make_town, staff
from stafette.referrals.tests.scenes import hint_sent, sent


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def technical(db):
    return actor_for(MembershipFactory(unit=UnitFactory(kind="IT"), role=Role.TECHNICAL).user)


def test_open_referrals_go_to_the_successor_with_their_dates(town, technical):
    referral = sent(town)
    successor = staff(town.clearing)
    with as_owner():
        before = Referral.objects.get(pk=referral.pk)

    [desk] = desks_to_clear(actor=technical, user_id=town.clerk.id)
    assert [(str(pile.things.label), pile.count) for pile in desk.piles] == [("Übergabe", 1)]
    finish_leaving(actor=technical, user_id=town.clerk.id, successors={town.clearing.pk: [successor.id]})

    with as_owner():
        after = Referral.objects.get(pk=referral.pk)
    assert after.sender_user_id == successor.id
    assert (after.state, after.next_on, after.answer_due_on) == (
        before.state,
        before.next_on,
        before.answer_due_on,
    )
    with pytest.raises(RuleBroken):
        finish_leaving(actor=technical, user_id=town.clerk.id, successors={town.clearing.pk: [successor.id]})
    assert desks_to_clear(actor=technical, user_id=town.clerk.id)[0].piles == []


def test_hints_in_checking_go_to_the_successor(town, technical):
    hint_sent(town)
    with as_owner():
        Hint.objects.create(
            unit=town.housing, street="Beispielstraße", indication="overcrowding", received_on="2026-11-01",
            due_on="2026-11-10", state="checking", responsible_id=town.controller.id,
        )  # fmt: skip
    successor = staff(town.housing)
    finish_leaving(actor=technical, user_id=town.controller.id, successors={town.housing.pk: [successor.id]})
    with as_owner():
        assert set(Hint.objects.filter(state="checking").values_list("responsible", flat=True)) == {
            successor.id
        }


def test_the_page_shows_numbers_and_no_case(town, client):
    sent(town)
    technical = MembershipFactory(unit=UnitFactory(kind="IT"), role=Role.TECHNICAL).user
    client.force_login(technical, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("accounts:leave", args=[town.clerk.id])).content.decode()
    assert "Übergabe: 1" in page
    assert town.mother.family_name not in page
    assert User.objects.get(pk=town.clerk.id).is_active
