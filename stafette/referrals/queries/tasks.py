"""Tasks: the list of the unit, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from stafette.accounts.queries import caseworkers_of, desks_of
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.people.models import Household
from stafette.referrals.explaining import explain_chosen
from stafette.referrals.models import Referral, Task
from stafette.referrals.queries.followups import choices_of, entries_of
from stafette.referrals.queries.notices import ToldOnce, notices_of

CHOSEN = ("task.created", "task.moved", "task.reopened")
SHOWN = [
    ("", gettext_lazy("alle offenen")),
    ("late", gettext_lazy("nur verspätete")),
    ("ended", gettext_lazy("beendete")),
    ("all", gettext_lazy("alle")),
]


def tasks(*, actor: Actor) -> QuerySet[Task]:
    """Tasks of the actor's units, with what a line of a list shows."""
    return rows.visible(Task, actor).select_related(
        "unit", "household", "referral", "responsible_user", "responsible_unit", "made_by"
    )


def filtered_tasks(found: QuerySet[Task], values: dict[str, Any], *, actor: Actor) -> QuerySet[Task]:
    """Narrow the list by what the filter form says; without a choice only what is open."""
    shown = values.get("shown", "")
    if shown in ("", "late"):
        found = found.filter(is_open=True)
    if shown == "late":
        found = found.filter(next_on__lt=today())
    if shown == "ended":
        found = found.filter(is_open=False)
    return found.filter(responsible_user__in=desks_of(actor)) if values.get("mine") else found


def household_tasks(*, actor: Actor, household_id: UUID) -> list[Task]:
    """What is to do for a household in the actor's units, the most urgent first."""
    return list(tasks(actor=actor).filter(household=household_id).order_by("-is_open", "next_on", "id"))


def title_for(actor: Actor, task: Task) -> str:
    """What is to do, for those who work on cases; a head of unit sees number and dates only."""
    return task.title if actor.may(Permission.PERSON_VIEW, unit=task.unit_id) else task.number


def colleagues(unit_id: UUID) -> list[tuple[str, str]]:
    """Who may hold a task of this unit."""
    return [(str(user.pk), user.label) for user in caseworkers_of(unit_id)]


@dataclass(frozen=True)
class TaskSubject:
    """What a new task is about, and in which unit's books it will stand."""

    unit_id: UUID
    household: Household | None = None
    referral: Referral | None = None


def subject_of_new(
    *, actor: Actor, household_id: UUID | None, referral_id: UUID | None
) -> TaskSubject | None:
    """Find what the address names, as far as the actor works there; None means that there is no such thing."""
    working = actor.units(Permission.REFERRAL_SEND)
    if referral_id is not None:
        referral = rows.visible(Referral, actor).filter(pk=referral_id).first()
        sides = (referral.from_unit_id, referral.to_unit_id) if referral else ()
        own = next((unit for unit in sides if unit in working), None)
        return TaskSubject(own, referral=referral) if own else None
    if household_id is not None:
        household = rows.visible(Household, actor).filter(pk=household_id, unit__in=working).first()
        return TaskSubject(household.unit_id, household=household) if household else None
    return TaskSubject(min(working)) if working else None


@dataclass(frozen=True)
class TaskCard:
    """One task as the actor sees it."""

    task: Task
    title: str
    why: str
    actions: list[str]
    notices: list[ToldOnce]
    entries: list[dict[str, Any]]


def task_card(*, actor: Actor, task: Task) -> TaskCard:
    """Put the page of a task together; `task` comes from what the actor may see."""
    works = actor.may(Permission.REFERRAL_SEND, unit=task.unit_id)
    actions = ["finish", "move", "give", "drop"] if task.is_open else ["reopen"]
    return TaskCard(
        task=task,
        title=title_for(actor, task),
        why=explain_chosen(task, choices=choices_of(actor, task.pk, CHOSEN)) if task.is_open else "",
        actions=actions if works else [],
        notices=notices_of(actor=actor, thing_id=task.pk),
        entries=entries_of(actor, task.pk),
    )
