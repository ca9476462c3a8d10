"""On what ground a referral may travel, and what may be told about it: asked anew whenever it matters."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.people.queries import current_members
from stafette.protection.data import Decision, Feedback
from stafette.protection.queries import Coverage, coverage, decide
from stafette.referrals.models import Handling, Outcome, Referral, Subject


def missing_consents(actor: Actor, referral: Referral, decision: Decision | None = None) -> frozenset[str]:
    """Tell for which categories of a draft nobody has agreed yet."""
    decision = decision or decision_of(referral)
    if not decision.needs_consent:
        return frozenset()
    covered = coverage_for(actor, referral).by_person.values()
    return decision.needs_consent - frozenset().union(*covered)


def decision_of(referral: Referral) -> Decision:
    """Ask the flow rule again, today, for the categories of a referral."""
    return decide(
        sender=referral.from_unit,
        receiver=referral.to_unit,
        finding_code=referral.finding_code,
        categories=referral.categories,
    )


def coverage_for(actor: Actor, referral: Referral) -> Coverage:
    """Tell who agreed to what towards the receiver, today."""
    return coverage(
        actor=actor,
        unit_id=referral.from_unit_id,
        household_id=cast(UUID, referral.household_id),
        receiver_id=referral.to_unit_id,
    )


def persons_told_of(actor: Actor, referral: Referral, decision: Decision) -> list[UUID]:
    """Whom the envelope says something about: the log names each, so that each adult can be told alone."""
    members = current_members(actor=actor).filter(household=referral.household_id)
    everybody = list(members.values_list("person_id", flat=True))
    if referral.subject == Subject.BUILDING:
        return everybody
    sent = set(referral.categories)
    covered = coverage_for(actor, referral).by_person if decision.needs_consent & sent else {}
    told = {one for one, granted in covered.items() if granted & decision.needs_consent & sent}
    if decision.allowed & sent:
        subject = referral.finding.person_id if referral.finding is not None else None
        told |= {subject} if subject is not None else set(everybody)
    return [one for one in everybody if one in told]


def allowed_feedback(referral: Referral) -> str:
    """What the rule lets the receiver tell: preview and sending use the same answer."""
    if referral.feedback_scope != Feedback.OUTCOME:
        return str(Outcome.HANDLED)
    handling: Handling = referral.handling
    return handling.outcome
