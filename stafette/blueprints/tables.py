"""Which entry of the blueprint lives in which table, and what happens when it is no longer in the file.

Each table turns the file and the database into the same plain rows, {key: {field: value}}, with codes instead of
foreign keys: what differs is the diff, what is equal is left alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import (
    Authority,
    ClosingPeriod,
    ConsentText,
    Equipment,
    FindingKind,
    FormInUse,
    JointProcessing,
    Landmark,
    Post,
    ResponseRule,
    RetentionChoice,
    Route,
    Topic,
    Town,
    Unit,
)
from stafette.blueprints.schema.plan import Blueprint, PeriodPlan
from stafette.directory.models import Service
from stafette.partners.models import Partner

Row = dict[str, Any]
Rows = dict[str, Row]


class Leaving(StrEnum):
    """What becomes of a row whose entry was taken out of the file."""

    REMOVE = "remove"  # goes, unless something refers to it: then the whole application is refused
    END = "end"  # stays with its last day, because codes in old records go on meaning it
    VERSION = "version"  # the running version ends; referrals keep it
    SEED = "seed"  # the file only begins it: from then on the editors of the directory keep it
    ASK_NO_LONGER = "ask_no_longer"  # stays with what was asked; only rows that a blueprint named are touched


@dataclass(frozen=True)
class Table:
    """One kind of entry: `wanted` reads the file, `key` and `columns` read the database."""

    name: str
    title: Any
    model: type[models.Model]
    leaving: Leaving
    wanted: Callable[[Blueprint], Rows]
    columns: tuple[str, ...]
    references: dict[str, type[models.Model]] = field(default_factory=dict)
    key: Callable[[Any], str] = lambda row: row.code
    labels: Callable[[str, Row], str] = lambda key, row: str(
        row.get("name") or row.get("label") or row.get("title") or key
    )

    def running(self) -> Rows:
        """Return what runs now."""
        return {self.key(row): self.plain(row) for row in self.live()}

    def live(self) -> Iterable[Any]:
        """Return the rows that are in force."""
        rows = self.model._default_manager.select_related(*self.references)
        conditions: dict[Leaving, dict[str, Any]] = {
            Leaving.END: {"ends_on": None},
            Leaving.VERSION: {"valid_to": None},
            Leaving.ASK_NO_LONGER: {"ended_on": None, "code__isnull": False},
        }
        return rows.filter(**conditions.get(self.leaving, {}))

    def plain(self, row: Any) -> Row:
        """Turn a record into plain values; a foreign key becomes the code of what it points at."""
        values: Row = {}
        for name in (*self.columns, *self.references):
            value = getattr(row, name)
            values[name] = getattr(value, "code") if isinstance(value, models.Model) else value  # noqa: B009 – each has one
            if name in self.references and value is None:
                values[name] = ""
        return values


def _rows(entries: Iterable[Any], *names: str, **renamed: str) -> Rows:
    """Take these attributes of each entry; `renamed` maps a column to another attribute."""
    taken = {name: name for name in names} | renamed
    return {
        entry.code: {column: _listed(getattr(entry, source)) for column, source in taken.items()}
        for entry in entries
    }


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _numbered(rows: Rows) -> Rows:
    return {key: {**row, "position": index} for index, (key, row) in enumerate(rows.items())}


_AUTHORITY = ("code", "name", "land", "region", "is_public")
_UNIT = (
    *("code", "kind", "name", "short_name", "mandate", "goals", "tasks", "topics", "place", "phone", "email"),
    *("starts_on", "starts_note", "ends_on"),
)
_POST = ("code", "title", "duty", "fte", "qualification", "phone", "email")
_EQUIPMENT = ("name", "cost_from", "cost_to", "rhythm")
_PARTNER = (
    *("code", "name", "kind", "email", "phone", "language", "is_public", "bound_on", "second_channel"),
)
_LANDMARK = ("code", "name", "kind", "latitude", "longitude")
_DAYS = ("receipt_days", "answer_days", "first_contact_days", "feedback_days")


def _posts(blueprint: Blueprint) -> Rows:
    return {
        f"{unit.code}/{post.code}": {"unit": unit.code} | {name: getattr(post, name) for name in _POST}
        for unit in blueprint.unit
        for post in unit.post
    }


def _equipment(blueprint: Blueprint) -> Rows:
    return {
        f"{unit.code}/{one.name}": {"unit": unit.code} | {name: getattr(one, name) for name in _EQUIPMENT}
        for unit in blueprint.unit
        for one in unit.equipment
    }


def _routes(blueprint: Blueprint) -> Rows:
    """A route of several senders becomes one row each, so that a referral names exactly the agreement it used."""
    rows: Rows = {}
    for position, route in enumerate(blueprint.route):
        for sender in route.senders:
            rows[f"{route.code}/{sender}"] = {
                "position": position,
                "signpost": list(route.signpost),
                "purpose": route.purpose,
                "categories": list(route.categories),
                "hint": route.hint,
                "finding": route.finding,
                "sender": sender,
                "receiver": route.receiver,
                "consent": route.consent,
            }
    return rows


def _partners(blueprint: Blueprint) -> Rows:
    """Who names no unit that maintains the entry, leaves it to the clearing desk."""
    rows = _rows(blueprint.partner, *_PARTNER, "unit", "keeper")
    desk = next((unit.code for unit in blueprint.unit if unit.kind == "CL"), "")
    return {code: {**row, "keeper": row["keeper"] or desk} for code, row in rows.items()}


def _periods(blueprint: Blueprint) -> Rows:
    return {
        pair_code(period): {name: getattr(period, name) for name in _DAYS}
        | {"sender": period.sender, "receiver": period.receiver, "finding": period.finding}
        for period in blueprint.period
    }


def pair_code(period: PeriodPlan) -> str:
    """Name the pair of units for which a period holds, and the finding if it is for one; * stands for any."""
    return f"{period.sender or '*'}>{period.receiver or '*'}" + (
        f"/{period.finding}" if period.finding else ""
    )


TABLES: tuple[Table, ...] = (
    Table(
        "authority", _("Behörde"), Authority, Leaving.REMOVE,
        lambda b: _rows(b.authority, *_AUTHORITY), _AUTHORITY,
    ),
    Table(
        "unit", _("Stelle"), Unit, Leaving.REMOVE, lambda b: _rows(b.unit, *_UNIT, "authority", "successor"),
        _UNIT, {"authority": Authority, "successor": Unit},
    ),
    Table(
        "town", _("Ort"), Town, Leaving.REMOVE,
        lambda b: _rows([b.town], "code", "name", "way", "mission", "target_group", "as_of", "coordination"),
        ("code", "name", "way", "mission", "target_group", "as_of"), {"coordination": Unit},
    ),
    Table(
        "post", _("Posten im Stellenplan"), Post, Leaving.REMOVE, _posts, _POST, {"unit": Unit},
        key=lambda row: f"{row.unit.code}/{row.code}",
        labels=lambda key, row: f"{row['title']} ({row['unit']})",
    ),
    Table(
        "equipment", _("Ausstattung"), Equipment, Leaving.REMOVE, _equipment, _EQUIPMENT, {"unit": Unit},
        key=lambda row: f"{row.unit.code}/{row.name}",
        labels=lambda key, row: f"{row['name']} ({row['unit']})",
    ),
    Table(
        "joint_processing", _("Gemeinsame Verantwortung"), JointProcessing, Leaving.REMOVE,
        lambda b: _rows(b.joint_processing, "code", "label", "units", "duties"), ("code", "label", "units", "duties"),
    ),
    Table(
        "topic", _("Thema"), Topic, Leaving.END,
        lambda b: _numbered(_rows(b.topic, "code", "label")), ("code", "label", "position"),
    ),
    Table(
        "finding", _("Feststellung"), FindingKind, Leaving.END,
        lambda b: _numbered(_rows(b.finding, "code", "label", "lasting")), ("code", "label", "lasting", "position"),
    ),
    Table(
        "consent_text", _("Wortlaut der Einwilligung"), ConsentText, Leaving.VERSION,
        lambda b: _rows(b.consent_text, "texts"), ("texts",),
    ),
    Table(
        "service", _("Dienst"), Service, Leaving.SEED, lambda b: _rows(b.service, "code"), ("code",),
        labels=lambda key, row: key,
    ),
    Table(
        "partner", _("Partner"), Partner, Leaving.ASK_NO_LONGER, _partners, _PARTNER,
        {"unit": Unit, "keeper": Unit},
    ),
    Table(
        "route", _("Weg"), Route, Leaving.VERSION, _routes, ("position", "signpost", "purpose", "categories", "hint"),
        {"finding": FindingKind, "sender": Unit, "receiver": Unit, "consent": ConsentText},
        labels=lambda key, row: f"{key} → {row['receiver'] or ', '.join(row['signpost'])}",
    ),
    Table(
        "period", _("Frist"), ResponseRule, Leaving.VERSION, _periods, _DAYS,
        {"sender": Unit, "receiver": Unit, "finding": FindingKind},
    ),
    Table(
        "form", _("Formular"), FormInUse, Leaving.REMOVE,
        lambda b: _rows(b.form, "code", "label", "file", "unit"), ("code", "label", "file"), {"unit": Unit},
    ),
    Table(
        "retention", _("Löschfrist"), RetentionChoice, Leaving.REMOVE,
        lambda b: _rows(b.retention, "code", "retention", "note"), ("code", "retention", "note"),
    ),
    Table(
        "closing", _("Schließtage"), ClosingPeriod, Leaving.REMOVE,
        lambda b: _rows(b.closing, "code", "label", "starts_on", "ends_on", "authority"),
        ("code", "label", "starts_on", "ends_on"), {"authority": Authority},
    ),
    Table(
        "landmark", _("Bekannter Ort"), Landmark, Leaving.REMOVE,
        lambda b: _numbered(_rows(b.landmark, *_LANDMARK)), (*_LANDMARK, "position"),
    ),
)  # fmt: skip
