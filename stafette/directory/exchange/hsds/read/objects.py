"""One object of HSDS, and every detail inside it, as values of ours.

What does not fit a field of ours stays in `extra`, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields as fields_of
from typing import Any
from uuid import UUID

from stafette.directory.exchange.hsds.kinds import Kind, kind
from stafette.directory.exchange.hsds.read.details import SPECIAL
from stafette.directory.exchange.hsds.terms import made_id, sorted_out
from stafette.directory.exchange.hsds.write import languages, means

Object = dict[str, Any]
NECESSARY = {
    "phone": ("number",),
    "required_document": ("document",),
    "funding": ("source",),
    "service_area": ("name",),
    "service_capacity": ("available", "updated_at"),
}


class Objects:
    """Reads objects; `location_code` tells which place of ours an identifier means, or nothing.

    An identifier counts once: the second object of a kind that has it becomes a new one.
    """

    def __init__(self, location_code: Callable[[str], str]) -> None:
        self.location_code = location_code
        self.seen: set[tuple[str, UUID]] = set()

    def values(self, raw: Object, kind: Kind) -> Object:
        """The fields of one object; `_own` are its values that HSDS has no field for."""
        extra = {name: value for name, value in raw.items() if value is not None}
        values: Object = {"extra": extra, "id": self._identify(kind.thing.name, extra)}
        own, foreign = sorted_out(extra.pop("attributes", None))
        if foreign:
            extra["attributes"] = foreign
        for mapped in kind.fields:
            if mapped.theirs not in extra:
                continue
            said = extra[mapped.theirs]
            value = values[mapped.ours] = means(said, mapped.codec, mapped.empty)
            is_nothing = said == "" and value == mapped.empty
            if is_nothing or (value is not None and value != "" and mapped.codec.write(value) == said):
                del extra[mapped.theirs]
        values["_own"] = {code: value for code, value in own.get("fields", []) if value is not None}
        for mapped in kind.own:
            if mapped.ours in values["_own"]:
                values[mapped.ours] = means(values["_own"][mapped.ours], mapped.codec, mapped.empty)
        for ours, taxonomy in kind.classes.items():
            if codes := [code for code, _value in own.get(taxonomy, [])]:
                values[ours] = _class(kind, ours, codes)
        self._read_lists(values, kind)
        return values

    def _read_lists(self, values: Object, kind: Kind) -> None:
        extra, owner = values["extra"], str(values["extra"].get("id") or values["id"])
        if kind.has_languages and isinstance(extra.get("languages"), list):
            raw = extra.pop("languages")
            codes = [str(one["code"]).lower()[:8] for one in raw if isinstance(one, dict) and one.get("code")]
            values["languages"] = tuple(dict.fromkeys(codes))
            if raw != languages(values["languages"], owner):
                extra["languages"] = raw
        for ours, (theirs, inner) in kind.rows.items():
            raw = extra.pop(theirs, None)
            if not isinstance(raw, list):
                if raw is not None:
                    extra[theirs] = raw
                continue
            rows = [self._row(one, inner) for one in raw]
            values[ours] = tuple(row for row in rows if row is not None)
            if unread := [one for one, row in zip(raw, rows, strict=True) if row is None]:
                extra[theirs] = unread

    def _row(self, raw: Any, name: str) -> Any:
        """One detail, or None where it cannot be one of ours; then it stays as it came."""
        if not isinstance(raw, dict):
            return None
        if name == "service_at_location" and not self.location_code(str(raw.get("location_id") or "")):
            return None
        values = self.values(raw, kind(name))
        if any(values.get(needed) in (None, "") for needed in NECESSARY.get(name, ())):
            self.seen.discard((name, values["id"]))
            return None
        if name == "service_at_location":
            self._read_place(values)
        if name in SPECIAL:
            SPECIAL[name](raw, values)
        return kind(name).data(**clean(values))

    def _read_place(self, values: Object) -> None:
        """Which place it is; the two references follow from where it stands."""
        values["location"] = self.location_code(str(values["extra"].pop("location_id")))
        values["extra"].pop("service_id", None)

    def _identify(self, name: str, extra: Object) -> UUID | None:
        said = extra.get("id")
        if said is None:
            return None
        found = uuid_of(name, str(said))
        if (name, found) in self.seen:
            return None
        self.seen.add((name, found))
        if str(found) == said:
            del extra["id"]
        return found


def uuid_of(name: str, said: str) -> UUID:
    """The identifier as a UUID; one that is none becomes always the same one."""
    try:
        return UUID(said)
    except ValueError:
        return UUID(made_id("foreign", name, said))


def clean(values: Object) -> Object:
    """The values that a field of ours has."""
    return {name: value for name, value in values.items() if name != "_own"}


def _class(kind: Kind, ours: str, codes: list[str]) -> Any:
    default = next(one for one in fields_of(kind.data) if one.name == ours).default
    if not isinstance(default, tuple):
        return codes[0]
    return tuple(int(code) for code in codes if code.isdigit()) if ours == "statuses" else tuple(codes)
