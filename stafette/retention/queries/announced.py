"""The grace list of a unit: what will be deleted when, and what is held up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, Count, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import visible
from stafette.retention.access import holds_visible_to, visible_to
from stafette.retention.models import Announcement, Hold
from stafette.retention.words import REASONS, kind_word

LINKS = {
    "people.Household": "people:household",
    "people.Person": "people:person",
    "intake.Interview": "intake:talk",
    "referrals.Referral": "referrals:detail",
    "referrals.FollowUp": "referrals:follow_up",
    "referrals.Task": "referrals:task",
    "partners.PartnerRequest": "partners:request",
    "properties.Hint": "properties:hint",
    "materials.OpenQuestion": "materials:question",
    "arrivals.Arrival": "arrivals:arrival",
    "arrivals.ArrivalImport": "arrivals:import",
}
NAMES = {
    "people.Household": "label",
    "people.Person": "family_name",
    "intake.Interview": "household__label",
    "referrals.Finding": "household__label",
    "referrals.Signpost": "household__label",
    "referrals.Referral": "number",
    "referrals.FollowUp": "number",
    "referrals.Task": "number",
    "partners.PartnerRequest": "number",
    "properties.Hint": "street",
    "materials.OpenQuestion": "text",
    "arrivals.Arrival": "household__label",
    "arrivals.ArrivalImport": "file_name",
    "protection.Consent": "household__label",
}
FILES = ("household", "received_household")


@dataclass(frozen=True)
class Shown:
    """A record on a list: its name and page only for those who may open it, else nothing but its number."""

    name: str
    url: str


@dataclass(frozen=True)
class HeldUp:
    """A hold as the page shows it."""

    id: UUID
    kind: str
    shown: Shown
    unit: str
    reason: str
    reference: str
    until_on: date
    is_running: bool
    may_lift: bool


def announced(*, actor: Actor) -> QuerySet[Announcement]:
    """What is announced to the actor's units, the next day first; `name` only where the actor may see the record."""
    found = [
        visible(apps.get_model(kind), actor).filter(pk=OuterRef("object_id")).values(column)[:1]
        for kind, column in NAMES.items()
    ]
    name = Coalesce(*(Subquery(rows, output_field=CharField()) for rows in found))
    return visible_to(actor).select_related("unit").annotate(name=name).order_by("due_on", "id")


def url_of(row: Announcement) -> str:
    """The page of an announced record, for those who see its name."""
    is_known = getattr(row, "name", None) and row.kind in LINKS
    return reverse(LINKS[row.kind], args=[row.object_id]) if is_known else ""


def filtered(rows: QuerySet[Announcement], values: dict[str, Any]) -> QuerySet[Announcement]:
    """Narrow the list to one kind."""
    return rows.filter(kind=values["kind"]) if values.get("kind") else rows


def shown(*, actor: Actor, rows: Iterable[Announcement | Hold]) -> dict[UUID, Shown]:
    """Name the records of a page as far as the actor may see them: one statement per kind."""
    found: dict[UUID, Shown] = {}
    wanted: dict[str, list[UUID]] = {}
    for row in rows:
        wanted.setdefault(row.kind, []).append(row.object_id)
    for kind, ids in wanted.items():
        model = apps.get_model(kind)
        for thing in visible(model, actor).filter(pk__in=ids):
            url = reverse(LINKS[kind], args=[thing.pk]) if kind in LINKS else ""
            found[thing.pk] = Shown(_name(actor, thing), url)
    return found


def _name(actor: Actor, thing: Any) -> str:
    for name in ("label", "number", "full_name", "address", "file_name"):
        if isinstance(getattr(thing, name, None), str) and getattr(thing, name):
            return str(getattr(thing, name))
    household = getattr(thing, "household_id", None)
    if household is None:
        return kind_word(thing._meta.label)
    seen = visible(apps.get_model("people.Household"), actor).filter(pk=household)
    return str(seen.values_list("label", flat=True).first() or kind_word(thing._meta.label))


def one_announced(*, actor: Actor, pk: UUID) -> Announcement | None:
    """Return one announcement that the actor may see."""
    return announced(actor=actor).filter(pk=pk).first()


def file_of(*, actor: Actor, row: Announcement) -> tuple[str, UUID]:
    """What can be held up for an announced record: itself, or the file to which it belongs."""
    if row.kind in Hold.KINDS:
        return row.kind, row.object_id
    model = apps.get_model(row.kind)
    thing = visible(model, actor).filter(pk=row.object_id).first()
    for name in FILES:
        household = getattr(thing, f"{name}_id", None)
        if household is not None and visible(apps.get_model("people.Household"), actor).filter(pk=household):
            return "people.Household", household
    return row.kind, row.object_id


def holds(*, actor: Actor) -> list[HeldUp]:
    """What is held up in the actor's units, the one that ends first on top."""
    rows = list(holds_visible_to(actor).filter(lifted_on=None).select_related("unit").order_by("until_on"))
    names, reasons = shown(actor=actor, rows=rows), dict(REASONS)
    return [
        HeldUp(
            id=row.pk,
            kind=kind_word(row.kind),
            shown=names.get(row.object_id, Shown("", "")),
            unit=row.unit.name,
            reason=str(reasons[row.reason]),
            reference=row.reference,
            until_on=row.until_on,
            is_running=row.until_on >= today(),
            may_lift=actor.may(Permission.RETENTION_EDIT, unit=row.unit_id),
        )
        for row in rows
    ]


def announced_figures(rows: QuerySet[Announcement]) -> dict[str, Any]:
    """How many records stand on a grace list and when the first goes, in one statement."""
    return rows.order_by().aggregate(count=Count("pk"), first=Min("due_on"))
