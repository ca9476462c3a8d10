"""The way of § 4 KKG, step by step; in acute danger the youth office first and the steps afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit, UnitKind
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.notices.child_rules import days_for, sign_choices
from stafette.notices.letters import letter_data
from stafette.notices.models import ChildNotice, ChildRecord
from stafette.notices.steps import LETTER, locked_child, pass_on, record_of, said
from stafette.people.models import Household, HouseholdMember
from stafette.protection.commands import log_disclosure
from stafette.protection.data import Channel, Condition, Occasion, Outsider, Party
from stafette.protection.queries import decide_outside
from stafette.referrals.deadlines import dates_after
from stafette.referrals.steps import escalation_unit_for, next_number

YOUTH_OFFICE = UUID(
    "5f6f2f1e-0b7d-5e0b-9a51-6a3d0f0a8a01"
)  # the space of youth offices that are no unit here
DANGER = Occasion.DANGER


@command
def open_child_notice(
    *, actor: Actor, household_id: UUID, signs: Sequence[str], observed: str, person_id: UUID | None = None
) -> ChildNotice:
    """Step 1: keep what was observed. Nothing leaves the unit; what comes next is a talk with child or parents."""
    household = Household.objects.select_related("unit__authority").get(pk=household_id)
    unit = household.unit
    actor.require(Permission.CHILD_EDIT, unit=unit.pk)
    chosen = [code for code, _label in sign_choices() if code in signs]
    if not chosen:
        raise BadInput(_("Wählen Sie mindestens einen Anhaltspunkt aus der Liste."))
    _check_child(household_id, person_id)
    notice = ChildNotice(unit=unit, number=next_number(unit, today().year), household=household)
    notice.person_id, notice.version = person_id, 0
    notice.escalation_unit_id = escalation_unit_for(unit)
    dates = dates_after(today(), days_for("talk"), unit=unit)
    notice.pass_baton(unit_id=unit.pk, user_id=actor.id, dates=dates)
    notice.save(force_insert=True)
    text = said(observed, _("Was haben Sie gesehen oder gehört?"))
    ChildRecord(notice=notice, unit=unit, signs=chosen, observed=text).save(force_insert=True)
    _record(actor, "child_notice.opened", notice)
    return notice


@command
def note_talk(
    *,
    actor: Actor,
    notice_id: UUID,
    talk: str,
    talked_on: date | None = None,
    talk_note: str = "",
    version: int | None = None,
) -> ChildNotice:
    """Step 2: the situation is talked over with child and parents, unless that puts the protection at risk (§ 4(1))."""
    notice = locked_child(notice_id, version)
    actor.require(Permission.CHILD_EDIT, unit=notice.unit_id)
    if talk == ChildNotice.Talk.HELD and talked_on is None:
        raise BadInput(_("Nennen Sie den Tag des Gesprächs."))
    if talked_on is not None and talked_on > today():
        raise BadInput(_("Das Gespräch kann nicht in der Zukunft liegen."))
    notice.step("talk")
    notice.talk, notice.talked_on = ChildNotice.Talk(talk), talked_on
    found = record_of(notice)
    why = _("Was wurde besprochen, oder warum gab es kein Gespräch?")
    found.talk_note = said(talk_note, why)
    found.save(update_fields=["talk_note"])
    _go_on(notice, actor, "consult")
    _record(actor, "child_notice.talk_noted", notice, talk=notice.talk)
    return notice


@command
def note_consultation(
    *,
    actor: Actor,
    notice_id: UUID,
    consulted: str,
    consulted_on: date | None = None,
    adviser: str = "",
    advice: str = "",
    version: int | None = None,
) -> ChildNotice:
    """Step 3: an experienced expert advises on a case without names (§ 4(2) KKG, § 64(2a) SGB VIII)."""
    notice = locked_child(notice_id, version)
    actor.require(Permission.CHILD_EDIT, unit=notice.unit_id)
    held = consulted != ChildNotice.Consulted.NONE
    if held and (consulted_on is None or not adviser.strip()):
        raise BadInput(_("Nennen Sie die beratende Fachkraft und den Tag der Beratung."))
    if consulted_on is not None and consulted_on > today():
        raise BadInput(_("Die Beratung kann nicht in der Zukunft liegen."))
    notice.step("consult")
    notice.consulted, notice.consulted_on = ChildNotice.Consulted(consulted), consulted_on if held else None
    found = record_of(notice)
    found.adviser = adviser.strip() if held else ""
    found.advice = said(advice, _("Was hat die Fachkraft geraten, oder warum gab es keine Beratung?"))
    found.save(update_fields=["adviser", "advice"])
    _go_on(notice, actor, "help")
    _record(actor, "child_notice.consultation_noted", notice, consulted=notice.consulted)
    return notice


@command
def note_help(
    *, actor: Actor, notice_id: UUID, help: str, help_note: str = "", version: int | None = None
) -> ChildNotice:
    """Step 4: was help offered, as § 4(1) KKG asks, and is it enough?"""
    notice = locked_child(notice_id, version)
    actor.require(Permission.CHILD_EDIT, unit=notice.unit_id)
    notice.step("help")
    notice.help = ChildNotice.Help(help)
    found = record_of(notice)
    found.help_note = help_note.strip()
    if notice.help == ChildNotice.Help.NONE:
        found.help_note = said(help_note, _("Warum haben Sie keine Hilfe angeboten?"))
    found.save(update_fields=["help_note"])
    _go_on(notice, actor, "decide")
    _record(actor, "child_notice.help_noted", notice, help=notice.help)
    return notice


@command
def send_child_notice(
    *,
    actor: Actor,
    notice_id: UUID,
    reasons: str,
    family_told: str,
    told_note: str = "",
    receiver: str = "",
    receiver_name: str = "",
    is_acute: bool = False,
    version: int | None = None,
) -> ChildNotice:
    """Step 5: tell the youth office (§ 4(3) KKG, F11). The family is told before, unless that endangers the child.

    In acute danger the steps before are skipped and made up afterwards: a telephone call comes first, this proves it.
    The letter's content is kept as it goes out, and the passing-on is logged.
    """
    notice = locked_child(notice_id, version)
    actor.require(Permission.CHILD_EDIT, unit=notice.unit_id)
    office, name = _receiver(receiver, receiver_name)
    found = record_of(notice)
    found.reasons = said(reasons, _("Warum ist die Mitteilung nötig?"))
    found.told_note = told_note.strip()
    if family_told == ChildNotice.Told.RISK:
        found.told_note = said(
            told_note, _("Warum würde es das Kind gefährden, die Familie vorher zu informieren?")
        )
    if not is_acute:
        _refuse_as_it_stands(notice)
    notice.send(
        "alarm" if is_acute else "send",
        at=now(), receiver=office, receiver_name=name, family_told=ChildNotice.Told(family_told),
    )  # fmt: skip
    found.payload = letter_data(actor, notice)
    found.save(update_fields=["reasons", "told_note", "payload"])
    _go_on(notice, actor, "catch_up" if is_acute and not notice.talk else "feedback")
    _prove(actor, notice, found)
    _record(actor, "child_notice.sent", notice, acute=is_acute, family_told=notice.family_told)
    return notice


@command
def leave_without_notice(
    *, actor: Actor, notice_id: UUID, reasons: str, version: int | None = None
) -> ChildNotice:
    """Step 5, the other way: the danger can be averted otherwise, or there is none. Somebody decides it, and why."""
    notice = locked_child(notice_id, version)
    actor.require(Permission.CHILD_EDIT, unit=notice.unit_id)
    found = record_of(notice)
    found.reasons = said(reasons, _("Warum ist keine Mitteilung nötig?"))
    found.save(update_fields=["reasons"])
    notice.end("leave", at=now())
    notice.save()
    _record(actor, "child_notice.left", notice)
    return notice


@command
def note_feedback(
    *, actor: Actor, notice_id: UUID, confirmed: str, acting: str, version: int | None = None
) -> ChildNotice:
    """Step 6: whether the signs were confirmed and whether the youth office acts. The law lets it say no more.

    Two answers from a list, never free text (§ 64(4) SGB VIII, § 4(4) KKG, domain.md T14).
    """
    notice = locked_child(notice_id, version)
    actor.require(Permission.CHILD_EDIT, unit=notice.unit_id)
    if notice.is_acute and not notice.talk:
        raise RuleBroken(_("Holen Sie zuerst das Gespräch nach, oder halten Sie fest, warum es unterblieb."))
    notice.confirmed, notice.acting = ChildNotice.Reply(confirmed), ChildNotice.Reply(acting)
    notice.end("feedback", at=now())
    notice.save()
    _record(actor, "child_notice.feedback_noted", notice)
    return notice


def _record(actor: Actor, kind: str, notice: ChildNotice, **details: Any) -> None:
    """Write the log without the household: whoever reads the family's timeline need not know (CHILD_VIEW)."""
    record(actor, kind, notice, unit=notice.unit_id, number=notice.number, **details)


def _go_on(notice: ChildNotice, actor: Actor, step: str) -> None:
    if notice.may_be_made_up and step not in ("catch_up", "feedback"):
        step = "feedback"
    pass_on(notice, actor, days_for(step))
    notice.save()


def _check_child(household_id: UUID, person_id: UUID | None) -> None:
    if person_id is None:
        return
    lives = HouseholdMember.objects.filter(household=household_id, person=person_id, until_on=None)
    if not lives.exists():
        raise BadInput(_("Wählen Sie ein Kind aus diesem Haushalt."))


def _refuse_as_it_stands(notice: ChildNotice) -> None:
    if notice.state == ChildNotice.State.DECIDE:
        return
    raise RuleBroken(
        _("Gehen Sie zuerst die Schritte davor. Ist das Kind in akuter Gefahr, wählen Sie den kurzen Weg.")
    )


def _receiver(chosen: str, name: str) -> tuple[Unit | None, str]:
    """The youth office: a unit of this installation, or one outside by its name."""
    found = Unit.objects.filter(kind=UnitKind.YOUTH_OFFICE, pk=chosen).first() if chosen else None
    if found is not None:
        return found, found.name
    if not name.strip():
        raise BadInput(_("Nennen Sie das Jugendamt, an das die Mitteilung geht."))
    return None, name.strip()


def _prove(actor: Actor, notice: ChildNotice, found: ChildRecord) -> None:
    decision = decide_outside(
        sender=notice.unit, receiver=Party(UnitKind.YOUTH_OFFICE), finding_code="", categories=LETTER,
        occasion=DANGER, given=[Condition.REASON],
    )  # fmt: skip
    if not decision.allowed:
        raise RuleBroken(decision.sentence)
    outside = notice.receiver_id is None
    hidden = (
        notice.family_told == ChildNotice.Told.RISK
    )  # the family's own sheet must not tell it (§ 83 SGB X)
    log_disclosure(
        actor=actor,
        unit_id=notice.unit_id,
        receiver_id=notice.receiver_id,
        outsider=Outsider(uuid5(YOUTH_OFFICE, notice.receiver_name), notice.receiver_name)
        if outside
        else None,
        household_id=None if hidden else notice.household_id,
        reference=notice.number,
        purpose=_("Schutz des Kindes (§ 4 Abs. 3 KKG)"),
        decision=decision,
        categories=sorted(decision.allowed),
        person_count=int(found.payload.get("count", 0)),
        kind=Channel.NOTICE,
    )
