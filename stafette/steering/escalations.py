"""What nobody dealt with in time: which unit to call. A number, units and dates; never a person or a family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from uuid import UUID

from django.db import connection

from stafette.accounts.models import Post, Unit
from stafette.accounts.queries import finding_labels, heirs, units_without_staff
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.small_numbers import INSIDE, is_publishable
from stafette.referrals import batons

MOST = 200


@dataclass(frozen=True)
class UnitToCall:
    """Whom to call: the unit that is responsible now, its contact post and telephone."""

    code: str
    name: str
    phone: str
    post: str


@dataclass(frozen=True)
class Escalated:
    """An open thing past one and a half times its period."""

    number: str
    kind: str
    sender: str
    unit: UnitToCall
    finding: str
    next_on: date
    days_late: int


@dataclass(frozen=True)
class Escalations:
    """The longest late first, and how many there are; a total that is small is not told.

    `unstaffed` names the units in which nobody may answer.
    """

    rows: list[Escalated]
    total: str
    is_cut: bool
    unstaffed: list[str]


def escalations(*, actor: Actor, on: date | None = None) -> Escalations:
    """Ask every kind of open things for what nobody dealt with in the units whose figures the actor sees.

    A function of the database's owner reads the rows and gives out nothing but number, units and dates.
    """
    if not actor.may(Permission.FIGURES_VIEW):
        return Escalations([], "", is_cut=False, unstaffed=[])
    day = on or today()
    units, labels = _units_to_call(day), finding_labels()
    found, total = [], 0
    for kind in batons.kinds():
        with connection.cursor() as cursor:
            table = kind.model._meta.db_table
            cursor.execute("select * from escalated_things(%s, %s, %s)", [table, day, MOST])
            rows = cursor.fetchall()
        total += rows[0][-1] if rows else 0
        for number, sender, holder, code, next_on, _escalate_on, _total in rows:
            found.append(
                Escalated(
                    number=number,
                    kind=str(kind.label),
                    sender=units[sender].name if sender != holder else "",
                    unit=units[holder],
                    finding=labels.get(code, code),
                    next_on=next_on,
                    days_late=(day - next_on).days,
                )
            )
    found.sort(key=attrgetter("next_on", "number"))
    shown = str(total) if is_publishable(total, INSIDE) else ""
    unstaffed = [unit.name for unit in units_without_staff(on=day)]
    return Escalations(found[:MOST], shown, is_cut=total > MOST, unstaffed=unstaffed)


def _units_to_call(day: date) -> Mapping[UUID, UnitToCall]:
    """Every unit with the telephone of its contact post, else its own; one that has ended has its successor's."""
    posts: dict[UUID, Post] = {}
    for post in Post.objects.filter(duty=Post.Duty.CONTACT).order_by("unit", "code"):
        posts.setdefault(post.unit_id, post)
    found = {}
    for unit in Unit.objects.all():
        contact = posts.get(unit.pk)
        phone = contact.phone if contact is not None and contact.phone else unit.phone
        title = contact.title if contact is not None else ""
        found[unit.pk] = UnitToCall(unit.code, unit.name, phone, title)
    return found | {old: found[new] for old, new in heirs(on=day).items()}
