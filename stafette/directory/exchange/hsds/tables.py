"""The tabular form: one CSV per kind of object and a datapackage.json, packed as a zip; and back to nested objects.

What stands inside something in JSON stands here in a table of its own with a column that names where it belongs.
Fields that the standard does not know get a column too; datapackage.json says of each column what it holds, and what
is neither text, number nor yes/no stands in it as JSON.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from stafette.directory.exchange.hsds.standard import Thing, by_file, thing, things, version
from stafette.kernel.errors import BadInput

Object = dict[str, Any]
Tables = dict[str, list[Object]]
DAY = (1980, 1, 1, 0, 0, 0)  # in every zip the same, so that the same content is the same file
LINKED = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
REFERENCES = {"taxonomy_detail": "taxonomy_id"}  # where the column is not called as the field
MOST_ROWS = 500_000
LONGEST_CELL = 1 << 20


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
    writer.writerow(columns)
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
    return str(value)


def unpack(content: bytes) -> Object:
    """The objects of a zip of tables, nested as in JSON; `content` has been checked for bombs before."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.rsplit("/", 1)[-1].lower(): name for name in archive.namelist()}
        types = _types(archive.read(names["datapackage.json"])) if "datapackage.json" in names else {}
        tables: Tables = {}
        for short, name in names.items():
            kind = by_file().get(short.removesuffix(".csv")) if short.endswith(".csv") else None
            if kind is not None:
                tables[kind.name] = _read(archive.read(name), kind, types.get(kind.name, {}), short)
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


def _read(content: bytes, kind: Thing, types: dict[str, str], name: str) -> list[Object]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    csv.field_size_limit(LONGEST_CELL)
    rows = []
    try:
        for row in csv.DictReader(io.StringIO(text.replace("\x00", ""), newline="")):
            rows.append({key: _value(said, kind, key, types) for key, said in row.items() if key and said})
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
