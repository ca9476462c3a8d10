"""Tables as nested objects: each goes where its columns say."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from stafette.directory.exchange.hsds.standard import Thing, by_file, thing, things
from stafette.directory.exchange.hsds.tables.cells import GUARD, LINKED, REFERENCES, Object, Tables, bare
from stafette.kernel.errors import BadInput

MOST_ROWS = 500_000
LONGEST_CELL = 1 << 20


def unpack(content: bytes) -> Object:
    """The objects of a zip of tables, nested as in JSON; `content` has been checked for bombs before."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.rsplit("/", 1)[-1].lower(): name for name in archive.namelist()}
        package = archive.read(names["datapackage.json"]) if "datapackage.json" in names else b""
        types, is_guarded = _types(package), _is_guarded(package)
        tables: Tables = {}
        for short, name in names.items():
            kind = by_file().get(short.removesuffix(".csv")) if short.endswith(".csv") else None
            if kind is not None:
                tables[kind.name] = _read(
                    archive.read(name), kind, types.get(kind.name, {}), short, is_guarded
                )
    if not tables:
        raise BadInput(
            _("In der ZIP-Datei steht keine Tabelle nach HSDS, etwa services.csv oder organizations.csv.")
        )
    return nested(tables)


def _types(content: bytes) -> dict[str, dict[str, str]]:
    try:
        said = json.loads(content)
        return {
            by_file()[one["name"]].name: {each["name"]: each["type"] for each in one["schema"]["fields"]}
            for one in said["resources"]
            if one.get("name") in by_file()
        }
    except (ValueError, KeyError, TypeError):
        return {}


def _is_guarded(package: bytes) -> bool:
    try:
        return json.loads(package).get(GUARD) is True
    except (ValueError, AttributeError):
        return False


def _read(content: bytes, kind: Thing, types: dict[str, str], name: str, is_guarded: bool) -> list[Object]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    csv.field_size_limit(LONGEST_CELL)
    rows, plain = [], bare if is_guarded else str
    try:
        for row in csv.DictReader(io.StringIO(text.replace("\x00", ""), newline="")):
            cells = {plain(key): plain(said) for key, said in row.items() if key and said}
            rows.append({key: _value(said, kind, key, types) for key, said in cells.items()})
            if len(rows) > MOST_ROWS:
                raise BadInput(_("Die Tabelle {name} hat zu viele Zeilen.").format(name=name))
    except csv.Error as error:
        raise BadInput(_("Die Tabelle {name} ist keine lesbare CSV-Datei.").format(name=name)) from error
    return rows


def _value(said: str, kind: Thing, column: str, types: dict[str, str]) -> Any:
    wanted = "number" if kind.fields.get(column) == "number" else types.get(column, "string")
    try:
        if wanted == "number":
            return int(said) if said.strip().lstrip("-").isdigit() else float(said)
        if wanted in ("any", "object", "array") and column not in kind.fields:
            return json.loads(said)
    except ValueError:
        return said
    return said == "true" if wanted == "boolean" and said in ("true", "false") else said


def nested(tables: Tables) -> Object:
    """Put each object where it belongs; one that hangs on several stands in each."""
    by_id = {name: {row["id"]: row for row in rows if row.get("id")} for name, rows in tables.items()}
    children = _children(tables)
    return {
        plural: [_whole(row, thing(name), by_id, children, 0) for row in tables.get(name, [])]
        for plural, name in (
            ("organizations", "organization"),
            ("locations", "location"),
            ("services", "service"),
        )
    }


Children = dict[tuple[str, str, str], list[Object]]


def _children(tables: Tables) -> Children:
    found: Children = {}
    for name, rows in tables.items():
        for row in rows:
            for parent, identifier in _parents(name, row):
                found.setdefault((parent, identifier, name), []).append(row)
    return found


def _parents(name: str, row: Object) -> Iterable[tuple[str, str]]:
    """On what a row hangs, as (kind, identifier); attributes find their object by the identifier alone."""
    if name in LINKED:
        if identifier := row.get(LINKED[name][0]):
            yield "", identifier
        return
    for parent in things().values():
        if name in parent.many.values() and row.get(f"{parent.name}_id"):
            yield parent.name, row[f"{parent.name}_id"]


DEEPEST = 8


def _whole(
    row: Object, kind: Thing, by_id: dict[str, dict[str, Object]], children: Children, depth: int
) -> Object:
    found = {name: value for name, value in row.items() if not _is_link(kind, name)}
    for name, inner in kind.one.items():
        there = by_id.get(inner, {}).get(row.get(REFERENCES.get(name, f"{name}_id")) or "")
        if there is not None and inner not in ("organization", "service", "location"):
            found[name] = _whole(there, thing(inner), by_id, children, depth + 1)
            found.pop(REFERENCES.get(name, f"{name}_id"), None)
    for name, inner in kind.many.items():
        if inner == "location" or depth > DEEPEST:
            continue
        rows = children.get(("" if inner in LINKED else kind.name, row.get("id", ""), inner), [])
        if rows:
            found[name] = [_whole(one, thing(inner), by_id, children, depth + 1) for one in rows]
    return found


def _is_link(kind: Thing, name: str) -> bool:
    """Columns that only say where a row belongs; organisations of services and places stay."""
    parent = thing(name.removesuffix("_id")) if name.endswith("_id") and name[:-3] in things() else None
    if parent is None or kind.name in ("service", "location", "service_at_location"):
        return False
    return kind.name in parent.many.values()
