"""The unit's side: choose partner, question and person, look at what travels, send."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.partners.basis import (
    content_for,
    coverage_for,
    decision_for,
    decision_of,
    missing_consents,
    outsider_of,
    persons_told_of,
)
from stafette.partners.models import Partner, PartnerContent, PartnerRequest
from stafette.partners.occasions import occasion_of
from stafette.partners.questions import QUESTIONS, Question
from stafette.partners.steps import DRAFT_DAYS, answer_period, locked, send_new_link
from stafette.people.models import Household, Person
from stafette.people.queries import current_members
from stafette.protection.commands import log_disclosure
from stafette.protection.data import Category, Channel, Decision, Feedback
from stafette.referrals.deadlines import dates_after, working_day
from stafette.referrals.making import possible_categories
from stafette.referrals.objecting import refuse_against_objection
from stafette.referrals.steps import escalation_unit_for, next_number


@command
def prepare_request(
    *,
    actor: Actor,
    household_id: UUID,
    partner_id: UUID,
    question: str,
    person_id: UUID | None = None,
    referral_id: UUID | None = None,
    follow_up_id: UUID | None = None,
) -> PartnerRequest:
    """Begin a question to a partner; nothing leaves the unit yet.

    The flow rule decides per kind of partner and per question. Where no consent is missing, the content is put
    together at once, so that the clerk sees exactly what would travel.
    """
    household = Household.objects.filter(pk=household_id).select_related("unit__authority").first()
    if household is None:
        raise NotAllowed(_("Diesen Haushalt gibt es in Ihrer Stelle nicht."))
    actor.require(Permission.REFERRAL_SEND, unit=household.unit_id)
    _check_occasion(actor, household, referral_id=referral_id, follow_up_id=follow_up_id)
    partner = Partner.objects.get(pk=partner_id)
    asked = _question(partner, question)
    person = _subject(actor, household, asked, person_id)
    decision = decision_for(household.unit, partner, asked)
    if not decision.is_possible:
        raise RuleBroken(decision.sentence)
    if decision.feedback != Feedback.OUTCOME:
        raise RuleBroken(
            _("Auf diesem Weg darf keine Antwort zurückkommen: {why}").format(why=decision.sentence)
        )
    refuse_against_objection(actor, household_id=household.pk, mode=decision.mode)
    request = _new_request(actor, household, partner, asked, person, decision)
    request.referral_id, request.follow_up_id = referral_id, follow_up_id
    request.save(force_insert=True)
    record(
        actor, "partner_request.prepared", request, unit=request.unit_id, about=household.pk,
        number=request.number, partner=partner.pk, question=question, rule=decision.rule, mode=decision.mode,
    )  # fmt: skip
    if not missing_consents(actor, request, decision):
        _fill_and_record(actor, request, decision)
    return request


def _check_occasion(actor: Actor, household: Household, **named: UUID | None) -> None:
    """What a question is asked for is about the same household, in the same books."""
    if not any(named.values()):
        return
    found = occasion_of(actor, **named)
    if found is None or (found.unit_id, found.household_id) != (household.unit_id, household.pk):
        raise BadInput(_("Dieser Vorgang gehört nicht zu diesem Haushalt Ihrer Stelle."))


def _question(partner: Partner, code: str) -> Question:
    asked = QUESTIONS.get(code)
    if asked is None or asked.kind != partner.kind:
        raise BadInput(_("Diese Frage passt nicht zu diesem Partner. Bitte wählen Sie eine andere."))
    if partner.ended_on is not None:
        raise RuleBroken(_("Dieser Partner wird nicht mehr gefragt."))
    return asked


def _subject(actor: Actor, household: Household, asked: Question, person_id: UUID | None) -> Person | None:
    if person_id is None:
        if asked.about_household:
            return None
        raise BadInput(_("Wählen Sie aus, um welche Person es geht."))
    member = current_members(actor=actor).filter(household=household.pk, person=person_id).first()
    if member is None:
        raise BadInput(_("Diese Person wohnt nicht in diesem Haushalt."))
    return member.person


def _new_request(
    actor: Actor,
    household: Household,
    partner: Partner,
    asked: Question,
    person: Person | None,
    decision: Decision,
) -> PartnerRequest:
    day, unit = today(), household.unit
    request = PartnerRequest(
        number=next_number(unit, day.year),
        unit=unit,
        partner=partner,
        partner_unit_id=partner.unit_id if partner.unit_id != unit.pk else None,
        question=asked.code,
        household=household,
        person=person,
        purpose=str(asked.purpose),
        categories=possible_categories(decision),
        flow_rule=decision.rule,
        mode=decision.mode,
        norm=decision.norm,
        flow_sentence=decision.sentence,
        asked_by_id=actor.id,
        escalation_unit_id=escalation_unit_for(unit),
    )
    request.pass_baton(unit_id=unit.pk, user_id=actor.id, dates=dates_after(day, DRAFT_DAYS, unit=unit))
    return request


@command
def fill_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> PartnerRequest:
    """Put together what travels, now that consents were given or data corrected."""
    request = locked(request_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=request.unit_id)
    decision = _still_draft(request)
    if missing := missing_consents(actor, request, decision):
        raise RuleBroken(_missing_words(missing))
    _fill_and_record(actor, request, decision)
    request.version += 1
    request.save(update_fields=["version"])
    return request


@command
def leave_out(*, actor: Actor, request_id: UUID, version: int | None = None) -> PartnerRequest:
    """Ask without what nobody agreed to, where something is left to tell."""
    request = locked(request_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=request.unit_id)
    decision = _still_draft(request)
    missing = missing_consents(actor, request, decision)
    request.categories = [one for one in request.categories if one not in missing]
    if not request.categories:
        raise RuleBroken(_("Ohne Einwilligung bleibt hier nichts übrig, was gefragt werden könnte."))
    request.version += 1
    request.save(update_fields=["categories", "version"])
    _fill_and_record(actor, request, decision)
    return request


def _still_draft(request: PartnerRequest) -> Decision:
    if not request.can("send"):
        raise RuleBroken(_("Diese Anfrage ist schon gesendet oder beendet."))
    return decision_of(request)


def _missing_words(missing: frozenset[str]) -> str:
    words = ", ".join(str(Category(one).label) for one in sorted(missing))
    return _("Es fehlt die Einwilligung für: {words}.").format(words=words)


def _fill_and_record(actor: Actor, request: PartnerRequest, decision: Decision) -> None:
    """Make the snapshot anew and record that; an empty one would ask about nobody."""
    content = content_for(actor, request, decision)
    if not content.categories:
        raise RuleBroken(
            _(
                "Zu diesem Haushalt liegt nichts vor, was weitergegeben werden darf. Bitte rufen Sie den Partner an."
            )
        )
    request.categories = [one for one in request.categories if one in content.categories]
    request.save(update_fields=["categories"])
    PartnerContent.objects.filter(request=request).delete()
    PartnerContent(
        request=request,
        unit_id=request.unit_id,
        partner_unit_id=request.partner_unit_id,
        label=content.label,
        payload=content.payload,
        person_count=content.person_count,
    ).save(force_insert=True)
    record(
        actor, "partner_request.checked", request, unit=request.unit_id, about=request.household_id,
        number=request.number, categories=content.categories, persons=content.person_count,
    )  # fmt: skip


@command
def send_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> PartnerRequest:
    """Ask: the mail with number and link goes out, and the crossing is proven in the log of disclosures.

    Rule and consents are asked once more; what lapsed or was withdrawn since blocks the sending.
    """
    request = locked(request_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=request.unit_id)
    decision = _still_draft(request)
    refuse_against_objection(actor, household_id=request.household_id, mode=decision.mode)
    if set(request.categories) - decision.allowed - decision.needs_consent:
        raise RuleBroken(_("Die Regel hat sich geändert: {why}").format(why=decision.sentence))
    if missing := missing_consents(actor, request, decision):
        raise RuleBroken(_missing_words(missing))
    content = PartnerContent.objects.select_for_update(of=("self",)).filter(request=request).first()
    if content is None:
        raise RuleBroken(_("Stellen Sie zuerst zusammen, was mitgeht."))
    day, at = today(), now()
    days, _source = answer_period(request, on=day)
    request.send(at=at, due_on=working_day(day, days, unit=request.unit))
    dates = dates_after(day, days, unit=request.unit)
    request.pass_baton(unit_id=request.unit_id, user_id=request.responsible_user_id, dates=dates)
    request.save()
    content.sent_at = at
    content.save(update_fields=["sent_at"])
    send_new_link(actor, request)
    _prove(actor, request, decision, content)
    record(
        actor, "partner_request.sent", request, unit=request.unit_id, about=request.household_id,
        number=request.number, partner=request.partner_id, question=request.question, rule=decision.rule,
        categories=request.categories, answer_due_on=request.answer_due_on,
    )  # fmt: skip
    return request


def _prove(actor: Actor, request: PartnerRequest, decision: Decision, content: PartnerContent) -> None:
    by_consent = decision.needs_consent & set(request.categories)
    consents = coverage_for(actor, request).consents if by_consent else ()
    used = next((one for one in consents if by_consent & set(one.categories)), None)
    log_disclosure(
        actor=actor,
        unit_id=request.unit_id,
        outsider=outsider_of(request.partner),
        household_id=cast(UUID, request.household_id),
        reference=request.number,
        purpose=request.purpose,
        decision=decision,
        categories=request.categories,
        person_count=content.person_count,
        consent_id=used.pk if used else None,
        kind=Channel.QUESTION,
        person_ids=persons_told_of(actor, request, decision),
    )
