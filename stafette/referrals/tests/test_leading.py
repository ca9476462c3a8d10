"""The lead moves to the other unit: offered, taken over, refused, withdrawn; one offer at a time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.audit.models import Event
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals import batons
from stafette.referrals.commands import (
    accept_lead,
    accept_referral,
    offer_lead,
    refuse_lead,
    return_referral,
    withdraw_offer,
)
from stafette.referrals.deadlines import working_day
from stafette.referrals.models import CaseTransfer, FollowUp, Referral
from stafette.referrals.tests.factories import staff, user_of
from stafette.referrals.tests.scenes import accepted, again, done, hint_sent, sent

State = CaseTransfer.State


def offered(town, referral=None, reason="closer"):
    return offer_lead(actor=town.clerk, referral_id=(referral or accepted(town)).pk, reason=reason)


def stored(offer):
    with as_owner():
        return CaseTransfer.objects.get(pk=offer.pk)


def books(offer, unit):
    with as_owner():
        found = Event.objects.filter(subject_id=offer.referral_id, unit_id=unit.pk, kind__startswith="lead.")
        return [event.kind for event in found.order_by("at", "id")]


@pytest.fixture
def browse(client):
    def log_in(actor):
        client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


def test_an_offer_is_an_open_thing_of_the_other_unit(town):
    referral = accepted(town)
    offer = offered(town, referral)
    assert (offer.state, offer.is_open, offer.number) == (State.OFFERED, True, referral.number)
    assert (offer.responsible_unit_id, offer.responsible_user_id) == (town.outreach.pk, town.worker.id)
    assert offer.next_on == working_day(today(), referral.answer_days, unit=town.outreach)
    assert offer.remind_on <= offer.next_on <= offer.escalate_on
    assert offer.escalation_unit_id == town.coordination.pk
    assert again(referral, town.clerk).lead_unit_id == town.clearing.pk
    assert (books(offer, town.clearing), books(offer, town.outreach)) == (["lead.offered"], ["lead.arrived"])


def test_offers_are_batons_with_a_page(town):
    kind = batons.kind_of("transfer")
    offer = offered(town)
    assert reverse(kind.url_name, args=[offer.pk])
    with acting(town.worker):
        assert kind.model.objects.filter(is_open=True).get().pk == offer.pk


def test_whoever_takes_over_leads(town):
    referral = accepted(town)
    offer = accept_lead(actor=town.worker, offer_id=offered(town, referral).pk)
    assert (offer.state, offer.is_open, offer.ended_by_id) == (State.ACCEPTED, False, town.worker.id)
    row = again(referral, town.clerk)
    assert row.lead_unit_id == town.outreach.pk
    assert row.version > referral.version
    assert books(offer, town.outreach)[-1] == "lead.accepted"
    assert books(offer, town.clearing)[-1] == "lead.was_accepted"


def test_planned_follow_ups_move_with_the_lead(town):
    referral = done(town)
    offer = offer_lead(actor=town.clerk, referral_id=referral.pk, reason="moved")
    accept_lead(actor=town.worker, offer_id=offer.pk)
    with as_owner():
        rows = FollowUp.objects.filter(referral=referral)
        old, new = rows.filter(unit=town.clearing), rows.filter(unit=town.outreach)
        assert {row.drop_reason for row in old} == {"superseded"}
        assert not old.filter(is_open=True).exists()
        assert {row.kind for row in new.filter(is_open=True)} == {"after_30", "after_90"}
        received = again(referral, town.worker).received_household_id
        assert {row.household_id for row in new} == {received}


def test_the_lead_goes_back_the_same_way(town):
    referral = accepted(town)
    accept_lead(actor=town.worker, offer_id=offered(town, referral).pk)
    with pytest.raises(NotAllowed):
        offer_lead(actor=town.clerk, referral_id=referral.pk, reason="wish")
    back = offer_lead(actor=town.worker, referral_id=referral.pk, reason="wish")
    assert (back.responsible_unit_id, back.responsible_user_id) == (town.clearing.pk, town.clerk.id)
    with pytest.raises(NotAllowed):
        accept_lead(actor=town.worker, offer_id=back.pk)
    accept_lead(actor=town.clerk, offer_id=back.pk)
    assert again(referral, town.clerk).lead_unit_id == town.clearing.pk


def test_a_refused_offer_leaves_the_lead_and_may_be_made_again(town):
    referral = accepted(town)
    offer = refuse_lead(actor=town.worker, offer_id=offered(town, referral).pk)
    assert (offer.state, offer.is_open) == (State.REFUSED, False)
    assert again(referral, town.clerk).lead_unit_id == town.clearing.pk
    assert books(offer, town.clearing)[-1] == "lead.was_refused"
    assert offered(town, referral).is_open


def test_an_offer_can_be_withdrawn_by_the_one_who_made_it(town):
    offer = offered(town)
    with pytest.raises(NotAllowed):
        withdraw_offer(actor=town.worker, offer_id=offer.pk)
    assert withdraw_offer(actor=town.clerk, offer_id=offer.pk).state == State.WITHDRAWN
    assert books(offer, town.outreach)[-1] == "lead.taken_back"
    with pytest.raises(MoveNotAllowed):
        accept_lead(actor=town.worker, offer_id=offer.pk)


def test_only_one_offer_at_a_time(town):
    referral = accepted(town)
    offer = offered(town, referral)
    with pytest.raises(RuleBroken, match="schon angeboten"):
        offered(town, referral)
    twin = CaseTransfer.objects.none()
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        twin = stored(offer)
        twin.pk, twin._state.adding = None, True
        twin.id = __import__("uuid").uuid4()
        twin.save(force_insert=True)


def test_taking_over_twice_is_refused(town):
    offer = offered(town)
    accept_lead(actor=town.worker, offer_id=offer.pk)
    with pytest.raises((MoveNotAllowed, RuleBroken)):
        accept_lead(actor=town.worker, offer_id=offer.pk)


def test_an_old_page_takes_nothing_over(town):
    offer = offered(town)
    with pytest.raises(RuleBroken, match="jemand anderes"):
        accept_lead(actor=town.worker, offer_id=offer.pk, version=offer.version + 1)
    assert stored(offer).is_open


@pytest.mark.parametrize("who", ["teacher", "controller"])
def test_strangers_neither_offer_nor_answer(town, who):
    stranger, offer = getattr(town, who), offered(town)
    for step in (accept_lead, refuse_lead, withdraw_offer):
        with pytest.raises(NotAllowed):
            step(actor=stranger, offer_id=offer.pk)
    with pytest.raises(NotAllowed):
        offer_lead(actor=stranger, referral_id=offer.referral_id, reason="closer")


def test_a_head_of_unit_sees_the_offer_but_does_not_answer(town):
    offer, head = offered(town), staff(town.outreach, Role.HEAD)
    with acting(head):
        assert CaseTransfer.objects.filter(pk=offer.pk).exists()
    with pytest.raises(NotAllowed):
        accept_lead(actor=head, offer_id=offer.pk)


def test_nobody_leads_what_it_has_not_taken_over(town):
    with pytest.raises(RuleBroken, match="angenommen"):
        offered(town, sent(town))


def test_a_hint_has_no_family_to_lead(town):
    referral = accept_referral(actor=town.controller, referral_id=hint_sent(town).pk)
    with pytest.raises(RuleBroken):
        offered(town, referral)


def test_an_offer_needs_a_reason_of_the_list(town):
    with pytest.raises(BadInput):
        offered(town, reason="keine Lust")


def test_an_offer_ends_when_the_referral_goes_back(town):
    referral = accepted(town)
    offer = offered(town, referral)
    return_referral(actor=town.worker, referral_id=referral.pk, reason="not_responsible")
    assert stored(offer).state == State.WITHDRAWN
    assert again(referral, town.clerk).lead_unit_id == town.clearing.pk
    assert books(offer, town.outreach)[-1] == "lead.taken_back"


def test_a_led_referral_that_goes_back_takes_its_lead_along(town):
    referral = accepted(town)
    accept_lead(actor=town.worker, offer_id=offered(town, referral).pk)
    back = offer_lead(actor=town.worker, referral_id=referral.pk, reason="closer")
    return_referral(actor=town.worker, referral_id=referral.pk, reason="not_responsible")
    assert stored(back).state == State.WITHDRAWN
    assert again(referral, town.clerk).lead_unit_id == town.clearing.pk


def test_nothing_moves_when_the_log_fails(town, monkeypatch):
    referral = accepted(town)
    offer = offered(town, referral)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.referrals.leads.record", fail)
    with pytest.raises(RuntimeError):
        accept_lead(actor=town.worker, offer_id=offer.pk)
    assert stored(offer).is_open
    assert again(referral, town.clerk).lead_unit_id == town.clearing.pk


# ── pages ──


def test_the_page_offers_each_side_its_steps(town, browse):
    offer = offered(town)
    url = reverse("referrals:transfer", args=[offer.pk])
    page = browse(town.worker).get(url).content.decode()
    assert "Federführung übernehmen" in page and "Nicht übernehmen" in page
    assert "Angebot zurückziehen" not in page
    assert "Arbeitstage nach dem Angebot am" in page
    page = browse(town.clerk).get(url).content.decode()
    assert "Angebot zurückziehen" in page and "Nicht übernehmen" not in page
    assert browse(town.teacher).get(url).status_code == 404


def test_lead_goes_over_in_the_browser(town, browse):
    referral = accepted(town)
    browser = browse(town.clerk)
    card = browser.get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert "federfuehrung-anbieten" in card
    answer = browser.post(
        reverse("referrals:offer_lead", args=[referral.pk]), {"reason": "closer", "version": referral.version}
    )
    assert answer.status_code == 302
    card = browser.get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert "Zum Angebot" in card and "federfuehrung-anbieten" not in card
    with acting(town.worker):
        offer = CaseTransfer.objects.get()
    browser = browse(town.worker)
    answer = browser.post(
        reverse("referrals:accept_lead", args=[offer.pk]), {"version": offer.version}, follow=True
    )
    assert "Ihre Stelle führt jetzt" in answer.content.decode()
    assert again(referral, town.worker).lead_unit_id == town.outreach.pk


def test_the_other_side_gets_403_for_a_step_that_is_not_its_own(town, browse):
    offer = offered(town)
    answer = browse(town.clerk).post(reverse("referrals:accept_lead", args=[offer.pk]), {})
    assert answer.status_code == 403
    answer = browse(town.worker).post(reverse("referrals:withdraw_lead", args=[offer.pk]), {})
    assert answer.status_code == 403
    assert stored(offer).is_open


def test_a_late_offer_still_can_be_answered(town):
    offer = offered(town)
    with travel(now() + timedelta(days=40)):
        assert accept_lead(actor=town.worker, offer_id=offer.pk).state == State.ACCEPTED


def test_a_moot_offer_says_so_and_can_only_be_refused(town, browse):
    referral = accepted(town)
    offer = offered(town, referral)
    with as_owner():
        Referral.objects.filter(pk=referral.pk).update(received_household=None)
    with pytest.raises(RuleBroken, match="inzwischen anders"):
        accept_lead(actor=town.worker, offer_id=offer.pk)
    page = browse(town.worker).get(reverse("referrals:transfer", args=[offer.pk])).content.decode()
    assert "steht inzwischen anders" in page and "Federführung übernehmen</span>" not in page
    assert refuse_lead(actor=town.worker, offer_id=offer.pk).state == State.REFUSED
