import pytest

from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.models import Household, Person
from stafette.properties.models import Hint
from stafette.protection.data import Feedback
from stafette.referrals.allowed import BY_HAND
from stafette.referrals.basis import allowed_feedback
from stafette.referrals.commands import (
    accept_referral,
    close_referral,
    confirm_receipt,
    decline_referral,
    give_feedback,
    note_attempt,
    note_first_contact,
    note_not_reached,
    settle_decline,
    take_over,
)
from stafette.referrals.models import (
    ContactAttempt,
    DeclineReason,
    Envelope,
    Finding,
    Handling,
    Outcome,
    Referral,
)
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import accepted, again, hint_sent, sent, tried
from stafette.referrals.words import OUTCOMES

State = Referral.State


def books(referral):
    """Kinds of events in the receiver's and in the sender's books."""
    with as_owner():
        events = Event.objects.filter(subject_id=referral.pk).order_by("at", "id")
        return (
            [event.kind for event in events if event.unit_id == referral.to_unit_id],
            [event.kind for event in events if event.unit_id == referral.from_unit_id],
        )


def test_confirm_receipt_moves_the_date_to_the_answer(town):
    referral = confirm_receipt(actor=town.worker, referral_id=sent(town).pk)
    assert referral.state == State.RECEIVED
    assert referral.next_on == referral.answer_due_on
    receiver, sender = books(referral)
    assert receiver[-1] == "referral.received"
    assert sender[-1] == "referral.was_received"


def test_accept_makes_the_receivers_own_records(town):
    referral = accepted(town)
    assert referral.state == State.ACCEPTED
    with acting(town.worker):
        own = Household.objects.get()
        assert own.pk == referral.received_household_id
        assert own.unit_id == town.outreach.pk
        assert referral.number in own.source
        people = Person.objects.filter(unit=town.outreach)
        assert {person.given_names for person in people} == {"Maria", "Ivo"}
        assert own.street == ""
    with acting(town.clerk):
        assert Household.objects.get().pk == town.household.pk


def test_accept_into_an_own_household_makes_no_second_one(town):
    from stafette.people.tests.factories import HouseholdFactory

    own = HouseholdFactory(unit=town.outreach)
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk, household_id=own.pk)
    assert referral.received_household_id == own.pk
    with acting(town.worker):
        assert Household.objects.count() == 1


def test_accept_into_a_foreign_household_is_refused(town):
    with pytest.raises(BadInput):
        accept_referral(actor=town.worker, referral_id=sent(town).pk, household_id=town.household.pk)


def test_accept_twice_is_refused(town):
    referral = accepted(town)
    with pytest.raises(MoveNotAllowed):
        accept_referral(actor=town.worker, referral_id=referral.pk)
    with acting(town.worker):
        assert Household.objects.count() == 1


@pytest.mark.parametrize("who", ["clerk", "teacher", "controller"])
def test_accept_by_others_is_not_allowed(town, who):
    with pytest.raises(NotAllowed):
        accept_referral(actor=getattr(town, who), referral_id=sent(town).pk)


def test_nothing_is_accepted_when_the_log_fails(town, monkeypatch):
    referral = sent(town)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.referrals.commands.answering.record", fail)
    with pytest.raises(RuntimeError):
        accept_referral(actor=town.worker, referral_id=referral.pk)
    assert again(referral, town.worker).state == State.SENT
    with acting(town.worker):
        assert not Household.objects.exists()


def test_accepted_hint_becomes_a_hint_and_no_person(town):
    referral = accept_referral(actor=town.controller, referral_id=hint_sent(town).pk)
    with acting(town.controller):
        hint = Hint.objects.get(pk=referral.received_hint_id)
        assert (hint.address, hint.person_count) == ("Musterstraße 5, 06667 Musterstadt", 2)
        assert hint.source_number == referral.number
        assert not Household.objects.exists()
        assert not Person.objects.exists()


def test_decline_gives_the_baton_back_and_keeps_no_content(town):
    referral = decline_referral(
        actor=town.worker, referral_id=sent(town).pk, reason=DeclineReason.NO_CAPACITY
    )
    assert (referral.state, referral.is_open) == (State.DECLINED, True)
    assert (referral.responsible_unit_id, referral.responsible_user_id) == (town.clearing.pk, town.clerk.id)
    with as_owner():
        assert Envelope.objects.get(referral=referral).payload == {}
        assert Finding.objects.get(pk=referral.finding_id).state == Finding.State.OPEN
    assert books(referral)[1][-1] == "referral.was_declined"


def test_decline_needs_a_reason_of_the_list(town):
    with pytest.raises(BadInput):
        decline_referral(actor=town.worker, referral_id=sent(town).pk, reason="keine Lust")


def test_settled_decline_ends_the_referral(town):
    referral = decline_referral(actor=town.worker, referral_id=sent(town).pk, reason="not_responsible")
    settle_decline(actor=town.clerk, referral_id=referral.pk)
    row = again(referral, town.clerk)
    assert (row.state, row.is_open, row.decline_reason) == (State.SETTLED, False, "not_responsible")


def test_settle_by_the_receiver_is_not_allowed(town):
    referral = decline_referral(actor=town.worker, referral_id=sent(town).pk, reason="not_responsible")
    with pytest.raises(NotAllowed):
        settle_decline(actor=town.worker, referral_id=referral.pk)


def test_first_contact_after_a_failed_one(town):
    referral = accepted(town)
    tried(town, referral)
    assert note_not_reached(actor=town.worker, referral_id=referral.pk).state == State.NOT_REACHED
    row = note_first_contact(actor=town.worker, referral_id=referral.pk)
    assert row.state == State.REACHED
    assert row.contacted_at is not None
    with acting(town.clerk):
        assert not ContactAttempt.objects.exists()


def test_contact_before_acceptance_is_refused(town):
    referral = sent(town)
    with pytest.raises(MoveNotAllowed):
        note_first_contact(actor=town.worker, referral_id=referral.pk)
    with pytest.raises(RuleBroken):
        note_attempt(actor=town.worker, referral_id=referral.pk, channel="phone", result="reached")


@pytest.mark.parametrize("outcome", BY_HAND)
def test_outcome_stays_with_the_receiver_until_feedback(town, outcome):
    referral = accepted(town)
    tried(town, referral)
    referral = close_referral(actor=town.worker, referral_id=referral.pk, outcome=outcome)
    assert (referral.state, referral.is_open) == (State.CLOSED, True)
    with acting(town.clerk):
        assert not Handling.objects.exists()
        assert Referral.objects.get(pk=referral.pk).feedback == ""
    row = give_feedback(actor=town.worker, referral_id=referral.pk)
    assert (row.state, row.feedback, row.is_open) == (State.DONE, outcome, False)
    with as_owner():
        assert Finding.objects.get(pk=referral.finding_id).state == Finding.State.DONE


def test_feedback_of_housing_control_says_only_handled(town):
    referral = accept_referral(actor=town.controller, referral_id=hint_sent(town).pk)
    close_referral(actor=town.controller, referral_id=referral.pk, outcome=Outcome.CHECKED)
    row = give_feedback(actor=town.controller, referral_id=referral.pk)
    assert row.feedback == Outcome.HANDLED
    with as_owner():
        told = Event.objects.get(subject_id=referral.pk, kind="referral.was_answered")
    assert told.details["feedback"] == "handled"


@pytest.mark.parametrize("outcome", ["forwarded", "handled", "?"])
def test_nobody_closes_by_hand_with_what_follows_from_other_steps(town, outcome):
    with pytest.raises(BadInput):
        close_referral(actor=town.worker, referral_id=accepted(town).pk, outcome=outcome)


@pytest.mark.parametrize("scope", Feedback.values)
@pytest.mark.parametrize("outcome", Outcome.values)
def test_feedback_tells_what_the_rule_lets_tell_and_no_more(scope, outcome):
    referral = Referral(feedback_scope=scope)
    referral.handling = Handling(referral=referral, outcome=outcome)
    told = {Feedback.OUTCOME: outcome, Feedback.HANDLED: "handled", Feedback.NONE: "handled"}
    assert allowed_feedback(referral) == told[scope]


def test_the_five_ways_of_not_working_out_stay_different(town):
    five = {"no_answer", "declined_by_person", "not_reachable", "came_no_need", "moved_away"}
    assert five <= {code for code, _label in OUTCOMES}
    assert len({str(label) for code, label in OUTCOMES if code in five}) == 5


def test_feedback_before_closing_is_refused(town):
    with pytest.raises(MoveNotAllowed):
        give_feedback(actor=town.worker, referral_id=accepted(town).pk)


def test_take_over_makes_a_colleague_responsible(town):
    referral, colleague = sent(town), staff(town.outreach)
    row = take_over(actor=colleague, referral_id=referral.pk)
    assert row.responsible_user_id == row.receiver_user_id == colleague.id
    assert row.next_on == referral.next_on


def test_take_over_from_the_other_unit_is_not_allowed(town):
    with pytest.raises(NotAllowed):
        take_over(actor=town.clerk, referral_id=sent(town).pk)


def test_two_clerks_do_not_overwrite_each_other(town):
    referral, colleague = sent(town), staff(town.outreach)
    accept_referral(actor=town.worker, referral_id=referral.pk, version=referral.version)
    with pytest.raises(RuleBroken, match="jemand anderes"):
        decline_referral(
            actor=colleague, referral_id=referral.pk, reason="no_capacity", version=referral.version
        )
    assert again(referral, colleague).state == State.ACCEPTED


def test_withdrawn_consent_leaves_what_the_receiver_accepted(town):
    from stafette.protection.commands import withdraw_consent
    from stafette.protection.models import Consent

    referral = accepted(town)
    with acting(town.clerk):
        consent = Consent.objects.get()
    withdraw_consent(actor=town.clerk, consent_id=consent.pk)
    assert again(referral, town.worker).state == State.ACCEPTED
    with acting(town.worker):
        assert Household.objects.filter(pk=referral.received_household_id).exists()
        assert Envelope.objects.get(referral=referral).payload["persons"]
