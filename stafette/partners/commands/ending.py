"""How a question ends: read, given up, taken back, or with the consent that carried it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.partners.basis import coverage_for, decision_of
from stafette.partners.models import AnswerLink, PartnerContent, PartnerRequest
from stafette.partners.steps import locked
from stafette.protection.data import Mode
from stafette.referrals import envelope


@command
def close_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> PartnerRequest:
    """The unit has read the answer; nothing is open any more."""
    request = locked(request_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=request.unit_id)
    request.end("close", at=now())
    request.save()
    record(
        actor, "partner_request.closed", request, unit=request.unit_id, about=request.household_id,
        number=request.number,
    )  # fmt: skip
    return request


@command
def give_up_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> PartnerRequest:
    """Wait no longer for an answer: somebody decides that, no date does."""
    request = locked(request_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=request.unit_id)
    request.end("give_up", at=now())
    request.save()
    _revoke(request)
    record(
        actor, "partner_request.given_up", request, unit=request.unit_id, about=request.household_id,
        number=request.number,
    )  # fmt: skip
    return request


@command
def withdraw_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> PartnerRequest:
    """Take a question back; what travelled is destroyed and the link opens nothing any more."""
    request = locked(request_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=request.unit_id)
    _withdraw(request)
    record(
        actor, "partner_request.withdrawn", request, unit=request.unit_id, about=request.household_id,
        number=request.number,
    )  # fmt: skip
    return request


def _withdraw(request: PartnerRequest) -> None:
    request.end("withdraw", at=now())
    request.save()
    PartnerContent.objects.filter(request=request).update(payload={}, label="", destroyed_at=now())
    _revoke(request)


def _revoke(request: PartnerRequest) -> None:
    AnswerLink.objects.filter(request=request, used_at=None, revoked_at=None).update(revoked_at=now())


@command
def end_for_consent(
    *, actor: Actor, unit_id: UUID, household_id: UUID, partner_id: UUID, categories: Collection[str]
) -> list[PartnerRequest]:
    """Follow a withdrawn consent: what is not answered yet must not be read any more.

    A draft is opened again, a question that lives by consent alone is withdrawn, from one with a basis in law only
    the consented categories vanish.
    """
    found = PartnerRequest.objects.select_for_update(of=("self",)).filter(
        unit=unit_id, household=household_id, partner=partner_id, state__in=["draft", "sent", "bounced"]
    )
    actor.require(Permission.REFERRAL_SEND, unit=unit_id)
    touched = []
    for request in found.select_related("unit__authority", "partner"):
        lost = _lost(actor, request) & set(categories)
        if not lost:
            continue
        if request.sent_at is None:
            PartnerContent.objects.filter(request=request).delete()
        elif request.mode == Mode.CONSENT:
            _withdraw(request)
        else:
            _strip(request, lost)
        record(
            actor, "partner_request.consent_ended", request, unit=unit_id, about=household_id,
            number=request.number, categories=sorted(lost), state=request.state,
        )  # fmt: skip
        touched.append(request)
    return touched


def _lost(actor: Actor, request: PartnerRequest) -> frozenset[str]:
    """Which categories nobody agrees to any more who would have to."""
    still = coverage_for(actor, request)
    people = list(still.by_person) if request.person_id is None else [request.person_id]
    return (decision_of(request).needs_consent & set(request.categories)) - still.categories(people)


def _strip(request: PartnerRequest, lost: Collection[str]) -> None:
    content = PartnerContent.objects.select_for_update(of=("self",)).get(request=request)
    content.payload = envelope.without(content.payload, lost)
    content.person_count = len(content.payload.get("persons", ()))
    content.save(update_fields=["payload", "person_count"])
    request.categories = [one for one in request.categories if one not in lost]
    request.version += 1
    request.save(update_fields=["categories", "version"])
