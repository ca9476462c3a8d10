"""On what ground a partner may be asked, and what may travel: the same answer for preview, sending and consent."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.partners.models import PARTIES, Partner, PartnerKind, PartnerRequest
from stafette.partners.questions import QUESTIONS, Question
from stafette.people.models import Household
from stafette.people.queries import current_members
from stafette.protection.data import Category, Decision, Outsider, Party
from stafette.protection.queries import Coverage, coverage, decide_outside
from stafette.protection.queries.written import in_writing
from stafette.referrals import envelope
from stafette.referrals.envelope import Content

CORE_PARTS = ("given_names", "family_name", "birth")


def party_of(partner: Partner) -> Party:
    """How the flow rules see a partner today."""
    bound = partner.bound_on is not None and partner.bound_on <= today()
    return Party(PARTIES[PartnerKind(partner.kind)], is_public=partner.is_public, is_bound=bound)


def decision_for(unit: Unit, partner: Partner, question: Question) -> Decision:
    """Ask the flow rule for the categories that the question wants."""
    return decide_outside(
        sender=unit,
        receiver=party_of(partner),
        finding_code=question.code,
        categories=question.categories,
    )


def decision_of(request: PartnerRequest) -> Decision:
    """Ask it again, today, for a request that exists."""
    return decision_for(request.unit, request.partner, QUESTIONS[request.question])


def outsider_of(partner: Partner) -> Outsider:
    """The partner as consents and the log of disclosures name it."""
    return Outsider(partner.pk, partner.name)


def coverage_for(actor: Actor, request: PartnerRequest) -> Coverage:
    """Who agreed to what towards this partner, today; where health is touched, only what was written counts."""
    found = coverage(
        actor=actor,
        unit_id=request.unit_id,
        household_id=cast(UUID, request.household_id),
        outsider_id=request.partner_id,
    )
    return in_writing(found) if decision_of(request).needs_written else found


def missing_consents(
    actor: Actor, request: PartnerRequest, decision: Decision | None = None
) -> frozenset[str]:
    """For which categories of the request nobody agreed who would have to."""
    decision = decision or decision_of(request)
    needed = decision.needs_consent & set(request.categories)
    if not needed:
        return frozenset()
    return needed - _agreed(coverage_for(actor, request), request.person_id)


def _agreed(found: Coverage, person_id: UUID | None) -> frozenset[str]:
    """About one person only its own consent counts; about the household that of anybody in it."""
    if person_id is not None:
        return found.categories([person_id])
    return found.categories(list(found.by_person))


def persons_told_of(actor: Actor, request: PartnerRequest, decision: Decision) -> list[UUID]:
    """Whom the question tells something about: the person it is about, or those of the household whom it names."""
    if request.person_id is not None:
        return [request.person_id]
    members = current_members(actor=actor).filter(household=request.household_id)
    everybody = list(members.values_list("person_id", flat=True))
    asked = set(request.categories)
    if decision.allowed & asked:
        return everybody
    covered = coverage_for(actor, request).by_person
    return [one for one in everybody if covered.get(one, frozenset()) & decision.needs_consent & asked]


def content_for(actor: Actor, request: PartnerRequest, decision: Decision) -> Content:
    """Build the snapshot: only whom the question is about, only what was asked, allowed or agreed to."""
    asked = set(request.categories)
    agreed = {
        person: granted & decision.needs_consent & asked
        for person, granted in coverage_for(actor, request).by_person.items()
        if request.person_id in (None, person)
    }
    found = envelope.for_persons(
        actor=actor,
        household=Household.objects.get(pk=cast(UUID, request.household_id)),
        subject=request.person,
        needs=[],
        free=decision.allowed & asked,
        agreed=agreed,
    )
    payload = _least(found.payload)
    held = {key for one in payload["persons"] for key in one} | set(payload)
    return Content(
        payload=payload,
        label=found.label,
        person_count=len(payload["persons"]),
        categories=tuple(one for one in Category.values if one in held),
        missing=found.missing,
    )


def _least(payload: dict[str, Any]) -> dict[str, Any]:
    """Partners need no former names and no father's name; who has nothing to tell is not even counted."""
    rest = envelope.without(payload, ())
    rest["persons"] = [_trimmed(one) for one in rest["persons"]]
    rest["persons"] = [one for one in rest["persons"] if one]
    return rest


def _trimmed(entry: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in entry.items() if key in Category.values}
    if "core" in kept:
        kept["core"] = {part: kept["core"][part] for part in CORE_PARTS if part in kept["core"]}
    return kept
