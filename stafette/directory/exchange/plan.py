"""What a file would change: new, changed, equal or faulty, entry by entry, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.directory import data as d
from stafette.directory import models as m
from stafette.directory.differing import bare, changed_names
from stafette.directory.exchange.hsds.kinds import INTERNAL, kind, kinds
from stafette.directory.exchange.hsds.read import Entry
from stafette.directory.exchange.problems import Problem, path
from stafette.directory.exchange.texts import words_of
from stafette.directory.plain import to_plain
from stafette.directory.words import FIELDS, TEXT_LANGUAGES

STATES: dict[str, Any] = {
    "new": gettext_lazy("neu"),
    "changed": gettext_lazy("geändert"),
    "equal": gettext_lazy("unverändert"),
    "faulty": gettext_lazy("fehlerhaft"),
}
MORE = {"texts": gettext_lazy("Texte in anderen Sprachen")}
KINDS: dict[str, Any] = {
    "organization": gettext_lazy("Träger"),
    "location": gettext_lazy("Ort"),
    "service": gettext_lazy("Angebot"),
}
MODELS: dict[str, type[models.Model]] = {
    "organization": m.Organization,
    "location": m.Location,
    "service": m.Service,
    "phone": m.Phone,
    "contact": m.Contact,
    "schedule": m.Schedule,
    "required_document": m.RequiredDocument,
    "cost_option": m.CostOption,
    "service_capacity": m.ServiceCapacity,
    "funding": m.Funding,
    "service_area": m.ServiceArea,
    "accessibility": m.Accessibility,
    "service_at_location": m.ServiceAtLocation,
}
NAMED = ("organization", "location", "keeper", "unit")
KEPT = {*INTERNAL, "code", "summary", "is_free", "room", "waiting_weeks"}  # what other programs do not know


@dataclass(frozen=True)
class Line:
    """One entry of a file, and what would come of it."""

    entry: Entry
    state: str
    data: Any
    changes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return str(KINDS[self.entry.kind])

    @property
    def state_name(self) -> str:
        """What would come of it, in words."""
        return str(STATES[self.state])

    @property
    def changed_fields(self) -> str:
        """The fields that say something else, in words."""
        return ", ".join(str((FIELDS | MORE).get(name, name)) for name in self.changes)


@dataclass(frozen=True)
class Plan:
    """All lines of a file in the order in which they are written."""

    lines: tuple[Line, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines are in each state."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in STATES if found[state]}

    @property
    def counted(self) -> list[tuple[str, str, int]]:
        """State, its word and how many."""
        return [(state, str(STATES[state]), number) for state, number in self.counts.items()]

    @property
    def to_write(self) -> list[Line]:
        """What is taken over: the new and the changed."""
        return [line for line in self.lines if line.state in ("new", "changed")]


def plan(
    entries: Iterable[Entry],
    existing: Mapping[str, Mapping[str, Any]],
    *,
    texts: Mapping[str, Any] | None = None,
    units: Iterable[str] = (),
) -> Plan:
    """Compare a file with the directory.

    `existing` are our entries by kind and code, `texts` the words of services in other languages by code, `units` the
    codes of our units.
    """
    texts = texts or {}
    known_units, lines, written = set(units), [], set()
    for entry in entries:
        line = _line(entry, existing.get(entry.kind, {}).get(entry.code), known_units)
        if line.state == "equal" and entry.kind == "service" and _brings_words(entry, texts):
            line = replace(line, state="changed", changes=("texts",))
        if (entry.kind, entry.code) in written and line.state != "faulty":
            twice = Problem("", _("Dieser Eintrag steht zweimal in der Datei."))
            line = replace(line, state="faulty", problems=(*line.problems, twice))
        written.add((entry.kind, entry.code))
        lines.append(line)
    return Plan(_without_lost(lines, existing))


def _brings_words(entry: Entry, texts: Mapping[str, Any]) -> bool:
    """Whether it says something in another language that is not there yet."""
    there = {one["language"]: words_of(one) for one in texts.get(entry.code, ())}
    return any(there.get(one["language"]) != words_of(one) for one in taken_texts(entry))


def taken_texts(entry: Entry) -> list[dict[str, Any]]:
    """Words in languages in which we show something."""
    return [one for one in entry.texts if one.get("language") in TEXT_LANGUAGES and one.get("name")]


def _line(entry: Entry, before: Any, units: set[str]) -> Line:
    if entry.data is None:
        return Line(entry, "faulty", None, problems=entry.problems)
    data = _keeping(entry, before)
    data, lost = _without_strange_units(data, units)
    faults = faults_of(entry.kind, data)
    problems = (*entry.problems, *lost, *faults)
    if entry.is_faulty or faults:
        return Line(entry, "faulty", data, problems=problems)
    if before is None:
        return Line(entry, "new", data, problems=problems)
    old, new = to_plain(before), to_plain(data)
    if bare(old) == bare(new):
        return Line(entry, "equal", data, problems=problems)
    return Line(entry, "changed", data, tuple(changed_names(old, new)), problems)


def _keeping(entry: Entry, before: Any) -> Any:
    """A file of another program takes nothing from an entry of which it does not speak: our topics, for instance.

    Who keeps an entry, and whose accounts answer for it, no other program decides.
    """
    if entry.is_ours:
        return entry.data
    if before is None:
        own = {one.name: "" for one in fields_of(entry.data) if one.name in ("keeper", "unit")}
        return replace(entry.data, **own)
    silent = {*KEPT, *kind(entry.kind).classes} - entry.said | {"keeper", "unit"}
    return replace(
        entry.data,
        **{one.name: getattr(before, one.name) for one in fields_of(entry.data) if one.name in silent},
    )


def _without_strange_units(data: Any, units: set[str]) -> tuple[Any, tuple[Problem, ...]]:
    strange = {
        name: code for name in ("keeper", "unit") if (code := getattr(data, name, "")) and code not in units
    }
    says = _("Die Stelle „{code}“ gibt es hier nicht; der Eintrag kommt ohne sie.")
    problems = (Problem(name, says.format(code=code), is_fault=False) for name, code in strange.items())
    return replace(data, **dict.fromkeys(strange, "")) if strange else data, tuple(problems)


def faults_of(name: str, data: Any, where: str = "") -> list[Problem]:
    """What our tables would not take, for the entry and each of its details."""
    model = MODELS[name]
    columns = {one.attname: one for one in model._meta.concrete_fields}
    values = {
        one.name: getattr(data, one.name)
        for one in fields_of(data)
        if one.name in columns and one.name not in (*NAMED, "id", "exceptions")
    }
    row = model(**{key: list(value) if isinstance(value, tuple) else value for key, value in values.items()})
    checked = [one for one in values if values[one] not in ((), {}, None)]
    found = _faults(row, [one.name for one in model._meta.concrete_fields if one.name not in checked], where)
    for ours, (_theirs, inner) in kinds()[name].rows.items():
        for number, detail in enumerate(getattr(data, ours), start=1):
            found += faults_of(inner, detail, path(where, FIELDS.get(ours, ours), number))
    return found


def _faults(row: models.Model, left_out: list[str], where: str) -> list[Problem]:
    try:
        row.full_clean(exclude=left_out, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return [
            Problem(path(where, FIELDS.get(name, name)), str(says))
            for name, messages in error.message_dict.items()
            for says in messages
        ]
    return []


def _without_lost(lines: list[Line], existing: Mapping[str, Mapping[str, Any]]) -> tuple[Line, ...]:
    """A service whose organisation stays out stays out as well, and a place goes without one."""
    coming = {(line.entry.kind, line.entry.code) for line in lines if line.state != "faulty"}

    def is_there(name: str, code: str) -> bool:
        return (name, code) in coming or code in existing.get(name, {})

    found = []
    for line in lines:
        data = line.data
        if isinstance(data, d.ServiceData) and line.state != "faulty":
            missing = [] if is_there("organization", data.organization) else [_("Der Träger ist fehlerhaft.")]
            missing += [
                _("Der Ort „{code}“ ist fehlerhaft.").format(code=place.location)
                for place in data.places
                if not is_there("location", place.location)
            ]
            if missing:
                problems = (*line.problems, *(Problem("", says) for says in missing))
                line = replace(line, state="faulty", problems=problems)
        elif isinstance(data, d.LocationData) and data.organization:
            is_known = is_there("organization", data.organization)
            line = line if is_known else replace(line, data=replace(data, organization=""))
        found.append(line)
    return tuple(found)
