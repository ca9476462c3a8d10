"""Requests that limit what the unit does with a file: restriction, objection, erasure."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.commands import close_file
from stafette.people.models import ClosedFile
from stafette.referrals.commands import drop_follow_up, withdraw_referral
from stafette.referrals.models import FollowUp, Referral
from stafette.referrals.objecting import UNTOUCHED
from stafette.rights import rules
from stafette.rights.erasing import adults_beside, goal, hindrances
from stafette.rights.models import Answer, Kind, Objection, SubjectRequest
from stafette.rights.steps import destroy_content, expect_kind, expect_person, finish, locked

RESTRICTIONS = (
    ClosedFile.Reason.CONTESTED,
    ClosedFile.Reason.UNLAWFUL,
    ClosedFile.Reason.CLAIM,
    ClosedFile.Reason.OBJECTION,
)


@command
def restrict_by_request(
    *,
    actor: Actor,
    request_id: UUID,
    ground: str,
    open_to: Collection[UUID] = (),
    version: int | None = None,
) -> SubjectRequest:
    """Restrict the processing of the file (Art. 18 GDPR): it stays, and is closed to all but who is named."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    expect_kind(request, Kind.RESTRICTION)
    expect_person(request)
    if ground not in RESTRICTIONS:
        raise BadInput(_("Wählen Sie aus der Liste, warum die Verarbeitung eingeschränkt wird."))
    household = _household(request)
    finish(actor, request, "answer", answer=Answer.RESTRICTED)
    record(
        actor, "request.restricted", request, unit=request.unit_id, about=household,
        number=request.number, ground=ground, late=request.is_late,
    )  # fmt: skip
    _close(actor, request, ground, open_to)
    return request


@command
def stop_by_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> SubjectRequest:
    """Grant an objection (Art. 21(1) GDPR): what rests on the unit's task stops, what rests on consent goes on.

    Referrals that nobody took over are withdrawn, follow-ups end; from now on nothing new is begun on that basis
    (referrals/objecting.py), and the household's page says so.
    """
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    expect_kind(request, Kind.OBJECTION)
    person_id = expect_person(request)
    household = _household(request)
    withdrawn = _withdraw_referrals(actor, request, household)
    dropped = _drop_follow_ups(actor, request, household)
    Objection(
        unit_id=request.unit_id,
        household_id=household,
        person_id=person_id,
        since_on=today(),
        request=request,
    ).save(force_insert=True)
    finish(actor, request, "answer", answer=Answer.STOPPED)
    record(
        actor, "request.objection_granted", request, unit=request.unit_id, about=household,
        number=request.number, withdrawn=withdrawn, dropped=dropped, late=request.is_late,
    )  # fmt: skip
    return request


def _withdraw_referrals(actor: Actor, request: SubjectRequest, household: UUID) -> int:
    found = Referral.objects.filter(from_unit=request.unit_id, household=household, is_open=True)
    count = 0
    for referral in found.exclude(mode__in=UNTOUCHED).order_by("pk"):
        if referral.can("withdraw"):
            withdraw_referral(actor=actor, referral_id=referral.pk)
            count += 1
    return count


def _drop_follow_ups(actor: Actor, request: SubjectRequest, household: UUID) -> int:
    found = FollowUp.objects.filter(unit=request.unit_id, household=household, is_open=True)
    ids = list(found.order_by("pk").values_list("pk", flat=True))
    for one in ids:
        drop_follow_up(actor=actor, follow_up_id=one, drop_reason=FollowUp.DropReason.NO_CONSENT)
    return len(ids)


@command
def end_objection(*, actor: Actor, objection_id: UUID) -> Objection:
    """The person takes the objection back."""
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection_id)
    actor.require(Permission.RIGHTS_EDIT, unit=objection.unit_id)
    if objection.until_on is not None:
        raise RuleBroken(_("Dieser Widerspruch ist schon zurückgenommen."))
    objection.until_on = today()
    objection.save(update_fields=["until_on"])
    record(actor, "objection.ended", objection, unit=objection.unit_id, about=objection.household_id)
    return objection


@command
def erase_by_request(
    *,
    actor: Actor,
    request_id: UUID,
    whole: bool = False,
    agreed: Collection[UUID] = (),
    version: int | None = None,
) -> SubjectRequest:
    """Grant an erasure (Art. 17 GDPR): the room retention deletes at once and leaves a tombstone.

    It hears of it by the event `request.erasure_granted`, whose details name the unit's own rows: `persons` (ids) and
    `household` (id, or null where only the person goes). The whole household goes only where every other adult agreed
    (`agreed`), never family-wide on one signature (domain.md 13.2). Who asked and what is thrown away with it.
    """
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    expect_kind(request, Kind.ERASURE)
    expect_person(request)
    if not request.can("answer"):
        raise RuleBroken(_("Beginnen Sie zuerst die Bearbeitung."))
    others = adults_beside(request) if whole else []
    if whole and {one.pk for one in others} - set(agreed):
        raise BadInput(_("Der ganze Haushalt wird nur gelöscht, wenn alle Erwachsenen zugestimmt haben."))
    if found := hindrances(request):
        raise RuleBroken(_("Noch nicht möglich: {why}").format(why=" ".join(found)))
    household, persons = goal(request, whole=whole)
    finish(actor, request, "answer", answer=Answer.ERASED)
    destroy_content(request)
    record(
        actor, "request.erasure_granted", request, unit=request.unit_id, about=household,
        number=request.number, persons=persons, household=household, agreed=len(others),
        late=request.is_late,
    )  # fmt: skip
    return request


@command
def restrict_instead_of_erasing(
    *,
    actor: Actor,
    request_id: UUID,
    reason: str,
    open_to: Collection[UUID] = (),
    version: int | None = None,
) -> SubjectRequest:
    """Where a duty to keep stands against erasure, the file is restricted instead (§ 84(3) SGB X)."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    expect_kind(request, Kind.ERASURE)
    expect_person(request)
    if reason not in {one.code for one in rules.keeping_reasons()}:
        raise BadInput(_("Wählen Sie aus der Liste, welcher Grund des Gesetzes gilt."))
    household = _household(request)
    finish(actor, request, "answer", answer=Answer.KEPT_RESTRICTED, reason=reason)
    record(
        actor, "request.restricted", request, unit=request.unit_id, about=household,
        number=request.number, reason=reason, late=request.is_late,
    )  # fmt: skip
    _close(actor, request, ClosedFile.Reason.RETENTION, open_to)
    return request


def _household(request: SubjectRequest) -> UUID:
    if request.household_id is None:
        raise RuleBroken(_("Die Person lebt in keinem erfassten Haushalt; es gibt keine Akte dazu."))
    return request.household_id


def _close(actor: Actor, request: SubjectRequest, ground: str, open_to: Collection[UUID]) -> None:
    """Close it last: what is closed to somebody cannot be written by that somebody any more."""
    running = ClosedFile.objects.filter(household=_household(request), kind=ClosedFile.Kind.RESTRICTED)
    if running.filter(lifted_at=None).exists():
        return
    close_file(
        actor=actor,
        household_id=_household(request),
        kind=ClosedFile.Kind.RESTRICTED,
        reason=ground,
        open_to=list(open_to) or [actor.id],
    )
