"""The register of breaches, its clock, and the lists of the people concerned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.accounts.models import Unit, UnitKind
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.permissions import Permission
from stafette.oversight.access import concerned_visible_to, shares_visible_to, visible_to
from stafette.oversight.models import Breach, BreachShare, Concerned
from stafette.oversight.papers import LetterFacts
from stafette.oversight.supervision import authority_of


@dataclass(frozen=True)
class Clock:
    """How much of the 72 hours is left, in words and as the look of a badge."""

    text: str
    kind: str


def breaches(*, actor: Actor) -> QuerySet[Breach]:
    """The register of the units that the actor oversees or leads, the newest first."""
    return visible_to(actor).select_related("unit").order_by("-detected_at", "-id")


def running_breaches(*, actor: Actor) -> list[Breach]:
    """Those whose clock runs, the most urgent first."""
    return list(breaches(actor=actor).filter(state__in=["open", "assessed"]).order_by("due_at"))


def clock_of(breach: Breach, at: datetime | None = None) -> Clock:
    """Say how long there is, or how the period ended."""
    at = at or now()
    if breach.notified_at:
        late = breach.is_late(at)
        return Clock(
            _("verspätet gemeldet") if late else _("fristgerecht gemeldet"), "warning" if late else "success"
        )
    if not breach.is_running:
        return Clock(_("nicht gemeldet, begründet"), "neutral")
    left = breach.due_at - at
    if left <= timedelta(0):
        return Clock(_("72 Stunden vorbei seit {time}").format(time=_hours(-left)), "danger")
    kind = "warning" if left < timedelta(hours=24) else "info"
    return Clock(_("noch {time}").format(time=_hours(left)), kind)


def _hours(length: timedelta) -> str:
    hours = int(length.total_seconds() // 3600)
    if hours:
        return ngettext("{count} Stunde", "{count} Stunden", hours).format(count=hours)
    minutes = int(length.total_seconds() // 60)
    return ngettext("{count} Minute", "{count} Minuten", minutes).format(count=minutes)


def shares_of(*, actor: Actor, breach_id: UUID) -> list[BreachShare]:
    """Lists that were given to units, with how many there are; names stand in none of them."""
    found = shares_visible_to(actor).filter(breach=breach_id).select_related("unit")
    return list(found.annotate(told=Count("concerned", filter=Q(concerned__told_at__isnull=False))))


def share_of(*, actor: Actor, share_id: UUID) -> BreachShare | None:
    """One list, for those who work with the people on it."""
    mine = actor.units(Permission.PERSON_VIEW)
    return shares_visible_to(actor).filter(pk=share_id, unit__in=mine).select_related("unit").first()


def concerned(*, actor: Actor, share_id: UUID) -> QuerySet[Concerned]:
    """The households of one list that the actor may see, those not told yet first."""
    found = concerned_visible_to(actor).filter(share=share_id).select_related("household", "told_by")
    return found.order_by("told_at", "household__label", "id")


def units_named(ids: list[UUID]) -> str:
    """Units by their names, for pages and papers."""
    return ", ".join(Unit.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))


def authority_for(unit_id: UUID) -> str:
    """The supervisory authority that answers for the unit (Art. 55 GDPR, § 40 BDSG, § 81 SGB X)."""
    return authority_of(Unit.objects.select_related("authority").get(pk=unit_id).authority.land)


def staff_units(actor: Actor) -> list[tuple[str, str]]:
    """Units for which somebody may report a breach: all in which one holds any right at all."""
    mine = {unit for _permission, unit in actor.grants}
    return [(str(pk), name) for pk, name in Unit.objects.filter(pk__in=mine).values_list("pk", "name")]


def all_units() -> list[tuple[str, str]]:
    """Every unit by name: a referral may have gone to any of them."""
    return [(str(pk), name) for pk, name in Unit.objects.order_by("name").values_list("pk", "name")]


def officers_named(unit_id: UUID) -> str:
    """The contact point for the authority: the data protection unit of the unit's authority, by function."""
    found = Unit.objects.filter(kind=UnitKind.DATA_PROTECTION, authority__units=unit_id)
    lines = [", ".join(part for part in (one.name, one.phone, one.email) if part) for one in found]
    return "; ".join(lines)


def letter_of(*, actor: Actor, breach_id: UUID) -> LetterFacts | None:
    """What the letter says: for the officer from the breach, for a unit from the list it was given."""
    breach = visible_to(actor).filter(pk=breach_id).first()
    if breach is not None:
        return _facts(breach.unit_id, breach.letter_facts)
    mine = actor.units(Permission.PERSON_VIEW)
    share = shares_visible_to(actor).filter(breach=breach_id, unit__in=mine).first()
    return _facts(share.unit_id, share.letter) if share else None


def _facts(unit_id: UUID, facts: dict[str, Any]) -> LetterFacts:
    noticed = date.fromisoformat(facts["noticed_on"])
    return LetterFacts(
        **facts | {"noticed_on": noticed}, sender=Unit.objects.get(pk=unit_id).name,
        officer=officers_named(unit_id), authority=authority_for(unit_id),
    )  # fmt: skip
