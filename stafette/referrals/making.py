"""A referral in the making: rule, periods and dates of this day, not saved yet."""

from __future__ import annotations

from stafette.accounts.models import Route, Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.protection.data import Category, Decision
from stafette.referrals.deadlines import DRAFT_DAYS, dates_after, periods_for
from stafette.referrals.models import Finding, Referral, Subject
from stafette.referrals.objecting import refuse_against_objection
from stafette.referrals.steps import escalation_unit_for, next_number


def possible_categories(decision: Decision) -> list[str]:
    """What may travel at all, with or without consent, in the order of the list."""
    possible = decision.allowed | decision.needs_consent
    return [category for category in Category.values if category in possible]


def new_referral(
    actor: Actor,
    finding: Finding,
    *,
    sender: Unit,
    receiver: Unit,
    route: Route | None,
    purpose: str,
    decision: Decision,
) -> Referral:
    """An unsaved draft: it keeps rule, norm and periods of the day on which it was begun."""
    refuse_against_objection(actor, household_id=finding.household_id, mode=decision.mode)
    day = today()
    periods = periods_for(sender_id=sender.pk, receiver_id=receiver.pk, finding_code=finding.code, on=day)
    is_building = route is not None and Category.CORE not in route.categories
    referral = Referral(
        number=next_number(sender, day.year),
        from_unit=sender,
        to_unit=receiver,
        route=route,
        subject=Subject.BUILDING if is_building else Subject.PERSONS,
        finding=finding,
        household_id=finding.household_id,
        finding_code=finding.code,
        purpose=purpose,
        categories=possible_categories(decision),
        flow_rule=decision.rule,
        mode=decision.mode,
        norm=decision.norm,
        flow_sentence=decision.sentence,
        feedback_scope=decision.feedback,
        escalation_unit_id=escalation_unit_for(sender),
        lead_unit=sender,
        sender_user_id=actor.id,
        rule_version=periods.version,
        receipt_days=periods.receipt,
        answer_days=periods.answer,
        first_contact_days=periods.first_contact,
        feedback_days=periods.feedback,
    )
    dates = dates_after(day, DRAFT_DAYS, unit=sender)
    referral.pass_baton(unit_id=sender.pk, user_id=actor.id, dates=dates)
    return referral
