"""Notes come from the step itself: the person on the other side is told, once, and never of one's own doing."""

from datetime import timedelta

import pytest

from stafette.kernel.clock import today
from stafette.kernel.errors import RuleBroken
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.referrals.commands import (
    accept_referral,
    close_referral,
    confirm_receipt,
    decline_referral,
    extend_referral,
    give_feedback,
    offer_lead,
    resume_referral,
    send_referral,
    suspend_referral,
    withdraw_referral,
)
from stafette.referrals.deadlines import working_day
from stafette.referrals.tests import scenes
from stafette.referrals.tests.factories import staff


def told() -> list[tuple[object, str, str]]:
    with as_owner():
        return [
            (note.user_id, note.kind, note.reference) for note in Note.objects.order_by("created_at", "id")
        ]


def test_the_receiver_is_told_of_what_arrived(town):
    referral = scenes.sent(town)
    assert told() == [(town.worker.id, "referral_arrived", referral.number)]
    with as_owner():
        note = Note.objects.get()
    assert (note.path, note.due_on, note.unit_id) == (
        f"/uebergaben/{referral.pk}/",
        referral.next_on,
        town.outreach.pk,
    )


def test_reading_and_closing_bother_nobody_but_acceptance_and_answer_are_told(town):
    referral = scenes.sent(town)
    confirm_receipt(actor=town.worker, referral_id=referral.pk)
    assert len(told()) == 1
    accept_referral(actor=town.worker, referral_id=referral.pk)
    accepted = (town.clerk.id, "referral_accepted", referral.number)
    assert told()[1:] == [accepted]
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="helped")
    give_feedback(actor=town.worker, referral_id=referral.pk)
    assert told()[1:] == [accepted, (town.clerk.id, "referral_answered", referral.number)]


def test_the_sender_is_told_of_rest_and_of_new_dates(town):
    referral = scenes.accepted(town)
    later = {"actor": town.worker, "referral_id": referral.pk}
    suspend_referral(**later, until=today() + timedelta(days=14), reason="family_away")
    resume_referral(**later)
    extend_referral(**later, until=working_day(referral.next_on, 3, unit=town.outreach), reason="agreed")
    kinds = ["referral_accepted", "referral_suspended", "referral_resumed", "referral_extended"]
    assert told()[1:] == [(town.clerk.id, kind, referral.number) for kind in kinds]


def test_an_extension_on_ones_own_side_is_told_to_nobody(town):
    referral = scenes.sent(town)
    row = decline_referral(actor=town.worker, referral_id=referral.pk, reason="no_capacity")
    until = working_day(row.next_on, 3, unit=town.clearing)
    extend_referral(actor=town.clerk, referral_id=referral.pk, until=until, reason="agreed")
    assert [kind for _user, kind, _number in told()] == ["referral_arrived", "referral_declined"]


def test_the_sender_is_told_of_a_decline_with_the_new_date(town):
    referral = scenes.sent(town)
    referral = decline_referral(actor=town.worker, referral_id=referral.pk, reason="no_capacity")
    assert told()[1:] == [(town.clerk.id, "referral_declined", referral.number)]
    with as_owner():
        assert Note.objects.get(kind="referral_declined").due_on == referral.next_on


def test_taking_a_draft_back_is_told_to_nobody(town):
    withdraw_referral(actor=town.clerk, referral_id=scenes.checked(town).pk)
    assert told() == []


def test_taking_back_what_was_sent_is_told(town):
    referral = scenes.sent(town)
    withdraw_referral(actor=town.clerk, referral_id=referral.pk)
    assert told()[1:] == [(town.worker.id, "referral_taken_back", referral.number)]


def test_nobody_is_told_of_the_own_doing(town):
    both = town.clerk.with_grants(*staff(town.outreach).grants)
    referral = send_referral(actor=both, referral_id=scenes.checked(town).pk)
    decline_referral(actor=both, referral_id=referral.pk, reason="no_capacity")
    assert [kind for _user, kind, _number in told()] == ["referral_arrived"]


def test_a_step_that_fails_leaves_no_note(town):
    referral = scenes.sent(town)
    with pytest.raises(RuleBroken):
        decline_referral(actor=town.worker, referral_id=referral.pk, reason="no_capacity", version=99)
    assert len(told()) == 1


def test_who_is_asked_to_lead_is_told(town):
    referral = scenes.sent(town)
    accept_referral(actor=town.worker, referral_id=referral.pk)
    offer_lead(actor=town.clerk, referral_id=referral.pk, reason="closer")
    assert told()[2:] == [(town.worker.id, "transfer_offered", referral.number)]


def test_a_step_costs_few_queries_more(town, django_assert_max_num_queries):
    from stafette.outbox.telling import notify

    referral = scenes.sent(town)
    with as_owner():
        note = Note.objects.get()
    from stafette.outbox.data import NoteData

    again = NoteData(
        user_id=note.user_id,
        unit_id=note.unit_id,
        kind=note.kind,
        reference=referral.number,
        path=note.path,
        key=note.key,
    )
    with django_assert_max_num_queries(5):  # savepoint, scope, insert, scope, release
        notify(town.clerk, [again])
    assert len(told()) == 1
