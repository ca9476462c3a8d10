"""The person's own copy (Art. 15(3), Art. 20 GDPR): every row of one unit about this person, as plain values.

What is found is not a list somebody keeps, but the walk down the foreign keys (kernel/kin.py) with the clerk's own
rights. Rows about another adult of the household fall out with everything that hangs on them; children of one's own
stay in. Each field has its German word, or a reason for which it stays away (labels.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit, User
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.kin import Model, references, rows_below
from stafette.kernel.rows import visible
from stafette.people.languages import language_name
from stafette.people.models import Household, HouseholdMember, Person
from stafette.people.models.persons import Source
from stafette.people.nationalities import nationality_name
from stafette.protection.data import Category
from stafette.referrals import envelope
from stafette.rights.erasing import period_of
from stafette.rights.homes import children_of, homes_of
from stafette.rights.labels import ModelLabels, labels
from stafette.rights.meanings import meaning

Line = tuple[str, str]
ADDRESS = ("street", "house_number", "postal_code", "town", "district")
ALWAYS = ("staff", "informant", "entrusted", "technical")
ORDER = (
    "people.Person",
    "people.Household",
    "people.HouseholdMember",
    "people.PersonLanguage",
    "people.PersonChange",
)


@dataclass(frozen=True)
class Part:
    """One kind of record: its purpose, how long it is kept, and each record as pairs of label and value."""

    model: str
    title: str
    purpose: str
    period: str
    records: list[list[Line]]


@dataclass(frozen=True)
class Copy:
    """Everything one unit holds about a person, and the codes of what is left out."""

    unit: Unit
    person: Person
    made_on: date
    parts: list[Part]
    left_out: list[str] = field(default_factory=list)


@dataclass
class _Walk:
    """What is known while the copy is made: whose rows belong in it, and what was left out so far."""

    actor: Actor
    unit_id: UUID
    about: set[UUID]
    names: list[tuple[str, str]]
    locked: bool
    former: dict[UUID, date]
    left_out: set[str] = field(default_factory=set)


def own_copy(*, actor: Actor, unit: Unit, person: Person, only_consent: bool = False) -> Copy:
    """Make the copy for one person in one unit; `only_consent` leaves what Art. 20 GDPR gives."""
    here = Actor(actor.id, actor.label, frozenset(one for one in actor.grants if one[1] == unit.pk))
    homes, former = homes_of(here, person)
    about = {person.pk, *children_of(here, person)}
    found = rows_below({Person: about, Household: homes}, lambda model: visible(model, here))
    rows = _load(found)
    locked = _is_locked(rows, about, homes - former.keys())
    walk = _Walk(here, unit.pk, about, _names(rows, about), locked, former)
    _drop_others(rows, walk)
    parts = [
        part
        for model in sorted(rows, key=_place)
        if (part := _part(walk, model, rows[model].values(), only_consent=only_consent)) is not None
    ]
    reasons = [*ALWAYS, *sorted(walk.left_out - set(ALWAYS))]
    return Copy(unit, person, today(), parts, reasons)


def _place(model: Model) -> tuple[int, str]:
    label = model._meta.label
    known = labels().get(label)
    return (ORDER.index(label) if label in ORDER else len(ORDER), known.title if known else label)


Rows = dict[Model, dict[UUID, Any]]


def _load(found: Mapping[Model, set[UUID]]) -> Rows:
    """Fetch the rows and join them with each other, so that none is fetched again for its neighbour."""
    rows = {
        model: {row.pk: row for row in model._default_manager.filter(pk__in=ids)}
        for model, ids in found.items()
    }
    for model, kept in rows.items():
        for reference in references(model):
            there = rows.get(reference.related_model, {})
            for row in kept.values():
                if (other := there.get(getattr(row, reference.attname))) is not None:
                    setattr(row, reference.name, other)
    return rows


def _names(rows: Rows, about: set[UUID]) -> list[tuple[str, str]]:
    """Under which names these persons stood in an envelope: the present ones, and each that was corrected."""
    now_ = {pk: (row.given_names, row.family_name) for pk, row in rows.get(Person, {}).items() if pk in about}
    before = [
        (row.old, now_[row.person_id][1]) if row.field == "given_names" else (now_[row.person_id][0], row.old)
        for model, kept in rows.items()
        if model._meta.label == "people.PersonChange"
        for row in kept.values()
        if row.field in ("given_names", "family_name") and row.person_id in now_
    ]
    return [*now_.values(), *before]


def _is_locked(rows: Rows, about: set[UUID], homes: set[UUID]) -> bool:
    """Whether somebody who lives here now must not be found; who was left behind is nowhere told about at all."""
    members = rows.get(HouseholdMember, {}).values()
    here = about | homes | {one.person_id for one in members if one.household_id in homes}
    held = [*rows.get(Person, {}).values(), *rows.get(Household, {}).values()]
    return any(row.address_locked for row in held if row.pk in here)


def _drop_others(rows: Rows, walk: _Walk) -> None:
    """Take out what is about somebody else, then what hangs on it, until nothing more falls out."""
    gone = {pk for model in rows for pk, row in rows[model].items() if _is_about_other(model, row, walk)}
    gone |= _only_others(rows, gone)
    while gone:
        walk.left_out.add("adult_member")
        for kept in rows.values():
            for pk in gone & set(kept):
                del kept[pk]
        gone = {
            pk
            for model in rows
            for pk, row in rows[model].items()
            if any(_hangs(row, reference, gone) for reference in references(model))
        }
        gone |= _only_others(rows, gone)


def _is_about_other(model: Model, row: Any, walk: _Walk) -> bool:
    if model is Person:
        return row.pk not in walk.about
    columns = [one.attname for one in references(model) if one.related_model is Person]
    named = {getattr(row, column) for column in columns} - {None}
    if named:
        return not named & walk.about
    return _came_after_leaving(model, row, walk)


def _came_after_leaving(model: Model, row: Any, walk: _Walk) -> bool:
    """What came into a file after the person had left that household is about those who still live there."""
    homes = [one.attname for one in references(model) if one.related_model is Household]
    lasts = [walk.former[home] for one in homes if (home := getattr(row, one)) in walk.former]
    return bool(lasts) and localtime(row.created_at).date() > max(lasts)


def _hangs(row: Any, reference: Any, gone: set[UUID]) -> bool:
    return getattr(row, reference.attname) in gone


def _only_others(rows: Rows, gone: set[UUID]) -> set[UUID]:
    """Records that name persons in rows of their own (a consent), of which none is about this person."""
    named: dict[UUID, list[bool]] = {}
    for model, kept in rows.items():
        columns = references(model)
        if not any(one.related_model is Person for one in columns):
            continue
        for one in columns:
            if one.related_model in (Person, Household) or one.remote_field.on_delete is not models.CASCADE:
                continue
            for pk, row in kept.items():
                named.setdefault(getattr(row, one.attname), []).append(pk in gone)
    return {pk for pk, others in named.items() if others and all(others)}


def _part(walk: _Walk, model: Model, kept: Iterable[Any], *, only_consent: bool) -> Part | None:
    known = labels()[model._meta.label]
    if only_consent and not (known.consent or model is Person):
        return None
    ordered = sorted(kept, key=lambda row: (row.created_at, row.pk))
    if not ordered:
        return None
    if known.left_out:
        walk.left_out.add(known.left_out)
        return None
    records = [lines for row in ordered if (lines := _lines(walk, model, row, known))]
    if not records:
        return None
    return Part(model._meta.label, known.title, str(model.Privacy.purpose), period_of(model), records)  # type: ignore[attr-defined]


def _lines(walk: _Walk, model: Model, row: Any, known: ModelLabels) -> list[Line]:
    lines: list[Line] = []
    if row.pk in walk.former:  # the household goes on without the person: where, is nothing of this person's
        walk.left_out.add("adult_member")
        return lines
    for column in model._meta.concrete_fields:
        value = getattr(row, column.attname)
        if value in (None, "", [], {}) or column.name in known.skip:
            continue
        if column.name in known.reduced or _is_user(column):
            walk.left_out.add(known.reduced.get(column.name, "staff"))
        elif column.name in ADDRESS and walk.locked:
            walk.left_out.add("address_lock")
        elif column.name in known.fields:
            lines += _shown(walk, model, row, column, known.fields[column.name])
    return lines


def _is_user(column: Any) -> bool:
    return isinstance(column, models.ForeignKey) and column.related_model is User


def _shown(walk: _Walk, model: Model, row: Any, column: Any, label: str) -> list[Line]:
    value = getattr(row, column.attname)
    if column.name == "payload":
        return _payload(walk, value)
    if column.name in ("language", "contact_language"):
        return [(label, language_name(value) or str(value))]
    if isinstance(column, models.ForeignKey):
        return [(label, str(getattr(row, column.name)))]
    if said := meaning(walk.actor, row, column.name, value):
        return [(label, said)]
    return [(label, _text(column, row, value))]


def _text(column: Any, row: Any, value: Any) -> str:
    if column.name == "source" and value in Source.values:
        return str(Source(value).label)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, datetime):
        return f"{localtime(value):%d.%m.%Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if column.name == "nationalities":
        return ", ".join(nationality_name(one) for one in value)
    if isinstance(value, (list, tuple, dict)):
        return _flat(value)
    return str(value)


def _flat(value: Any) -> str:
    """Lists and small tables in one line; codes of categories in their words."""
    words = {str(code): str(label) for code, label in Category.choices}
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_flat(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_flat(one) for one in value)
    return words.get(str(value), str(value))


def _payload(walk: _Walk, payload: dict[str, Any]) -> list[Line]:
    """What stood in an envelope about this person and what concerns the household; other people are taken out."""
    mine = [one for one in payload.get("persons", ()) if _is_mine(one, walk)]
    if len(mine) < len(payload.get("persons", ())):
        walk.left_out.add("adult_member")
    rest = {key: value for key, value in payload.items() if key != "persons"}
    if walk.locked and rest.pop("address", None):
        walk.left_out.add("address_lock")
    blocks = envelope.shown({**rest, "persons": mine} if mine else rest)
    return [(f"{block.heading}: {label}", value) for block in blocks for label, value in block.lines]


def _is_mine(entry: dict[str, Any], walk: _Walk) -> bool:
    core = entry.get("core", {})
    return (core.get("given_names", ""), core.get("family_name", "")) in walk.names
