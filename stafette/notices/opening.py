"""Who may open whose files, and what is open: asked by the page, the command and each request of a marked account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stafette.accounts.extra_grants import ExtraGrant
from stafette.accounts.models import Mandate, Membership, Unit
from stafette.accounts.queries import caseworkers_of, left_alone, running_on
from stafette.accounts.roles import Role
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.permissions import Permission
from stafette.notices.glass_rules import GlassRule, Reach
from stafette.web.banners import Banner

HEAD, OFFICER = "head", "officer"
WITH_FILES = (Mandate.HELPING, Mandate.REGISTERING, Mandate.CONTROLLING)


def running_extras(account_id: UUID) -> Sequence[ExtraGrant]:
    """What runs for this account now; a function of the database's owner tells ids and times, nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("select * from running_glasses(%s, %s)", [account_id, now()])
        return [ExtraGrant(*row) for row in cursor.fetchall()]


def banners(request: HttpRequest) -> list[Banner]:
    """Say above every page what is open and until when, with the button that shuts it."""
    extras: Sequence[ExtraGrant] = getattr(request, "extras", ())
    return [
        Banner(
            _(
                "Notfallzugriff auf „{unit}“ bis {time}, nur zum Lesen. Jeder Aufruf wird protokolliert."
            ).format(unit=extra.unit_name, time=f"{localtime(extra.ends_at):%H:%M}"),
            reverse("notices:glass_end", args=[extra.id]),
            _("Jetzt beenden"),
        )
        for extra in extras
    ]


def units_to_open(actor: Actor, rule: GlassRule) -> list[Unit]:
    """Units whose files this actor could open on this ground; never the other side of the wall, never one's own twice.

    Where a deputy is missing that is the own unit, and only while somebody there is away with nobody in their stead.
    """
    mine = list(Unit.objects.filter(pk__in=actor.units(Permission.GLASS_OPEN)).select_related("authority"))
    if rule.reach is Reach.UNIT:
        return [unit for unit in mine if not reads(actor, unit) and is_left_alone(unit.pk)]
    lasting = Q(ends_on=None) | Q(ends_on__gte=today())
    found = Unit.objects.filter(
        lasting, authority__in={unit.authority_id for unit in mine}, mandate__in=WITH_FILES
    )
    rows = found.select_related("authority").order_by("name")
    return [unit for unit in rows if not reads(actor, unit) and home_for(unit, mine, rule) is not None]


def home_for(unit: Unit, mine: Sequence[Unit], rule: GlassRule) -> Unit | None:
    """The own unit from which this one may be opened: same authority, same side of the wall."""
    for own in mine:
        near = own.authority_id == unit.authority_id and (rule.over_the_wall or _same_side(own, unit))
        if own.pk == unit.pk or (rule.reach is Reach.AUTHORITY and near):
            return own
    return None


def reads(actor: Actor, unit: Unit) -> bool:
    """Tell whether the actor reads these files anyway: then there is nothing to open."""
    return actor.may(Permission.PERSON_VIEW, unit=unit.pk)


def is_left_alone(unit_id: UUID) -> bool:
    """Tell whether somebody of the unit is away with nobody in their stead, or nobody works on cases there at all."""
    staff = set(caseworkers_of(unit_id).values_list("pk", flat=True))
    return not staff or bool(staff & left_alone())


def heads_of(unit_id: UUID, *, on: date | None = None) -> list[UUID]:
    """Who heads the unit."""
    found = Membership.objects.filter(running_on(on or today()), unit=unit_id, role=Role.HEAD)
    return list(found.filter(user__is_active=True).values_list("user", flat=True).distinct().order_by("user"))


def officers_of(unit: Unit, *, on: date | None = None) -> list[UUID]:
    """The data protection officers of the unit's authority."""
    found = Membership.objects.filter(
        running_on(on or today()), role=Role.DATA_PROTECTION, unit__authority=unit.authority_id
    )
    return list(found.filter(user__is_active=True).values_list("user", flat=True).distinct().order_by("user"))


def side_of(actor: Actor, unit_id: UUID) -> str:
    """Which side of the review this is: who reads the log of readings is the officer."""
    return OFFICER if actor.may(Permission.READING_VIEW, unit=unit_id) else HEAD


def _same_side(one: Unit, other: Unit) -> bool:
    return (one.mandate == Mandate.CONTROLLING) == (other.mandate == Mandate.CONTROLLING)
