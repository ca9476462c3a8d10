"""What a detail of HSDS says in another way than ours: places, extensions, days off, what is counted, addresses."""

from __future__ import annotations

import json
from typing import Any

from stafette.directory import data as d
from stafette.directory.exchange.hsds.kinds import address_fields
from stafette.directory.exchange.hsds.terms import made_id
from stafette.directory.exchange.hsds.write import exceptions_text, means
from stafette.directory.plain import from_plain

Object = dict[str, Any]


def read_phone(raw: Object, values: Object) -> None:
    """The extension is a number there and a text here."""
    said = values["extra"].get("extension")
    if isinstance(said, int) and not isinstance(said, bool):
        values["extension"] = str(said)
        del values["extra"]["extension"]
    elif "extension" in values["_own"]:
        values["extension"] = str(values["_own"]["extension"])[:20]


def read_schedule(raw: Object, values: Object) -> None:
    """Days off come as an attribute; hours that go over midnight stay as they came."""
    if "exceptions" in values["_own"]:
        try:
            said = json.loads(values["_own"]["exceptions"])
            values["exceptions"] = tuple(from_plain(d.ExceptionData, one) for one in said)
        except (ValueError, TypeError, AttributeError):
            values["extra"]["attributes"] = raw["attributes"]
            return
        row = d.ScheduleData(exceptions=values["exceptions"])
        if values["extra"].get("notes") == exceptions_text(row):
            del values["extra"]["notes"]
    opens, closes = values.get("opens_at"), values.get("closes_at")
    if opens is not None and closes is not None and closes <= opens:
        put_aside(values, raw, "opens_at", "closes_at")


def read_capacity(raw: Object, values: Object) -> None:
    """What is counted comes as an object of its own."""
    said = values["extra"].get("unit")
    name = str(said.get("name") or "")[:100] if isinstance(said, dict) else ""
    values["unit"] = name or "Plätze"
    if said == {"id": made_id("unit", name), "name": name}:
        del values["extra"]["unit"]
    most = values.get("maximum")
    if most is not None and most < values["available"]:
        put_aside(values, raw, "maximum")


def read_address(values: Object) -> None:
    """The first address of a place; further ones stay as they came."""
    extra = values["extra"]
    raw = extra.pop("addresses", None)
    if not isinstance(raw, list) or not raw or not isinstance(raw[0], dict):
        if raw:
            extra["addresses"] = raw
        return
    first, rest = {name: value for name, value in raw[0].items() if value is not None}, raw[1:]
    if rest:
        extra["addresses"] = rest
    for mapped in address_fields():
        if mapped.theirs in first:
            said = first[mapped.theirs]
            values[mapped.ours] = means(said, mapped.codec, mapped.empty)
            if values[mapped.ours] == said:
                del first[mapped.theirs]
    owner = str(extra.get("id") or values["id"])
    usual = {"id": made_id("address", owner), "address_type": _usual_type(values)}
    if any(first.get(name) != value for name, value in usual.items()) or set(first) - set(usual):
        extra["address"] = first


def _usual_type(values: Object) -> str:
    return "postal" if values.get("kind") == "postal" else "physical"


def put_aside(values: Object, raw: Object, *names: str) -> None:
    """Keep values apart that contradict each other; our tables would not take them."""
    unfit = values["extra"].setdefault("unfit", {})
    for name in names:
        if raw.get(name) is not None:
            unfit[name] = raw[name]
        values["extra"].pop(name, None)
        values[name] = None


SPECIAL: dict[str, Any] = {
    "phone": read_phone,
    "schedule": read_schedule,
    "service_capacity": read_capacity,
}
