"""Take in what another authority asks for, and let the head decide (§ 67d(1), § 68 SGB X)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people.models import Household
from stafette.people.queries import current_members
from stafette.protection.commands.disclosures import log_disclosure
from stafette.protection.data import Category, Channel, Decision, Occasion, Outsider, Party
from stafette.protection.flow import Request
from stafette.protection.models import Disclosure, DisclosureRequest, Refusal
from stafette.protection.queries.deciding import decide_outside

TAKERS = (Permission.REFERRAL_SEND, Permission.REQUEST_DECIDE)


@command
def take_request(
    *,
    actor: Actor,
    unit_id: UUID,
    body_kind: str,
    body_name: str,
    dated_on: date,
    categories: Collection[str],
    justification: str,
    their_reference: str = "",
    household_id: UUID | None = None,
) -> DisclosureRequest:
    """Keep a request with its justification, also one that will be refused: who asks answers for the reasons.

    Whether anything is known stays open: a request about somebody unknown is taken in like any other.
    """
    _require_taker(actor, unit_id)
    asked = [one for one in Category.values if one in set(categories)]
    if not body_name.strip() or not justification.strip() or not asked:
        raise BadInput(_("Nennen Sie die Behörde, ihre Begründung und welche Angaben sie haben will."))
    if dated_on > today():
        raise BadInput(_("Das Datum des Ersuchens liegt in der Zukunft. Bitte prüfen Sie es."))
    _require_own(household_id, unit_id)
    request = DisclosureRequest(
        unit_id=unit_id,
        household_id=household_id,
        number=_next_number(unit_id),
        body_kind=body_kind,
        body_name=body_name.strip(),
        their_reference=their_reference.strip(),
        dated_on=dated_on,
        received_on=today(),
        categories=asked,
        justification=justification.strip(),
        taken_by_id=actor.id,
    )
    request.save(force_insert=True)
    record(
        actor, "disclosure_request.taken", request, unit=unit_id, about=household_id,
        number=request.number, body=body_kind, categories=asked, dated_on=dated_on,
    )  # fmt: skip
    return request


def _require_taker(actor: Actor, unit_id: UUID) -> None:
    if not any(actor.may(one, unit=unit_id) for one in TAKERS):
        raise NotAllowed(_("Ersuchen nehmen die Sachbearbeitung und die Leitung der Stelle auf."))


def _require_own(household_id: UUID | None, unit_id: UUID) -> None:
    if household_id is None:
        return
    if not Household.objects.filter(pk=household_id, unit=unit_id).exists():
        raise BadInput(_("Diesen Haushalt gibt es in Ihrer Stelle nicht."))


def _next_number(unit_id: UUID) -> str:
    unit = Unit.objects.get(pk=unit_id)
    year = today().year
    count = DisclosureRequest.objects.filter(unit=unit_id, received_on__year=year).count()
    return f"ERS-{unit.code}"[:30] + f"-{year}-{count + 1:04d}"


@command
def grant_request(*, actor: Actor, request_id: UUID) -> DisclosureRequest:
    """Answer a request, as far as the rule allows on this day; the head decides and the log proves it.

    What the rule does not name is not told, whatever was asked; a request that is too old is not answered at all.
    """
    request = DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    actor.require(Permission.REQUEST_DECIDE, unit=request.unit_id)
    if request.household_id is None:
        raise RuleBroken(_("Zu diesem Ersuchen liegt hier nichts vor. Lehnen Sie es ab."))
    decision = _decision_for(request, by_head=True)
    if not decision.allowed:
        raise RuleBroken(decision.sentence)
    told = [one for one in request.categories if one in decision.allowed]
    request.decide("grant", by=actor.id, at=now())
    request.rule, request.norm = decision.rule, decision.norm
    request.disclosure = _log(actor, request, decision, told)
    request.save()
    record(
        actor, "disclosure_request.granted", request, unit=request.unit_id, about=request.household_id,
        number=request.number, rule=decision.rule, categories=told,
    )  # fmt: skip
    return request


def _decision_for(request: DisclosureRequest, *, by_head: bool) -> Decision:
    """Ask the flow rule for this request on this day."""
    unit = Unit.objects.select_related("authority").get(pk=request.unit_id)
    known = Request(request.dated_on, has_reason=bool(request.justification), by_head=by_head)
    return decide_outside(
        sender=unit,
        receiver=Party(request.body_kind),
        finding_code="",
        categories=request.categories,
        occasion=Occasion.REQUEST,
        request=known,
    )


def _log(actor: Actor, request: DisclosureRequest, decision: Decision, told: list[str]) -> Disclosure:
    """The head sees no files: whom it is about is looked up by the program."""
    clerk = actor.with_grants(
        (Permission.REFERRAL_SEND, request.unit_id),
        (Permission.PERSON_VIEW, request.unit_id),
        (Permission.CONSENT_VIEW, request.unit_id),
    )
    with acting(clerk):
        members = current_members(actor=clerk).filter(household=request.household_id)
        people = list(members.values_list("person_id", flat=True))
        return log_disclosure(
            actor=clerk,
            unit_id=request.unit_id,
            outsider=Outsider(request.pk, request.body_name),
            household_id=request.household_id,
            reference=request.number,
            purpose=_("Ersuchen einer Behörde im Einzelfall"),
            decision=decision,
            categories=told,
            person_count=len(people),
            kind=Channel.ANSWER,
            person_ids=people,
        )


@command
def refuse_request(*, actor: Actor, request_id: UUID, refusal: str) -> DisclosureRequest:
    """Turn a request down with a coded reason; who asked learns only that nothing is told."""
    request = DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    actor.require(Permission.REQUEST_DECIDE, unit=request.unit_id)
    if refusal not in Refusal.values:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))
    request.decide("refuse", by=actor.id, at=now(), refusal=refusal)
    request.save()
    record(
        actor, "disclosure_request.refused", request, unit=request.unit_id, about=request.household_id,
        number=request.number, reason=refusal,
    )  # fmt: skip
    return request
