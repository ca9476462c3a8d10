"""What every step of a request begins and ends with."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.rights.models import CorrectionProposal, Passing, RequestContent, SubjectRequest


def locked(request_id: UUID, version: int | None = None) -> SubjectRequest:
    """Lock a request for a step, so that two people never overwrite each other.

    Raises NotAllowed where the actor may change none such, RuleBroken where the form shows an older version.
    """
    found = SubjectRequest.objects.select_for_update(of=("self",)).select_related("unit__authority")
    request = found.filter(pk=request_id).first()
    if request is None:
        raise NotAllowed(_("Diesen Antrag dürfen Sie nicht bearbeiten, oder es gibt ihn nicht."))
    request.expect_version(version)
    return request


def expect_kind(request: SubjectRequest, *kinds: str) -> None:
    """Refuse a step that belongs to another kind of request."""
    if request.kind not in kinds:
        raise RuleBroken(_("Dieser Schritt passt nicht zur Art des Antrags. Bitte laden Sie die Seite neu."))


def expect_person(request: SubjectRequest) -> UUID:
    """Return whom the request is about; who asks must be known, and found in the unit's books."""
    if not request.identity:
        raise RuleBroken(_("Prüfen Sie zuerst, wer den Antrag stellt, und halten Sie fest, wie."))
    if request.person_id is None:
        raise RuleBroken(_("Ordnen Sie den Antrag zuerst einer Person Ihrer Stelle zu."))
    return request.person_id


def finish(actor: Actor, request: SubjectRequest, move: str, *, answer: str = "", reason: str = "") -> None:
    """Close the request and tell the unit that passed it on that it was answered: the day, nothing more."""
    request.end(move, at=now(), by_id=actor.id, answer=answer, reason=reason)
    request.save()
    if request.came_as is not None and move in ("answer", "refuse"):
        report_back(actor, request, "answered_on")


def report_back(actor: Actor, request: SubjectRequest, column: str) -> None:
    """Write a day into the books of the unit that passed the request on."""
    if request.came_from_id is None or request.came_as is None:
        return
    there = request.came_from_id
    helper = actor.with_grants((Permission.RIGHTS_VIEW, there), (Permission.RIGHTS_EDIT, there))
    with acting(helper):
        passings = Passing.objects.filter(pk=request.came_as, **{f"{column}__isnull": True})
        passings.update(**{column: now().date()})


def destroy_content(request: SubjectRequest) -> None:
    """Throw away who asked and what: after an erasure only number, dates and codes stay as proof."""
    empty = {"asker": "", "born": "", "contact": "", "wish": ""}
    RequestContent.objects.filter(request=request.pk).update(**empty, destroyed_at=now())


def tell_arrived(actor: Actor, request: SubjectRequest) -> None:
    """Tell whoever holds a request that was passed on: number and link, never a name."""
    note = NoteData(
        user_id=request.responsible_user_id,
        unit_id=request.unit_id,
        kind="subject_request_arrived",
        reference=request.number,
        path=reverse("rights:request", args=[request.pk]),
        key=f"subject_request_arrived:{request.pk}",
        due_on=request.due_on,
    )
    notify(actor, [note])


def tell_proposal(actor: Actor, proposal: CorrectionProposal) -> None:
    """Tell whoever decides over there that a correction is proposed."""
    note = NoteData(
        user_id=proposal.responsible_user_id,
        unit_id=proposal.to_unit_id,
        kind="correction_proposed",
        reference=proposal.number,
        path=reverse("rights:proposal", args=[proposal.pk]),
        key=f"correction_proposed:{proposal.pk}",
        due_on=proposal.next_on,
    )
    notify(actor, [note])
