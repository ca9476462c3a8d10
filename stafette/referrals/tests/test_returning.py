import pytest
from django.urls import reverse

from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.models import Household
from stafette.properties.models import Hint
from stafette.referrals.commands import (
    accept_referral,
    close_referral,
    note_first_contact,
    note_not_reached,
    prepare_referral,
    return_referral,
    settle_decline,
)
from stafette.referrals.models import Envelope, Finding, Referral
from stafette.referrals.tests.scenes import accepted, again, hint_sent, sent, tried

State = Referral.State


def returned(town, reason="not_responsible"):
    return return_referral(actor=town.worker, referral_id=accepted(town).pk, reason=reason)


def test_returned_is_with_the_sender_again(town):
    referral = returned(town)
    assert (referral.state, referral.is_open, referral.decline_reason) == (
        State.RETURNED,
        True,
        "not_responsible",
    )
    assert (referral.responsible_unit_id, referral.responsible_user_id) == (town.clearing.pk, town.clerk.id)
    with as_owner():
        content = Envelope.objects.get(referral=referral)
        assert (content.payload, content.label) == ({}, "")
        assert content.destroyed_at is not None
        assert Finding.objects.get(pk=referral.finding_id).state == Finding.State.OPEN
        events = dict(Event.objects.filter(subject_id=referral.pk).values_list("kind", "unit_id"))
    assert events["referral.returned"] == town.outreach.pk
    assert events["referral.was_returned"] == town.clearing.pk


def test_what_the_receiver_took_over_stays_its_own(town):
    referral = returned(town)
    with acting(town.worker):
        assert Household.objects.get().pk == referral.received_household_id


def test_the_sender_settles_a_return_and_may_prepare_anew(town):
    referral = returned(town)
    settle_decline(actor=town.clerk, referral_id=referral.pk)
    row = again(referral, town.clerk)
    assert (row.state, row.is_open, row.decline_reason) == (State.SETTLED, False, "not_responsible")
    new = prepare_referral(actor=town.clerk, finding_id=referral.finding_id, route_id=referral.route_id)
    assert new.pk != referral.pk


@pytest.mark.parametrize("before", ["reached", "not_reached"])
def test_return_after_contact_or_none(town, before):
    referral = accepted(town)
    if before == "reached":
        note_first_contact(actor=town.worker, referral_id=referral.pk)
    else:
        tried(town, referral)
        note_not_reached(actor=town.worker, referral_id=referral.pk)
    row = return_referral(actor=town.worker, referral_id=referral.pk, reason="no_need")
    assert row.state == State.RETURNED


def test_a_hint_is_returned_and_stays_a_hint(town):
    referral = accept_referral(actor=town.controller, referral_id=hint_sent(town).pk)
    return_referral(actor=town.controller, referral_id=referral.pk, reason="not_responsible")
    with acting(town.controller):
        assert Hint.objects.filter(pk=referral.received_hint_id).exists()


def test_return_before_acceptance_is_a_decline(town):
    with pytest.raises(MoveNotAllowed, match="Zurückgeben"):
        return_referral(actor=town.worker, referral_id=sent(town).pk, reason="no_capacity")


def test_return_twice_is_refused(town):
    referral = returned(town)
    with pytest.raises(MoveNotAllowed):
        return_referral(actor=town.worker, referral_id=referral.pk, reason="no_capacity")


def test_return_after_closing_is_refused(town):
    referral = close_referral(actor=town.worker, referral_id=accepted(town).pk, outcome="helped")
    with pytest.raises(MoveNotAllowed):
        return_referral(actor=town.worker, referral_id=referral.pk, reason="no_capacity")


def test_return_needs_a_reason_of_the_list(town):
    with pytest.raises(BadInput):
        return_referral(actor=town.worker, referral_id=accepted(town).pk, reason="keine Lust")


@pytest.mark.parametrize("who", ["clerk", "teacher"])
def test_return_by_others_is_not_allowed(town, who):
    with pytest.raises(NotAllowed):
        return_referral(actor=getattr(town, who), referral_id=accepted(town).pk, reason="no_capacity")


def test_return_from_an_old_form_is_refused(town):
    referral = accepted(town)
    with pytest.raises(RuleBroken, match="jemand anderes"):
        return_referral(actor=town.worker, referral_id=referral.pk, reason="no_capacity", version=1)
    assert again(referral, town.worker).state == State.ACCEPTED


def test_both_pages_say_what_a_return_means(town, browse):
    referral = accepted(town)
    url = reverse("referrals:detail", args=[referral.pk])
    page = browse(town.worker).get(url).content.decode()
    assert "zurueckgeben/" in page
    assert "bleibt dort" in page
    browse(town.worker).post(
        reverse("referrals:return", args=[referral.pk]),
        {"version": referral.version, "reason": "already_known"},
    )
    mine = browse(town.worker).get(url).content.decode()
    assert "bleibt dort als Ihre eigene Aufzeichnung" in mine
    assert "zurueckgeben/" not in mine
    theirs = browse(town.clerk).get(url).content.decode()
    assert "Grund der Rückgabe" in theirs
    assert "wird dort schon betreut" in theirs
    assert "Zur Kenntnis nehmen" in theirs
