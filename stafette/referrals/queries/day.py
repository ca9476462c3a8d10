"""My day: what lies on somebody's desk, one's own and of those one stands in for.

It must cost the same however much lies there: each part is cut off by its own index before anything is joined, so
three statements do, whether a hundred referrals are open or a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from stafette.accounts.queries import desks_of
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.referrals import batons
from stafette.referrals.access import findings_visible_to, visible_to
from stafette.referrals.batons import BatonKind
from stafette.referrals.models import Finding, Referral
from stafette.referrals.queries.work import referrals

DESK_LIMIT = 30
SIDE_LIMIT = 20
DUTY_DAYS = timedelta(days=7)
SENT = Referral.State.SENT


@dataclass(frozen=True)
class Duty:
    """An open thing besides referrals: its kind, its number, what it is about, and until when."""

    kind: BatonKind
    pk: UUID
    number: str
    next_on: date
    about: str
    holder: str


@dataclass(frozen=True)
class Day:
    """What lies on somebody's desk today; each part is as long as its limit at most."""

    late: list[Referral]
    due: list[Referral]
    soon: list[Referral]
    new: list[Referral]
    waiting: list[Referral]
    findings: list[Finding]
    duties: list[Duty]
    due_duties: int

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to do at all."""
        return not (
            self.late or self.due or self.soon or self.new or self.waiting or self.findings or self.duties
        )

    @property
    def has_more(self) -> bool:
        """Tell whether some part was cut off."""
        sides = (self.due, self.soon, self.new, self.waiting, self.findings, self.duties)
        return len(self.late) >= DESK_LIMIT or any(len(side) >= SIDE_LIMIT for side in sides)


def figure(part: Collection[object], *, most: int = SIDE_LIMIT) -> str:
    """How many stand in a part; where it was cut off, that there are more."""
    return f"{most}+" if len(part) >= most else str(len(part))


def my_day(*, actor: Actor, on: date | None = None) -> Day:
    """Put the day together: referrals, other duties and open findings in one statement each."""
    day = on or today()
    desks = desks_of(actor)
    found = list(referrals(actor=actor).filter(pk__in=_parts(actor, desks, day)).order_by("next_on", "id"))
    held = [row for row in found if row.responsible_user_id in desks]
    others = [row for row in found if row.responsible_user_id not in desks]
    duties = _duties(actor, desks, day + DUTY_DAYS)
    findings = findings_visible_to(actor).filter(state=Finding.State.OPEN).select_related("household")
    return Day(
        late=[row for row in held if row.next_on < day][:DESK_LIMIT],
        due=[row for row in held if row.next_on == day][:SIDE_LIMIT],
        soon=[row for row in held if row.next_on > day and row.state != SENT][:SIDE_LIMIT],
        new=[
            *(row for row in held if row.next_on > day and row.state == SENT),
            *(row for row in others if _is_new(actor, row)),
        ][:SIDE_LIMIT],
        waiting=[row for row in others if row.sender_user_id in desks and not _is_new(actor, row)][
            :SIDE_LIMIT
        ],
        findings=list(findings.order_by("created_at", "id")[:SIDE_LIMIT]),
        duties=duties,
        due_duties=sum(duty.next_on <= day for duty in duties),
    )


def _is_new(actor: Actor, row: Referral) -> bool:
    """What came into the unit for a colleague and was not read yet: anybody may take it over."""
    return row.state == SENT and row.to_unit_id in actor.units(Permission.REFERRAL_ANSWER)


def _parts(actor: Actor, desks: set[UUID], day: date) -> QuerySet[Referral]:
    """Ids of what the day consists of, each part cut off by itself."""
    rows_ = visible_to(actor).filter(is_open=True).order_by("next_on", "id")
    held = rows_.filter(_one_of("responsible_user", desks))
    waiting = rows_.filter(_one_of("sender_user", desks)).exclude(responsible_user__in=desks)
    new = rows_.filter(_one_of("to_unit", actor.units(Permission.REFERRAL_ANSWER)), state=SENT).exclude(
        responsible_user__in=desks
    )
    limits = (
        (held.filter(next_on__lt=day), DESK_LIMIT),
        (held.filter(next_on=day), SIDE_LIMIT),
        (held.filter(next_on__gt=day), 2 * SIDE_LIMIT),
        (waiting, SIDE_LIMIT),
        (new, SIDE_LIMIT),
    )
    first, *others = (part.values("pk")[:limit] for part, limit in limits)
    return first.union(*others, all=True)  # type: ignore[return-value]


def _one_of(column: str, ids: Collection[UUID]) -> Q:
    """A single id is an equality, by which the index gives the rows in their order."""
    return Q(**{column: next(iter(ids))}) if len(ids) == 1 else Q(**{f"{column}__in": ids})


def _duties(actor: Actor, desks: set[UUID], until: date) -> list[Duty]:
    """Every other kind of open thing on these desks up to that day, the most urgent first."""
    kinds = {kind.code: kind for kind in batons.kinds() if kind.model is not Referral}
    parts = [_duty_rows(actor, kind, desks, until) for kind in kinds.values()]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True).order_by("next_on", "pk")[:SIDE_LIMIT]
    return [Duty(kinds[code], *line) for code, *line in found]


def _duty_rows(actor: Actor, kind: BatonKind, desks: set[UUID], until: date) -> QuerySet[Any, Any]:
    about = F(kind.about) if kind.about else Value("")
    found = rows.visible(kind.model, actor).filter(
        _one_of("responsible_user", desks), is_open=True, next_on__lte=until
    )
    return found.order_by("next_on", "pk").values_list(
        Value(kind.code, output_field=TextField()),
        *("pk", "number", "next_on"),
        Cast(about, TextField()),
        "responsible_user__label",
    )[:SIDE_LIMIT]
