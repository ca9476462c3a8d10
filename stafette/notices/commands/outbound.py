"""Notices to the foreigners' authority (§ 87 AufenthG): one drafts, another checks, no machine sends anything."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.queries import crews
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.notices.models import OutboundContent, OutboundNotice
from stafette.notices.outbound_rules import FINE_NORM, objections, outbound_rules, why_not
from stafette.notices.steps import content_of, locked_outbound, said
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.people.models import Person
from stafette.protection.commands import log_disclosure
from stafette.protection.data import Category, Channel, Condition, Decision, Occasion, Outsider, Party
from stafette.protection.queries import decide_outside
from stafette.referrals.deadlines import dates_after
from stafette.referrals.steps import escalation_unit_for, next_number

AUTHORITY = "AB"  # as the flow rules name it; there is no unit of this kind, and never an account
AUTHORITY_ID = UUID("5f6f2f1e-0b7d-5e0b-9a51-6a3d0f0a8a02")
TOLD = [Category.CORE, Category.ADDRESS]
MOST = 1000


@command
def draft_outbound(
    *,
    actor: Actor,
    unit_id: UUID,
    person_id: UUID,
    norm: str,
    answers: Mapping[str, str],
    facts: str,
    address: str,
    fine: int | None = None,
) -> OutboundNotice:
    """Draft a notice on one norm of the list, with every exception answered; nothing leaves the unit.

    Refused where an exception stands in the way, or where this kind of unit is exempt: then there is nothing to tell.
    """
    unit = Unit.objects.select_related("authority").get(pk=unit_id)
    actor.require(Permission.NOTICE_EDIT, unit=unit_id)
    if reason := why_not(unit.kind):
        raise NotAllowed(reason)
    person = Person.objects.filter(pk=person_id, unit=unit_id).first()
    if person is None:
        raise BadInput(_("Wählen Sie eine Person aus den Akten Ihrer Stelle."))
    _refuse_objections(norm, answers, fine)
    asked = {one.id for one in outbound_rules().questions_on(today()) if one.concerns(norm)}
    notice = OutboundNotice(unit=unit, number=next_number(unit, today().year), norm=norm)
    notice.fine = fine if norm == FINE_NORM else None
    notice.answers = {key: value for key, value in answers.items() if key in asked}
    notice.drafted_by_id, notice.version = actor.id, 0
    notice.escalation_unit_id = escalation_unit_for(unit)
    _pass_on(notice, actor.id, "draft_days")
    notice.save(force_insert=True)
    content = OutboundContent(notice=notice, unit=unit, person=person, address=_line(address))
    content.facts = _facts(facts)
    content.subject = f"{person.full_name}, {_('geb.')} {person.birth}" if person.birth else person.full_name
    content.save(force_insert=True)
    record(actor, "outbound.drafted", notice, unit=unit_id, number=notice.number, norm=norm)
    return notice


@command
def submit_outbound(*, actor: Actor, notice_id: UUID, version: int | None = None) -> OutboundNotice:
    """Give it to the second person: the head of the unit is told."""
    notice = locked_outbound(notice_id, version)
    actor.require(Permission.NOTICE_EDIT, unit=notice.unit_id)
    _refuse_objections(notice.norm, notice.answers, notice.fine)
    notice.submit(at=now())
    _pass_on(notice, notice.responsible_user_id, "check_days")
    notice.save()
    _tell_heads(actor, notice)
    record(actor, "outbound.submitted", notice, unit=notice.unit_id, number=notice.number, norm=notice.norm)
    return notice


@command
def confirm_outbound(*, actor: Actor, notice_id: UUID, version: int | None = None) -> OutboundNotice:
    """The second person agrees; the letter may be printed, and the passing-on is logged under F19.

    Nobody checks the own draft. The rules are asked once more: they may have changed since the draft.
    """
    notice = locked_outbound(notice_id, version)
    actor.require(Permission.NOTICE_CONFIRM, unit=notice.unit_id)
    _refuse_oneself(actor, notice)
    if reason := why_not(notice.unit.kind):
        raise RuleBroken(reason)
    _refuse_objections(notice.norm, notice.answers, notice.fine)
    notice.confirm(at=now(), by_id=actor.id)
    notice.save()
    _prove(actor, notice, content_of(notice))
    record(actor, "outbound.sent", notice, unit=notice.unit_id, number=notice.number, norm=notice.norm)
    return notice


@command
def reject_outbound(
    *, actor: Actor, notice_id: UUID, ground: str, note: str = "", version: int | None = None
) -> OutboundNotice:
    """The second person does not agree: nothing is told, and what was to be told is destroyed."""
    notice = locked_outbound(notice_id, version)
    actor.require(Permission.NOTICE_CONFIRM, unit=notice.unit_id)
    _refuse_oneself(actor, notice)
    notice.reject(at=now(), by_id=actor.id, ground=OutboundNotice.Ground(ground))
    notice.save()
    _destroy(notice, note=said(note, _("Was steht der Mitteilung entgegen?"))[:300])
    record(
        actor, "outbound.rejected", notice, unit=notice.unit_id,
        number=notice.number, norm=notice.norm, ground=notice.reject_ground,
    )  # fmt: skip
    return notice


@command
def withdraw_outbound(*, actor: Actor, notice_id: UUID, version: int | None = None) -> OutboundNotice:
    """The first person takes it back; what was to be told is destroyed."""
    notice = locked_outbound(notice_id, version)
    actor.require(Permission.NOTICE_EDIT, unit=notice.unit_id)
    notice.withdraw(at=now())
    notice.save()
    _destroy(notice)
    record(actor, "outbound.withdrawn", notice, unit=notice.unit_id, number=notice.number, norm=notice.norm)
    return notice


def _refuse_oneself(actor: Actor, notice: OutboundNotice) -> None:
    if notice.drafted_by_id == actor.id:
        raise NotAllowed(_("Den eigenen Entwurf prüft eine andere Person."))


def _refuse_objections(norm: str, answers: Mapping[str, str], fine: int | None) -> None:
    if found := objections(norm, answers, fine=fine):
        raise RuleBroken(_("Es gibt keine Mitteilung: {why}").format(why=" ".join(found)))


def _facts(facts: str) -> str:
    text = said(facts, _("Welche Tatsache wird mitgeteilt?"))
    if len(text) > MOST:
        raise BadInput(_("Kürzer bitte: Mitgeteilt wird nur die eine Tatsache, die die Norm nennt."))
    return text


def _line(address: str) -> str:
    text = address.strip()
    if not text:
        raise BadInput(_("Nennen Sie die Anschrift der Ausländerbehörde: Die Mitteilung geht als Brief."))
    return text[:300]


def _pass_on(notice: OutboundNotice, user_id: UUID, limit: str) -> None:
    days = outbound_rules().limit(limit, today())
    dates = dates_after(today(), days, unit=notice.unit)
    notice.pass_baton(unit_id=notice.unit_id, user_id=user_id, dates=dates)


def _destroy(notice: OutboundNotice, note: str = "") -> None:
    content = content_of(notice)
    content.person, content.subject, content.facts = None, "", ""
    content.reject_note, content.destroyed_at = note, now()
    content.save(update_fields=["person", "subject", "facts", "reject_note", "destroyed_at"])


def _tell_heads(actor: Actor, notice: OutboundNotice) -> None:
    found = crews()
    unit = found.heir(notice.unit_id)
    notes = [
        NoteData(
            user_id=user,
            unit_id=unit,
            kind="outbound_waiting",
            reference=notice.number,
            path=reverse("notices:outbound", args=[notice.pk]),
            key=f"outbound_waiting:{notice.pk}:{notice.version}:{user}",
            due_on=notice.next_on,
        )
        for user in sorted(found.crew(notice.unit_id).heads)
    ]
    notify(actor, notes)


def _prove(actor: Actor, notice: OutboundNotice, content: OutboundContent) -> None:
    """One entry of the log: which rule, which norm, whom; by the second person, who answers for it."""
    decision = decide_outside(
        sender=notice.unit, receiver=Party(AUTHORITY), finding_code="", categories=TOLD,
        occasion=Occasion.NOTICE, given=[Condition.FOUR_EYES],
    )  # fmt: skip
    if not decision.allowed:
        raise RuleBroken(decision.sentence)
    norm = outbound_rules().norm(notice.norm).section
    clerk = actor.with_grants(
        (Permission.REFERRAL_SEND, notice.unit_id), (Permission.DISCLOSURE_VIEW, notice.unit_id)
    )
    with acting(clerk):
        log_disclosure(
            actor=clerk,
            unit_id=notice.unit_id,
            outsider=Outsider(AUTHORITY_ID, _("Ausländerbehörde")),
            household_id=None,
            reference=notice.number,
            purpose=_("Mitteilung nach § 87 AufenthG"),
            decision=Decision(decision.mode, decision.rule, norm, decision.sentence),
            categories=sorted(decision.allowed),
            person_count=1,
            kind=Channel.NOTICE,
            person_ids=[content.person_id] if content.person_id else [],
        )
