"""Does it last? Answer a follow-up, put it off, give it up, plan one of one's own."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.models import Household
from stafette.referrals.commands.findings import record_findings
from stafette.referrals.data import FindingData
from stafette.referrals.deadlines import dates_until, working_day
from stafette.referrals.lasting import shape
from stafette.referrals.models import Finding, FollowUp

MOVE_DAYS = 90
PLAN_DAYS = 365
ENDS_THE_QUESTION = {
    FollowUp.Result.ENDED: FollowUp.DropReason.SUPERSEDED,
    FollowUp.Result.MOVED: FollowUp.DropReason.MOVED,
}
ASKS_AGAIN = {FollowUp.Result.PARTLY, FollowUp.Result.UNKNOWN}
STILL_RUNNING = [Finding.State.OPEN, Finding.State.PREPARED, Finding.State.REFERRED]


@command
def answer_follow_up(
    *,
    actor: Actor,
    follow_up_id: UUID,
    result: str,
    again_on: date | None = None,
    version: int | None = None,
) -> FollowUp:
    """Keep whether it lasted. What ended stands open again as a finding, so that somebody decides what follows.

    After „ended“ and „moved away“ the later question of the same referral is moot. Where it is not clear yet, the
    same step may plan the next look (`again_on`).
    """
    row = _locked(follow_up_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=row.unit_id)
    if result not in FollowUp.Result.values:
        raise BadInput(_("Wählen Sie ein Ergebnis aus der Liste."))
    if again_on is not None and result not in ASKS_AGAIN:
        raise BadInput(_("Ein neuer Termin passt nur zu „besteht zum Teil“ und „nicht zu klären“."))
    row.answer(result=result, at=now(), by_id=actor.id)
    row.save()
    record(
        actor, "follow_up.answered", row, unit=row.unit_id, about=row.household_id,
        number=row.number, plan=row.kind, result=result,
    )  # fmt: skip
    if result in ENDS_THE_QUESTION:
        _drop_rest(actor, row, ENDS_THE_QUESTION[FollowUp.Result(result)])
    if result == FollowUp.Result.ENDED:
        _recur(actor, row)
    if again_on is not None:
        _ask_again(actor, row, again_on)
    return row


@command
def drop_follow_up(
    *, actor: Actor, follow_up_id: UUID, drop_reason: str, version: int | None = None
) -> FollowUp:
    """Give the question up, with a coded reason: a family may not want to be asked."""
    row = _locked(follow_up_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=row.unit_id)
    if drop_reason not in FollowUp.DropReason.values:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))
    row.drop(reason=drop_reason, at=now(), by_id=actor.id)
    row.save()
    record(
        actor, "follow_up.dropped", row, unit=row.unit_id, about=row.household_id,
        number=row.number, reason=drop_reason,
    )  # fmt: skip
    return row


@command
def move_follow_up(
    *, actor: Actor, follow_up_id: UUID, next_on: date, version: int | None = None
) -> FollowUp:
    """Put the question off, at most 90 days from today; the log keeps the old date and the new one."""
    row = _locked(follow_up_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=row.unit_id)
    if not row.can("answer"):
        raise RuleBroken(
            _("Diese Nachverfolgung ist schon beendet; ihr Termin lässt sich nicht mehr verschieben.")
        )
    day = _day(next_on, within=MOVE_DAYS)
    before = row.next_on
    dates = dates_until(today(), working_day(day, 0, unit=row.unit), unit=row.unit)
    row.pass_baton(unit_id=row.unit_id, user_id=row.responsible_user_id, dates=dates)
    row.save()
    record(
        actor, "follow_up.moved", row, unit=row.unit_id, about=row.household_id,
        number=row.number, before=before, now=row.next_on,
    )  # fmt: skip
    return row


@command
def plan_own_follow_up(
    *,
    actor: Actor,
    household_id: UUID,
    next_on: date,
    finding_id: UUID | None = None,
    key: UUID | None = None,
) -> FollowUp:
    """Look at a household again on a date of one's own, for one of its findings or free of them.

    `key` is the form's token and becomes the id: a second click returns what the first one made.
    """
    household = Household.objects.select_for_update(of=("self",)).filter(pk=household_id).first()
    if household is None:
        raise NotAllowed(_("Diesen Haushalt dürfen Sie nicht bearbeiten, oder es gibt ihn nicht."))
    actor.require(Permission.REFERRAL_SEND, unit=household.unit_id)
    known = FollowUp.objects.filter(pk=key).first() if key else None
    if known is not None:
        return known
    finding = Finding.objects.filter(pk=finding_id, household=household).first() if finding_id else None
    if finding_id is not None and finding is None:
        raise BadInput(_("Diese Feststellung gehört nicht zu diesem Haushalt."))
    wanted = working_day(_day(next_on, within=PLAN_DAYS), 0, unit=household.unit)
    row = shape(unit=household.unit, user_id=actor.id, next_on=wanted)
    row.household, row.finding, row.finding_code = household, finding, finding.code if finding else ""
    row.id, row.kind = key or row.id, FollowUp.Kind.OWN
    row.save(force_insert=True)
    record(
        actor, "follow_up.planned", row, unit=row.unit_id, about=row.household_id,
        number=row.number, plan=row.kind, next_on=row.next_on,
    )  # fmt: skip
    return row


def _locked(follow_up_id: UUID, version: int | None) -> FollowUp:
    """Lock a follow-up, so that two people never overwrite each other; NotAllowed where there is none to change."""
    found = FollowUp.objects.select_for_update(of=("self",)).select_related("unit__authority")
    row = found.filter(pk=follow_up_id).first()
    if row is None:
        raise NotAllowed(_("Diese Nachverfolgung dürfen Sie nicht bearbeiten, oder es gibt sie nicht."))
    row.expect_version(version)
    return row


def _day(wanted: date, *, within: int) -> date:
    """Admit a day from today on, not further away than one can promise."""
    if wanted < today():
        raise BadInput(_("Dieses Datum liegt in der Vergangenheit. Bitte wählen Sie ein späteres."))
    if wanted > today() + timedelta(days=within):
        raise BadInput(
            _("Das ist zu weit weg: Höchstens {days} Tage ab heute sind möglich.").format(days=within)
        )
    return wanted


def _ask_again(actor: Actor, answered: FollowUp, wanted: date) -> None:
    """Plan the next look at the same thing, for the same person."""
    day = working_day(_day(wanted, within=PLAN_DAYS), 0, unit=answered.unit)
    row = shape(unit=answered.unit, user_id=actor.id, next_on=day)
    row.kind, row.referral_id, row.finding_code = (
        FollowUp.Kind.OWN,
        answered.referral_id,
        answered.finding_code,
    )
    row.household_id, row.finding_id = answered.household_id, answered.finding_id
    row.save(force_insert=True)
    record(
        actor, "follow_up.planned", row, unit=row.unit_id, about=row.household_id,
        number=row.number, plan=row.kind, next_on=row.next_on,
    )  # fmt: skip


def _drop_rest(actor: Actor, answered: FollowUp, reason: str) -> None:
    """End what else was planned about the same referral in this unit."""
    if answered.referral_id is None:
        return
    rest = FollowUp.objects.select_for_update(of=("self",)).filter(
        referral=answered.referral_id, unit=answered.unit_id, is_open=True
    )
    for row in rest:
        row.drop(reason=reason, at=now(), by_id=actor.id)
        row.save()
        record(
            actor, "follow_up.dropped", row, unit=row.unit_id, about=row.household_id,
            number=row.number, reason=reason,
        )  # fmt: skip


def _recur(actor: Actor, answered: FollowUp) -> None:
    """Open the finding again; a unit that has none of its own for it (it took the lead over) gets one.

    Where the same is open already, it stays that one: nothing is found twice.
    """
    unit, code = answered.unit_id, answered.finding_code
    known = Finding.objects.select_for_update(of=("self",))
    finding = known.filter(pk=answered.finding_id).first() if answered.finding_id else None
    if finding is not None:
        same = Finding.objects.filter(
            unit=unit, household=finding.household_id, person=finding.person_id, code=finding.code
        )
        if finding.can("recur") and not same.filter(state__in=STILL_RUNNING).exists():
            finding.move("recur")
            finding.save(update_fields=["state"])
            record(
                actor, "finding.recurred", finding, unit=unit, about=finding.household_id,
                code=finding.code, number=answered.number,
            )  # fmt: skip
    elif answered.household_id is not None and code:
        data = FindingData(
            code=code,
            reason=_("Bei der Nachverfolgung bestand es nicht mehr."),
            source=answered.number,
            rule_version="",
        )
        record_findings(actor=actor, unit_id=unit, household_id=answered.household_id, findings=[data])
