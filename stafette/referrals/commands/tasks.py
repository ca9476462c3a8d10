"""What is to do in one's own unit by a date: create, finish, drop, take up again, put off, give to a colleague."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.queries import caseworkers_of
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.models import Household
from stafette.referrals.data import Dates
from stafette.referrals.deadlines import dates_until
from stafette.referrals.models import Referral, Task
from stafette.referrals.steps import escalation_unit_for, next_number

FURTHEST = timedelta(days=365)


@command
def create_task(
    *,
    actor: Actor,
    unit_id: UUID,
    title: str,
    next_on: date,
    user_id: UUID | None = None,
    household_id: UUID | None = None,
    referral_id: UUID | None = None,
    key: UUID | None = None,
) -> Task:
    """Keep something to do for oneself or a colleague, at a household, a referral, or free of both.

    `key` is the form's token and becomes the id: a second click returns what the first one made.
    """
    unit = Unit.objects.select_related("authority").get(pk=unit_id)
    actor.require(Permission.REFERRAL_SEND, unit=unit_id)
    known = Task.objects.filter(pk=key).first() if key else None
    if known is not None:
        return known
    referral, household = _subject(unit_id, referral_id, household_id)
    task = Task(unit=unit, number=next_number(unit, today().year), title=_title(title), made_by_id=actor.id)
    task.id = key or task.id
    task.referral, task.household_id, task.version = referral, household, 0
    task.pass_baton(
        unit_id=unit_id, user_id=_holder(unit_id, user_id or actor.id), dates=_dates(next_on, unit)
    )
    task.escalation_unit_id = escalation_unit_for(unit)
    task.save(force_insert=True)
    record(
        actor, "task.created", task, unit=unit_id, about=task.household_id,
        number=task.number, next_on=task.next_on, holder=task.responsible_user_id,
    )  # fmt: skip
    return task


@command
def finish_task(*, actor: Actor, task_id: UUID, version: int | None = None) -> Task:
    """It is done."""
    task = _locked(task_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=task.unit_id)
    task.end("finish", at=now(), by_id=actor.id)
    task.save()
    record(actor, "task.finished", task, unit=task.unit_id, about=task.household_id, number=task.number)
    return task


@command
def drop_task(*, actor: Actor, task_id: UUID, version: int | None = None) -> Task:
    """It need not be done any more."""
    task = _locked(task_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=task.unit_id)
    task.end("drop", at=now(), by_id=actor.id)
    task.save()
    record(actor, "task.dropped", task, unit=task.unit_id, about=task.household_id, number=task.number)
    return task


@command
def reopen_task(*, actor: Actor, task_id: UUID, next_on: date, version: int | None = None) -> Task:
    """Take up what was ended too early; whoever takes it up holds it until the new date."""
    task = _locked(task_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=task.unit_id)
    task.reopen()
    task.pass_baton(unit_id=task.unit_id, user_id=actor.id, dates=_dates(next_on, task.unit))
    task.save()
    record(
        actor, "task.reopened", task, unit=task.unit_id, about=task.household_id,
        number=task.number, next_on=task.next_on,
    )  # fmt: skip
    return task


@command
def move_task(*, actor: Actor, task_id: UUID, next_on: date, version: int | None = None) -> Task:
    """Put it off or do it earlier; the log keeps both dates."""
    task = _locked(task_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=task.unit_id)
    _expect_open(task)
    before = task.next_on
    task.pass_baton(unit_id=task.unit_id, user_id=task.responsible_user_id, dates=_dates(next_on, task.unit))
    task.save()
    record(
        actor, "task.moved", task, unit=task.unit_id, about=task.household_id,
        number=task.number, before=before, now=task.next_on,
    )  # fmt: skip
    return task


@command
def give_task(*, actor: Actor, task_id: UUID, user_id: UUID, version: int | None = None) -> Task:
    """Give it to a colleague of the same unit, or take it; dates stay."""
    task = _locked(task_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=task.unit_id)
    _expect_open(task)
    before = task.responsible_user_id
    dates = Dates(next_on=task.next_on, remind_on=task.remind_on, escalate_on=task.escalate_on)
    task.pass_baton(unit_id=task.unit_id, user_id=_holder(task.unit_id, user_id), dates=dates)
    task.save()
    record(
        actor, "task.given", task, unit=task.unit_id, about=task.household_id,
        number=task.number, before=before, now=user_id,
    )  # fmt: skip
    return task


def _locked(task_id: UUID, version: int | None) -> Task:
    """Lock a task, so that two people never overwrite each other; NotAllowed where there is none to change."""
    found = Task.objects.select_for_update(of=("self",)).select_related("unit__authority")
    task = found.filter(pk=task_id).first()
    if task is None:
        raise NotAllowed(_("Diese Aufgabe dürfen Sie nicht bearbeiten, oder es gibt sie nicht."))
    task.expect_version(version)
    return task


def _expect_open(task: Task) -> None:
    if not task.is_open:
        raise RuleBroken(_("Diese Aufgabe ist beendet. Öffnen Sie sie wieder, wenn noch etwas zu tun ist."))


def _title(title: str) -> str:
    text = " ".join(title.split())
    if not text or len(text) > 200:
        raise BadInput(_("Sagen Sie in höchstens 200 Zeichen, was zu tun ist."))
    return text


def _dates(next_on: date, unit: Unit) -> Dates:
    if not today() <= next_on <= today() + FURTHEST:
        raise BadInput(_("Wählen Sie ein Datum zwischen heute und in einem Jahr."))
    return dates_until(today(), next_on, unit=unit)


def _holder(unit_id: UUID, user_id: UUID) -> UUID:
    if not caseworkers_of(unit_id).filter(pk=user_id).exists():
        raise BadInput(_("Diese Person arbeitet nicht in Ihrer Stelle. Wählen Sie jemand anderen."))
    return user_id


def _subject(
    unit_id: UUID, referral_id: UUID | None, household_id: UUID | None
) -> tuple[Referral | None, UUID | None]:
    """What the task is about, in the unit's own books only: a referral stands for the unit's own household."""
    referral = None
    if referral_id is not None:
        referral = Referral.objects.filter(pk=referral_id).first()
        if referral is None or unit_id not in (referral.from_unit_id, referral.to_unit_id):
            raise BadInput(_("Diese Übergabe gibt es in Ihrer Stelle nicht."))
        at_sender = referral.from_unit_id == unit_id
        return referral, referral.household_id if at_sender else referral.received_household_id
    if household_id is not None and not Household.objects.filter(pk=household_id, unit=unit_id).exists():
        raise BadInput(_("Diesen Haushalt gibt es in Ihrer Stelle nicht."))
    return None, household_id
