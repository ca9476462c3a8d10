"""What referrals do when other rooms report something."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.protection.kinds import Kind
from stafette.protection.life import Span, life_value
from stafette.protection.queries import consent_by_id
from stafette.referrals.closed import move_to_readers
from stafette.referrals.commands import begin_deletion_checks, end_for_consent
from stafette.referrals.models import CaseTransfer, Referral


def consent_withdrawn(actor: Actor, event: Event) -> None:
    """Follow a withdrawn consent at once, in the same transaction, with the rights that this takes.

    What is under way stops; then whoever has the data checks what must be deleted. Questions to partners outside are
    stopped by stafette.partners.
    """
    consent = consent_by_id(actor=actor, consent_id=event.subject_id)
    unit = consent.unit_id
    clerk = actor.with_grants(
        (Permission.REFERRAL_VIEW, unit),
        (Permission.REFERRAL_SEND, unit),
        (Permission.PERSON_VIEW, unit),
        (Permission.CONSENT_VIEW, unit),
        (Permission.FINDING_VIEW, unit),
        (Permission.FINDING_EDIT, unit),
    )
    receiver = consent.receiver_id if consent.kind == Kind.DATA else None
    if receiver is not None:
        end_for_consent(
            actor=clerk,
            unit_id=unit,
            household_id=consent.household_id,
            receiver_id=receiver,
            person_ids=[row.person_id for row in consent.people.all()],
            categories=consent.categories,
        )
    begin_deletion_checks(
        actor=clerk,
        unit_id=unit,
        household_id=consent.household_id,
        consent_id=consent.pk,
        number=consent.number,
        days=life_value(Span.CHECK, on=today()).count,
        taken_by_id=consent.withdrawal_taken_by_id or actor.id,
        clerk_id=consent.taken_by_id,
        receiver_id=receiver,
        categories=consent.categories,
    )


def work_handed_over(actor: Actor, event: Event) -> None:
    """Tell each new holder once, however many things came: the number stands on „Mein Tag“, not in the mail."""
    assert event.unit_id is not None
    notify(
        actor,
        [
            NoteData(
                user_id=UUID(user),
                unit_id=event.unit_id,
                kind="handed_over",
                reference="",
                path=reverse("referrals:my_day"),
                key=f"handed_over:{event.details['hand_over']}:{user}",
            )
            for user in event.details["got"]
        ],
    )


def file_closed(actor: Actor, event: Event) -> None:
    """Move what lies open about a closed file to those who work with it from now on."""
    assert event.about_id is not None
    open_to = [UUID(user) for user in event.details["open_to"]]
    move_to_readers(unit_id=event.unit_id, household_id=event.about_id, open_to=open_to)


AT_RECEIVER = {"referral.arrived": "referral_arrived", "referral.taken_back": "referral_taken_back"}
AT_SENDER = {
    "referral.was_accepted": "referral_accepted",
    "referral.was_declined": "referral_declined",
    "referral.was_returned": "referral_returned",
    "referral.was_answered": "referral_answered",
    "referral.was_reopened": "referral_reopened",
    "referral.was_suspended": "referral_suspended",
    "referral.was_resumed": "referral_resumed",
    "referral.was_extended": "referral_extended",
    "referral.was_corrected": "referral_corrected",
}
AT_OTHER_LEAD = {
    "lead.arrived": "transfer_offered",
    "lead.taken_back": "transfer_withdrawn",
    "lead.was_accepted": "transfer_accepted",
    "lead.was_refused": "transfer_declined",
}


def step_was_taken(actor: Actor, event: Event) -> None:
    """Tell the person on the other side of a referral; what a unit did itself, it need not be told."""
    kind = AT_RECEIVER.get(event.kind) or AT_SENDER[event.kind]
    side = "receiver_user" if event.kind in AT_RECEIVER else "sender_user"
    found = Referral.objects.filter(pk=event.subject_id).values_list(side, "responsible_user", "next_on")
    for user, holder, next_on in found:
        if user is not None:
            due_on = next_on if user == holder else None
            _tell(actor, event, user, kind, reverse("referrals:detail", args=[event.subject_id]), due_on)


def lead_was_moved(actor: Actor, event: Event) -> None:
    """Tell whoever is asked to lead, or who asked."""
    offers = CaseTransfer.objects.filter(pk=event.details["offer"]).values_list(
        "responsible_user", "offered_by", "next_on", "is_open"
    )
    for asked, asking, next_on, is_open in offers:
        user = asking if event.kind.startswith("lead.was_") else asked
        path = reverse("referrals:transfer", args=[event.details["offer"]])
        _tell(actor, event, user, AT_OTHER_LEAD[event.kind], path, next_on if is_open else None)


def task_was_given(actor: Actor, event: Event) -> None:
    """Tell whoever was given a task by a colleague."""
    path = reverse("referrals:task", args=[event.subject_id])
    _tell(actor, event, UUID(event.details["now"]), "task_given", path, None)


def _tell(actor: Actor, event: Event, user: UUID, kind: str, path: str, due_on: date | None) -> None:
    """Keep one note for this event; nobody is told of what one did oneself."""
    if user == actor.id:
        return
    note = NoteData(
        user_id=user,
        unit_id=event.unit_id,
        kind=kind,
        reference=event.details["number"],
        path=path,
        key=f"event-{event.pk}",
        due_on=due_on,
    )
    notify(actor, [note])
