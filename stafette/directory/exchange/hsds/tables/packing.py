"""Nested objects as tables, one row each, packed as a zip."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from stafette.directory.exchange.hsds.standard import Thing, thing, things, version
from stafette.directory.exchange.hsds.tables.cells import GUARD, LINKED, REFERENCES, Object, Tables, guarded

DAY = (1980, 1, 1, 0, 0, 0)  # in every zip the same, so that the same content is the same file


def pack(document: Object) -> bytes:
    """A document with lists of services, organisations and locations as a zip of tables."""
    tables = flat(document)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        resources = []
        for kind in things().values():
            if rows := tables.get(kind.name):
                columns = _columns(kind, rows)
                resources.append(_resource(kind, columns))
                archive.writestr(zipfile.ZipInfo(f"{kind.file}.csv", DAY), _csv(columns, rows))
        package = {
            "name": "human_services_data",
            "title": "Stafette",
            "profile": "tabular-data-package",
            "version": version(),
            GUARD: True,
            "resources": resources,
        }
        archive.writestr(
            zipfile.ZipInfo("datapackage.json", DAY), json.dumps(package, ensure_ascii=False, indent=1)
        )
    return target.getvalue()


def flat(document: Object) -> Tables:
    """Every object in the table of its kind, once."""
    tables: Tables = {}
    for name, kind in (("organizations", "organization"), ("locations", "location"), ("services", "service")):
        for one in document.get(name, []):
            _flatten(tables, one, thing(kind), {})
    return {name: _once(rows) for name, rows in tables.items()}


def _flatten(tables: Tables, value: Object, kind: Thing, parent: Object) -> None:
    row: Object = {}
    for name, inner in value.items():
        if name in kind.one and isinstance(inner, dict) and "id" in inner:
            _flatten(tables, inner, thing(kind.one[name]), {})
            row[REFERENCES.get(name, f"{name}_id")] = inner["id"]
        elif name in kind.many and isinstance(inner, list) and all(_is_row(one) for one in inner):
            for one in inner:
                _flatten(tables, one, thing(kind.many[name]), _link(kind.many[name], kind.name, value["id"]))
        else:
            row[name] = inner
    tables.setdefault(kind.name, []).append({**parent, **row} if kind.name in LINKED else row | parent)


def _is_row(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("id"))


def _link(name: str, parent: str, identifier: Any) -> Object:
    if name in LINKED:
        by_id, by_kind = LINKED[name]
        return {by_id: identifier, by_kind: parent}
    return {f"{parent}_id": identifier}


def _once(rows: list[Object]) -> list[Object]:
    """The same object told twice is one row; where it hangs on several, each stands as a row of its own."""
    found: dict[str, Object] = {}
    for row in rows:
        key = json.dumps([row.get("id"), *(row.get(name) for name in PARENTS)], default=str)
        found[key] = row | found.get(key, {})
    return list(found.values())


PARENTS = (
    *("organization_id", "service_id", "location_id", "service_at_location_id", "contact_id", "phone_id"),
    *("link_id", "resource_id"),
)


def _columns(kind: Thing, rows: Iterable[Object]) -> dict[str, str]:
    """Each column with the type that datapackage.json gives it."""
    used = dict.fromkeys(name for row in rows for name in row)
    known = {
        name: _type_of(kind.fields[name]) for name in kind.fields if name in used or name in kind.required
    }
    return known | {name: _guess(row.get(name) for row in rows) for name in used if name not in known}


def _type_of(kind: str) -> str:
    return {"number": "number", "date": "date", "time": "time", "datetime": "datetime"}.get(kind, "string")


def _guess(values: Iterable[Any]) -> str:
    found = {type(value) for value in values if value is not None}
    if found <= {str}:
        return "string"
    return "boolean" if found == {bool} else "number" if found <= {int, float} else "any"


def _resource(kind: Thing, columns: dict[str, str]) -> Object:
    fields = [
        {"name": name, "type": said, "constraints": {"required": name in (*kind.required, *kind.tables_need)}}
        for name, said in columns.items()
    ]
    return {
        "name": kind.name,
        "path": f"{kind.file}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"primaryKey": "id", "fields": fields},
    }


def _csv(columns: dict[str, str], rows: Iterable[Object]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(map(guarded, columns))
    for row in rows:
        writer.writerow([_cell(row.get(name), said) for name, said in columns.items()])
    return target.getvalue()


def _cell(value: Any, said: str) -> str:
    if value is None:
        return ""
    if said == "any" or isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else str(value)
