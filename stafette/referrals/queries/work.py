"""Worklists: my day, and the list of the unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.accounts.queries import desks_of
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.referrals.access import findings_visible_to, visible_to
from stafette.referrals.models import Baton, Finding, FollowUp, Referral, Task
from stafette.referrals.queries.followups import follow_ups
from stafette.referrals.queries.tasks import tasks

DESK_LIMIT = 200
SIDE_LIMIT = 30
DUTY_DAYS = timedelta(days=7)


def referrals(*, actor: Actor) -> QuerySet[Referral]:
    """Referrals of the actor's units with what a line of a list shows; never their content."""
    return visible_to(actor).select_related(
        "from_unit", "to_unit", "responsible_user", "envelope", "household"
    )


def filtered(rows: QuerySet[Referral], values: dict[str, Any], *, actor: Actor) -> QuerySet[Referral]:
    """Narrow a list by what the filter form says; without a state only what is open."""
    units = actor.units(Permission.REFERRAL_VIEW)
    if values.get("direction") == "in":
        rows = rows.filter(to_unit__in=units)
    elif values.get("direction") == "out":
        rows = rows.filter(from_unit__in=units)
    state = values.get("state", "")
    if state == "":
        rows = rows.filter(is_open=True)
    elif state == "ended":
        rows = rows.filter(is_open=False)
    elif state != "all":
        rows = rows.filter(state=state)
    if values.get("partner"):
        rows = rows.filter(Q(from_unit=values["partner"]) | Q(to_unit=values["partner"]))
    if values.get("finding"):
        rows = rows.filter(finding_code=values["finding"])
    if values.get("late"):
        rows = rows.filter(is_open=True, next_on__lt=today())
    if values.get("mine"):
        rows = rows.filter(responsible_user__in=desks_of(actor))
    return rows


def received_for(*, actor: Actor, household_id: UUID) -> QuerySet[Referral]:
    """What the unit accepted for one of its own households."""
    found = visible_to(actor).filter(received_household=household_id)
    return found.select_related("from_unit").order_by("-created_at", "-id")


@dataclass(frozen=True)
class Day:
    """What lies on somebody's desk today, one's own and of those one stands in for."""

    late: list[Referral]
    due: list[Referral]
    soon: list[Referral]
    new: list[Referral]
    waiting: list[Referral]
    findings: list[Finding]
    follow_ups: list[FollowUp]
    tasks: list[Task]
    due_duties: int
    has_more: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to do at all."""
        return not (
            self.late or self.due or self.soon or self.new or self.waiting or self.findings or self.duties
        )

    @property
    def duties(self) -> list[Baton]:
        """Open things besides referrals."""
        return [*self.follow_ups, *self.tasks]


def my_day(*, actor: Actor, on: date | None = None) -> Day:
    """Put the day together in six queries, however many referrals, follow-ups and tasks there are.

    One's own and those one waits for come in one query: both are few per desk, and each has its index.
    """
    day = on or today()
    desks = desks_of(actor)
    rows = referrals(actor=actor).filter(is_open=True).order_by("next_on", "id")
    mine = list(rows.filter(Q(responsible_user__in=desks) | Q(sender_user__in=desks))[: DESK_LIMIT + 1])
    held = [row for row in mine[:DESK_LIMIT] if row.responsible_user_id in desks]
    answering = actor.units(Permission.REFERRAL_ANSWER)
    new = rows.filter(
        Q(to_unit__in=answering, state=Referral.State.SENT)
        | Q(responsible_unit__in=answering, responsible_user__is_active=False)
    ).exclude(responsible_user__in=desks)
    unread = [row for row in held if row.state == Referral.State.SENT and row.next_on > day]
    week = day + DUTY_DAYS
    follow_up_rows, task_rows = (
        list(
            kind(actor=actor)
            .filter(is_open=True, responsible_user__in=desks, next_on__lte=week)
            .order_by("next_on", "id")[:SIDE_LIMIT]
        )
        for kind in (follow_ups, tasks)
    )
    finding_rows = findings_visible_to(actor).filter(state=Finding.State.OPEN).select_related("household")
    return Day(
        late=[row for row in held if row.next_on < day],
        due=[row for row in held if row.next_on == day],
        soon=[row for row in held if row.next_on > day and row not in unread][:SIDE_LIMIT],
        new=[*unread, *new[:SIDE_LIMIT]],
        waiting=[row for row in mine[:DESK_LIMIT] if row.responsible_user_id not in desks][:SIDE_LIMIT],
        findings=list(finding_rows.order_by("created_at", "id")[:SIDE_LIMIT]),
        follow_ups=follow_up_rows,
        tasks=task_rows,
        due_duties=sum(row.next_on <= day for row in (*follow_up_rows, *task_rows)),
        has_more=len(mine) > DESK_LIMIT,
    )
