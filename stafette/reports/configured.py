"""What is configured, as the papers need it: models and their periods, who does what, what may flow where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from stafette.accounts.models import JointProcessing, Town, Unit, UnitKind
from stafette.accounts.roles import ROLES
from stafette.accounts.staffing import roles_in
from stafette.kernel.keeping import Asked, From, Stays, With
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import owners_of
from stafette.kernel.rules.deadline_rules import RetentionClass, retention_classes
from stafette.protection import words
from stafette.protection.flow import ANY, FlowRule, flow_rules
from stafette.reports.rules import Activity, activities, duties, relations, risks

EVERYWHERE = {
    "accounts",
    "audit",
    "outbox",
    "oversight",
    "retention",
}  # every unit has staff, a log and periods


@dataclass(frozen=True)
class Kind:
    """A kind of data: one model with what its Privacy declares."""

    room: str
    name: str
    label: str
    purpose: str
    retention: str
    starts: Any
    personal: tuple[str, ...]
    sensitive: tuple[str, ...]
    edits: frozenset[Permission]

    @property
    def is_about_people(self) -> bool:
        """Whether any field tells something about people."""
        return bool(self.personal or self.sensitive)


def kinds() -> list[Kind]:
    """Return every model of the house, in the order of rooms and names."""
    found = [_kind(model) for model in apps.get_models() if model.__module__.startswith("stafette.")]
    return sorted(found, key=lambda kind: (kind.room, kind.name))


def _kind(model: type[models.Model]) -> Kind:
    privacy: Any = model.Privacy  # type: ignore[attr-defined]
    edits: set[Permission] = set()
    for owner in owners_of(model):
        for several in (owner.edit, owner.view):
            edits |= {several} if isinstance(several, Permission) else set(several)
    return Kind(
        room=model._meta.app_label,
        name=model.__name__,
        label=model._meta.label,
        purpose=str(privacy.purpose),
        retention=str(privacy.retention),
        starts=getattr(privacy, "starts", None),
        personal=tuple(sorted(privacy.personal)),
        sensitive=tuple(sorted(privacy.sensitive)),
        edits=frozenset(edits),
    )


def begins(kind: Kind, *, depth: int = 3) -> str:
    """Say in German from when the period of a kind of data runs."""
    model = apps.get_model(kind.label)
    match kind.starts:
        case With(column=column):
            other = model._meta.get_field(column).related_model
            return f"mit „{getattr(other, '__name__', '')}“ (geht im selben Schritt)"
        case From(column=column):
            return f"ab „{column}“; solange es leer ist, wird der Datensatz gebraucht"
        case Asked(question=question):
            return f"errechnet: „{question}“ (stafette/retention/starts.py)"
        case Stays(reason=reason):
            return f"bleibt: {reason}"
    return "noch nicht festgelegt"


def period(rule: RetentionClass) -> str:
    """Say the period in German."""
    if rule.is_unlimited:
        return "ohne Frist"
    for count, one, many in (
        (rule.hours, "Stunde", "Stunden"),
        (rule.days, "Tag", "Tage"),
        (rule.months // 12 if rule.months % 12 == 0 and rule.months > 12 else 0, "Jahr", "Jahre"),
        (rule.months, "Monat", "Monate"),
    ):
        if count:
            return f"{count} {one if count == 1 else many}"
    return "sofort"


def permissions_of(unit: Unit) -> frozenset[Permission]:
    """What anybody in the unit may do, by the roles that its task allows."""
    return frozenset().union(*(ROLES[role].permissions for role in roles_in(unit)))


def activities_of(unit: Unit, on: date) -> list[tuple[Activity, list[Kind]]]:
    """Return what the unit does with data about people, each with its kinds of data."""
    mine = permissions_of(unit)
    found = []
    for activity in activities():
        if not activity.head.holds_on(on):
            continue
        room = [kind for kind in kinds() if kind.room == activity.room and kind.is_about_people]
        held = room if activity.room in EVERYWHERE else [kind for kind in room if kind.edits & mine]
        if held:
            found.append((activity, held))
    return found


def flows_of(unit: Unit, on: date) -> list[FlowRule]:
    """Rules by which the unit may pass something on, today."""
    return [rule for rule in flow_rules() if rule.head.holds_on(on) and {unit.kind, ANY} & rule.senders]


def receivers(rule: FlowRule) -> str:
    """The receivers of a rule in words."""
    return str(words.party_words(rule.receivers))


def classes_of(found: Iterable[Kind]) -> list[RetentionClass]:
    """The classes of these kinds of data, in the order of the file."""
    used = {kind.retention for kind in found}
    return [rule for code, rule in retention_classes().items() if code in used]


def officers_of(unit: Unit) -> list[Unit]:
    """The data protection office of the unit's authority."""
    found = Unit.objects.filter(kind=UnitKind.DATA_PROTECTION, authority=unit.authority_id)
    return list(found.order_by("code"))


def operators() -> list[Unit]:
    """Who runs the program."""
    return list(Unit.objects.filter(kind=UnitKind.OPERATIONS).select_related("authority").order_by("code"))


def joint_processings() -> list[JointProcessing]:
    """What the town's blueprint says is done together."""
    return list(JointProcessing.objects.order_by("code"))


def as_of(on: date) -> date:
    """The day since when rules and set-up have been the same: the youngest entry that holds."""
    heads = [rule.head for rule in flow_rules()]
    for several in (activities(), risks(), duties(), relations()):
        heads += [one.head for one in several]
    heads += [rule.head for rule in retention_classes().values()]
    days = [head.valid_from for head in heads if head.holds_on(on)]
    town = Town.objects.first()
    if town is not None and town.as_of is not None:
        days.append(town.as_of)
    return max([day for day in days if day <= on], default=on)
