"""Someone leaves: referrals and hints go to the successor, dates stay, and a second click moves nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.commands import finish_leaving
from stafette.accounts.models import Unit, User
from stafette.accounts.queries import actor_for, desks_to_clear
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.intake.tests.factories import FormVersionFactory, InterviewFactory
from stafette.kernel.clock import today
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
    assert [(str(pile.things.label), pile.count) for pile in desk.piles] == [("Übergaben", 1)]
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
    assert "Übergaben: 1" in page
    assert town.mother.family_name not in page
    assert User.objects.get(pk=town.clerk.id).is_active


def test_what_a_dissolved_unit_left_behind_goes_to_the_successor_too(town, technical):
    """The leaver works in the unit that took over; the books of the one that ended are handed over as well."""
    referral = sent(town)
    heir = UnitFactory(
        kind=town.outreach.kind, authority=town.outreach.authority, mandate=town.outreach.mandate
    )
    leaver, successor = staff(heir), staff(heir)
    with as_owner():
        Unit.objects.filter(pk=town.outreach.pk).update(ends_on=today() - timedelta(days=1), successor=heir)
        Referral.objects.filter(pk=referral.pk).update(responsible_user=leaver.id, receiver_user=leaver.id)
    desks = desks_to_clear(actor=technical, user_id=leaver.id)
    assert {desk.unit.pk for desk in desks} == {heir.pk, town.outreach.pk}
    assert [(successor.id, successor.label)] == [
        one for desk in desks if desk.piles for one in desk.successors
    ]
    finish_leaving(actor=technical, user_id=leaver.id, successors={town.outreach.pk: [successor.id]})
    with as_owner():
        assert Referral.objects.get(pk=referral.pk).responsible_user_id == successor.id


def test_begun_talks_go_to_the_successor(town, technical):
    form = FormVersionFactory(unit=town.clearing)
    talk = InterviewFactory(form=form, unit=town.clearing, led_by_id=town.clerk.id)
    successor = staff(town.clearing)
    [desk] = desks_to_clear(actor=technical, user_id=town.clerk.id)
    assert [(pile.things.code, pile.count) for pile in desk.piles] == [("talks", 1)]
    finish_leaving(actor=technical, user_id=town.clerk.id, successors={town.clearing.pk: [successor.id]})
    with as_owner():
        assert type(talk).objects.get(pk=talk.pk).led_by_id == successor.id
