import re

import pytest
from django.urls import reverse

from stafette.accounts.models import UnitKind
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.models import Household, Person
from stafette.protection.commands import give_consent
from stafette.protection.data import Feedback
from stafette.protection.models import Disclosure
from stafette.referrals.commands import (
    accept_referral,
    check_referral,
    close_referral,
    confirm_receipt,
    decline_referral,
    forward_referral,
    prepare_referral,
    return_referral,
    revise_referral,
    send_referral,
    withdraw_referral,
)
from stafette.referrals.models import Envelope, Finding, FollowUp, Handling, Referral
from stafette.referrals.tests.factories import RouteFactory, staff
from stafette.referrals.tests.scenes import accepted, again, consented, hint_sent, sent

State = Referral.State


@pytest.fixture
def centre(town):
    """A third unit: the district centre, to which outreach may hand on with consent (flow rule L01)."""
    unit = UnitFactory(kind=UnitKind.DISTRICT_CENTRE, name="Stadtteilzentrum")
    town.counsellor = staff(unit)
    return unit


def forwarded(town, unit, referral=None):
    referral = referral or accepted(town)
    return forward_referral(actor=town.worker, referral_id=referral.pk, unit_id=unit.pk)


def agreed(town, onward, categories=("core", "contact", "needs")):
    with acting(town.worker):
        people = list(Person.objects.filter(memberships__household=onward.household_id))
        assert people
    give_consent(
        actor=town.worker,
        unit_id=town.outreach.pk,
        household_id=onward.household_id,
        receiver_id=onward.to_unit_id,
        purpose="Beratung",
        categories=categories,
        person_ids=[person.pk for person in people],
        text_version="weitergabe 1",
        language="bg",
        form="written",
    )


def onward_sent(town, unit, referral=None):
    onward = forwarded(town, unit, referral)
    agreed(town, onward)
    check_referral(actor=town.worker, referral_id=onward.pk, categories=["core", "contact", "needs"])
    return send_referral(actor=town.worker, referral_id=onward.pk)


def test_forward_prepares_a_draft_of_the_receivers_own(town, centre):
    first = accepted(town)
    onward = forwarded(town, centre, first)
    assert (onward.state, onward.flow_rule, onward.mode) == (State.DRAFT, "L01", "consent")
    assert (onward.from_unit_id, onward.to_unit_id, onward.lead_unit_id) == (
        town.outreach.pk,
        centre.pk,
        town.outreach.pk,
    )
    assert (onward.forwarded_from_id, onward.purpose) == (first.pk, first.purpose)
    assert onward.household_id == first.received_household_id
    assert onward.responsible_user_id == town.worker.id
    assert onward.route_id is None
    with acting(town.worker):
        finding = Finding.objects.get()
        assert (finding.unit_id, finding.code) == (town.outreach.pk, first.finding_code)
        assert finding.state == Finding.State.PREPARED
        assert finding.reason == "Die Familie wünscht Begleitung zu Ämtern."
    assert again(first, town.worker).state == State.ACCEPTED
    assert again(first, town.worker).next_on == first.next_on


@pytest.mark.parametrize("read", [False, True])
def test_forward_accepts_first(town, centre, read):
    referral = sent(town)
    if read:
        confirm_receipt(actor=town.worker, referral_id=referral.pk)
    onward = forwarded(town, centre, referral)
    row = again(referral, town.worker)
    assert row.state == State.ACCEPTED
    with acting(town.worker):
        assert Household.objects.get().pk == row.received_household_id == onward.household_id


def test_consents_given_to_the_first_sender_count_for_nothing(town, centre):
    onward = forwarded(town, centre)
    consented(town, centre)
    with pytest.raises(RuleBroken, match="Es fehlt die Einwilligung"):
        check_referral(actor=town.worker, referral_id=onward.pk)


def test_sending_the_onward_referral_ends_the_first(town, centre):
    first = accepted(town)
    onward = onward_sent(town, centre, first)
    assert onward.state == State.SENT
    row = again(first, town.clerk)
    assert (row.state, row.is_open, row.feedback) == (State.DONE, False, "forwarded")
    with as_owner():
        assert Handling.objects.get(referral=first).outcome == "forwarded"
        assert Finding.objects.get(pk=first.finding_id).state == Finding.State.DONE
        assert not FollowUp.objects.filter(referral=first).exists()
        told = Event.objects.get(subject_id=first.pk, kind="referral.was_answered")
        assert (told.unit_id, told.details["feedback"]) == (town.clearing.pk, "forwarded")
        proof = Disclosure.objects.get(reference=onward.number)
        assert (proof.unit_id, proof.receiver_id) == (town.outreach.pk, centre.pk)


def test_where_the_rule_lets_less_be_told_the_sender_hears_only_handled(town, centre):
    first = accepted(town)
    with as_owner():
        Referral.objects.filter(pk=first.pk).update(feedback_scope=Feedback.HANDLED)
    onward_sent(town, centre, first)
    assert again(first, town.clerk).feedback == "handled"


def test_each_side_sees_its_neighbour_only(town, centre, browse):
    first = accepted(town)
    onward = onward_sent(town, centre, first)
    with acting(town.clerk):
        assert not Referral.objects.filter(pk=onward.pk).exists()
    with acting(town.counsellor):
        assert not Referral.objects.filter(pk=first.pk).exists()
        assert Envelope.objects.get(referral=onward).payload["persons"]

    def page(who, referral):
        return browse(who).get(reverse("referrals:detail", args=[referral.pk])).content.decode()

    assert onward.number in page(town.worker, first)
    assert first.number in page(town.worker, onward)
    sender_page = page(town.clerk, first)
    assert "weitergegeben" in sender_page
    assert onward.number not in sender_page
    assert centre.name not in sender_page
    third_page = page(town.counsellor, onward)
    assert first.number not in third_page
    assert town.clearing.name not in re.sub(r"<select.*?</select>", "", third_page, flags=re.S)
    assert browse(town.clerk).get(reverse("referrals:detail", args=[onward.pk])).status_code == 404


def test_withdrawn_draft_leaves_the_first_as_it_was(town, centre):
    first = accepted(town)
    onward = forwarded(town, centre, first)
    withdraw_referral(actor=town.worker, referral_id=onward.pk)
    row = again(first, town.worker)
    assert (row.state, row.next_on, row.is_open) == (State.ACCEPTED, first.next_on, True)
    second = forwarded(town, centre, first)
    assert second.finding_id == onward.finding_id


def test_declined_onward_referral_comes_back_to_who_carried_it_on(town, centre):
    onward = onward_sent(town, centre)
    row = decline_referral(actor=town.counsellor, referral_id=onward.pk, reason="no_capacity")
    assert (row.responsible_unit_id, row.responsible_user_id) == (town.outreach.pk, town.worker.id)
    with acting(town.worker):
        assert Finding.objects.get().state == Finding.State.OPEN


def test_revised_onward_draft_offers_what_the_first_held(town, centre):
    first = accepted(town)
    onward = forwarded(town, centre, first)
    offered = list(onward.categories)
    agreed(town, onward)
    check_referral(actor=town.worker, referral_id=onward.pk, categories=["core"])
    row = revise_referral(actor=town.worker, referral_id=onward.pk)
    assert again(row, town.worker).categories == offered


def test_own_route_of_the_receiver_is_used(town, centre):
    first = accepted(town)
    with as_owner():
        kind = again(first, town.clerk).route.finding
    route = RouteFactory(finding=kind, sender=town.outreach, receiver=centre, categories=["core", "contact"])
    onward = forwarded(town, centre, first)
    assert (onward.route_id, onward.categories) == (route.pk, ["core", "contact"])
    assert onward.purpose == first.purpose


def test_without_a_rule_nothing_is_carried_on_nor_accepted(town):
    job_centre, referral = UnitFactory(kind=UnitKind.JOB_CENTRE), sent(town)
    with pytest.raises(RuleBroken, match="keine Regel"):
        forwarded(town, job_centre, referral)
    assert again(referral, town.worker).state == State.SENT
    with acting(town.worker):
        assert not Household.objects.exists()


def test_back_to_the_sender_is_a_return(town):
    with pytest.raises(BadInput, match="Zurückgeben"):
        forwarded(town, town.clearing)


def test_to_oneself_or_to_nobody_is_refused(town, centre):
    referral = accepted(town)
    for unit in (town.outreach, UnitFactory.build()):
        with pytest.raises(BadInput):
            forwarded(town, unit, referral)


def test_a_hint_is_not_carried_on(town, centre):
    referral = accept_referral(actor=town.controller, referral_id=hint_sent(town).pk)
    with pytest.raises(RuleBroken, match="Gebäude"):
        forward_referral(actor=town.controller, referral_id=referral.pk, unit_id=centre.pk)


def test_one_way_on_at_a_time_and_no_end_beside_it(town, centre):
    first = accepted(town)
    forwarded(town, centre, first)
    with pytest.raises(RuleBroken, match="schon eine Weitergabe"):
        forwarded(town, town.school, first)
    with pytest.raises(RuleBroken, match="Weitergabe vorbereitet"):
        close_referral(actor=town.worker, referral_id=first.pk, outcome="helped")
    with pytest.raises(RuleBroken, match="Weitergabe vorbereitet"):
        return_referral(actor=town.worker, referral_id=first.pk, reason="no_capacity")


@pytest.mark.parametrize("who", ["clerk", "teacher"])
def test_forward_by_others_is_not_allowed(town, centre, who):
    with pytest.raises(NotAllowed):
        forward_referral(actor=getattr(town, who), referral_id=accepted(town).pk, unit_id=centre.pk)


def test_closed_referral_is_not_carried_on(town, centre):
    first = accepted(town)
    close_referral(actor=town.worker, referral_id=first.pk, outcome="helped")
    with pytest.raises(RuleBroken, match="nicht weitergeben"):
        forwarded(town, centre, first)


def test_the_child_it_is_about_stays_the_child(town):
    finding = town.finding("child_without_school_place", person=town.child)
    route = town.route("child_without_school_place", town.school, ["core", "language", "needs"])
    consented(town, town.school, ["core", "language", "needs"])
    first = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    send_referral(actor=town.clerk, referral_id=first.pk)
    onward = forward_referral(actor=town.teacher, referral_id=first.pk, unit_id=town.outreach.pk)
    with acting(town.teacher):
        assert Finding.objects.get(pk=onward.finding_id).person.given_names == "Ivo"


def test_forward_in_the_browser_offers_neither_sender_nor_oneself(town, centre, browse):
    referral, browser = accepted(town), browse(town.worker)
    url = reverse("referrals:detail", args=[referral.pk])
    page = browser.get(url).content.decode()
    assert f'value="{centre.pk}"' in page
    assert f'value="{town.clearing.pk}"' not in page
    assert f'value="{town.outreach.pk}"' not in page
    answer = browser.post(
        reverse("referrals:forward", args=[referral.pk]),
        {"version": referral.version, "unit_id": str(centre.pk)},
    )
    assert answer.status_code == 302
    page = browser.get(url).content.decode()
    assert "Weitergabe an Stadtteilzentrum" in page
    assert "Entwurf" in page
