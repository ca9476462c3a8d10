"""After a withdrawal: whoever has the data checks within days what must be deleted (Art. 17(1)(b) GDPR, 13.3 no. 4)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid5

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.queries import caseworkers_of
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.referrals.deadlines import dates_after
from stafette.referrals.models import Referral, Task
from stafette.referrals.steps import clerk_for, escalation_unit_for, next_number


@command
def begin_deletion_checks(
    *,
    actor: Actor,
    unit_id: UUID,
    household_id: UUID,
    consent_id: UUID,
    number: str,
    days: int,
    taken_by_id: UUID,
    clerk_id: UUID | None,
    receiver_id: UUID | None = None,
    categories: Collection[str] = (),
) -> list[Task]:
    """Open a check with a clock at the unit that asked for the consent and at each receiver that took a case over.

    The receiver decides on its own ground what it may keep; what became its own record is not touched here. One check
    per consent and place, however often this is called.
    """
    actor.require(Permission.REFERRAL_SEND, unit=unit_id)
    own = _check(
        actor,
        Unit.objects.select_related("authority").get(pk=unit_id),
        _("Widerruf {number}: Empfänger unterrichten, Löschung prüfen").format(number=number),
        key=uuid5(consent_id, "own"),
        days=days,
        preferred=clerk_id,
        made_by_id=taken_by_id,
        household_id=household_id,
    )
    made = [own]
    for referral in _taken_over(unit_id, household_id, receiver_id, categories):
        title = _("Einwilligung zu {number} widerrufen: Löschung prüfen").format(number=referral.number)
        made.append(
            _check(
                actor,
                referral.to_unit,
                title,
                key=uuid5(consent_id, str(referral.pk)),
                days=days,
                preferred=referral.receiver_user_id,
                made_by_id=taken_by_id,
                household_id=referral.received_household_id,
                referral=referral,
            )
        )
    record(
        actor, "consent.checks_begun", own, unit=unit_id, about=household_id, number=number, checks=len(made)
    )
    return made


def _taken_over(
    unit_id: UUID, household_id: UUID, receiver_id: UUID | None, categories: Collection[str]
) -> list[Referral]:
    """Referrals on which the receiver works or worked with something that the consent was about."""
    if receiver_id is None:
        return []
    found = Referral.objects.filter(
        Q(categories__overlap=list(categories)),
        from_unit=unit_id,
        household=household_id,
        to_unit=receiver_id,
        received_household__isnull=False,
    )
    return list(found.select_related("to_unit__authority"))


def _check(
    actor: Actor,
    unit: Unit,
    title: str,
    *,
    key: UUID,
    days: int,
    preferred: UUID | None,
    made_by_id: UUID,
    household_id: UUID | None,
    referral: Referral | None = None,
) -> Task:
    """Put the check on the desk of whoever has the case; who never comes to it is reminded like of any open thing."""
    clerk = actor.with_grants((Permission.REFERRAL_SEND, unit.pk), (Permission.REFERRAL_VIEW, unit.pk))
    with acting(clerk):
        known = Task.objects.filter(pk=key).first()
        if known is not None:
            return known
        task = Task(id=key, unit=unit, title=title, made_by_id=made_by_id, version=0)
        task.number = next_number(unit, today().year)
        task.household_id, task.referral = household_id, referral
        holder = _holder(unit, preferred, task.number, made_by_id)
        task.pass_baton(unit_id=unit.pk, user_id=holder, dates=dates_after(today(), days, unit=unit))
        task.escalation_unit_id = escalation_unit_for(unit)
        task.save(force_insert=True)
        record(
            clerk, "task.created", task, unit=unit.pk, about=household_id,
            number=task.number, next_on=task.next_on, holder=holder,
        )  # fmt: skip
    if holder != actor.id:
        notify(actor, [_note(task)])
    return task


def _holder(unit: Unit, preferred: UUID | None, number: str, otherwise: UUID) -> UUID:
    """A withdrawal waits for nobody: where a unit has no staff, the audit of open things finds the check."""
    if preferred is not None and caseworkers_of(unit.pk).filter(pk=preferred).exists():
        return preferred
    try:
        return clerk_for(unit, number)
    except RuleBroken:
        return preferred or otherwise


def _note(task: Task) -> NoteData:
    return NoteData(
        user_id=task.responsible_user_id,
        unit_id=task.unit_id,
        kind="consent_withdrawn",
        reference=task.number,
        path=reverse("referrals:task", args=[task.pk]),
        key=f"deletion-check:{task.pk}",
        due_on=task.next_on,
    )
