"""Which supervisory authority answers for a Land: rules/supervision.toml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from stafette.kernel.clock import today
from stafette.kernel.rules.dated import Dated, pick, read_dated, read_land
from stafette.kernel.rules.table import RULES, open_rules


class Supervisor:
    """The authority of a Land with validity and source."""

    def __init__(self, land: str, name: str, head: Dated) -> None:
        self.land, self.name, self.head = land, name, head


@cache
def supervisors(folder: Path = RULES) -> tuple[Supervisor, ...]:
    """Read `rules/supervision.toml` once."""
    file = open_rules("supervision", folder)
    found = []
    for entry in file.tables("authority"):
        land, name = read_land(entry), entry.text("name")
        found.append(Supervisor(land, name, read_dated(entry)))
        entry.done()
    file.done()
    return tuple(found)


def authority_of(land: str) -> str:
    """The name of the authority that holds for a Land today."""
    return pick(supervisors(), land, today()).name
