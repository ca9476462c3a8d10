"""XZuFi read into entries: services of the administration, the offices that are responsible, and their addresses.

Names are matched without their namespace. What has no place with us (deadlines, legal bases, forms) stays as text in
`extra["xzufi"]` and goes out again with the export.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from stafette.directory.exchange.hsds.read import Entry
from stafette.directory.exchange.problems import Problem
from stafette.directory.exchange.xzufi.read.elements import all_of, parsed, plain
from stafette.directory.exchange.xzufi.read.offices import Office, assignments, office
from stafette.directory.exchange.xzufi.read.services import KEPT, MODULES, service

__all__ = ["KEPT", "MODULES", "entries", "parsed", "plain"]


def entries(content: bytes, *, known: Mapping[str, Mapping[str, str]], provider: str = "") -> list[Entry]:
    """All entries of a file; `known` gives the code that an identifier has here already."""
    root = parsed(content)
    offices = [office(one, known) for one in all_of(root, "organisationseinheit")]
    found = [_entry("organization", one.name, one.data) for one in offices]
    found += [_entry("location", place.name, place) for one in offices for place in one.places]
    by_service: dict[str, list[Office]] = {}
    assigned = assignments(root)
    for each in offices:
        for identifier in dict.fromkeys([*each.services, *assigned.get(each.id, ())]):
            by_service.setdefault(identifier, []).append(each)
    for one in all_of(root, "leistung"):
        found.append(service(one, by_service, known, provider))
    return found


def _entry(kind: str, name: str, data: Any) -> Entry:
    problems = () if name or kind == "location" else (Problem("name", _("Der Name fehlt.")),)
    return Entry(kind, name or data.code, data.code, data, problems)
