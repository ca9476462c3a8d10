"""Write what runs back as a blueprint: the same entries in the same order, with a line of comment per section."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from stafette.blueprints.schema.fields import rules_of
from stafette.blueprints.schema.plan import Blueprint
from stafette.blueprints.seeding import seeds
from stafette.blueprints.tables import TABLES, Row, Rows
from stafette.kernel.clock import today

_OWN = {"unit", "position"}  # said by the place in the file


def blueprint_text() -> str:
    """Return the text; it passes the check and applying it changes nothing."""
    running = {table.name: table.running() for table in TABLES}
    tree: dict[str, list[Row]] = {name: _entries(name, rows) for name, rows in running.items()}
    for name in ("post", "equipment"):
        for entry in tree.pop(name):
            unit = next(unit for unit in tree["unit"] if unit["code"] == entry["unit"])
            unit.setdefault(name, []).append({key: value for key, value in entry.items() if key != "unit"})
    tree["service"] = seeds()
    tree["route"], tree["period"] = _routes(running["route"]), _periods(running["period"])
    lines = [f"# Blaupause, geschrieben von Stafette am {today():%d.%m.%Y} aus dem, was gilt."]
    lines.append("# Was jedes Feld bedeutet, steht in docs/blaupause.md.")
    for name, one, rule in rules_of(Blueprint):
        kind = next(
            part
            for part in (one.type, *getattr(one.type, "__args__", ()))
            if hasattr(part, "__dataclass_fields__")
        )
        if tree.get(name):
            lines += ["", f"# {rule.sentence} {(kind.__doc__ or '').strip()}".rstrip()]
        for entry in tree.get(name, []):
            lines += ["", f"[{name}]" if name == "town" else f"[[{name}]]"]
            lines += _table(kind, entry, name)
    return "\n".join(lines) + "\n"


def _entries(name: str, rows: Rows) -> list[Row]:
    """In the order of the file where there is one, else by code."""
    ordered = sorted(rows.items(), key=lambda item: (item[1].get("position", 0), item[0]))
    if name in ("consent_text",):
        return [{"code": key, **row} for key, row in ordered]
    return [dict(row) for _key, row in ordered]


def _routes(rows: Rows) -> list[Row]:
    """Join the rows of one route again, one per sender."""
    joined: dict[str, Row] = {}
    for key, row in sorted(rows.items(), key=lambda item: (item[1]["position"], item[0])):
        code = key.split("/")[0]
        route = joined.setdefault(code, {"code": code, **row, "senders": []})
        route["senders"].append(row["sender"])
    return list(joined.values())


def _periods(rows: Rows) -> list[Row]:
    """Those for every finding first, then those for one."""
    return sorted(rows.values(), key=lambda row: (row["finding"], row["receiver"], row["sender"]))


def _table(kind: type, entry: Row, prefix: str) -> Iterable[str]:
    """Plain fields first, then the tables inside."""
    inner: list[str] = []
    for key, one, _rule in rules_of(kind):
        value = entry.get(one.name)
        if value in (None, "", [], {}) or value == one.default:
            continue
        if isinstance(value, list) and isinstance(value[0], Mapping):
            child: type = getattr(one.type, "__args__")[0]  # noqa: B009 – a tuple of tables
            for part in value:
                inner += ["", f"[[{prefix}.{key}]]", *_table(child, part, f"{prefix}.{key}")]
        elif isinstance(value, Mapping):
            inner += [f"[{prefix}.{key}]", *(f"{name} = {_written(text)}" for name, text in value.items())]
        else:
            yield f"{key} = {_written(value)}"
    yield from inner


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
