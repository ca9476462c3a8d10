"""What of this room is a dated value and no constant: rules/keys.toml."""

from dataclasses import dataclass
from functools import cache

from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import open_rules


@dataclass(frozen=True)
class KeptForBackups:
    """So many days a retired key stays, because a backup of the database may still need it."""

    days: int
    head: Dated


@cache
def kept_for_backups() -> KeptForBackups:
    """Read how long it is; it follows from how long the town keeps its backups."""
    table = open_rules("keys").table("kept_for_backups")
    found = KeptForBackups(table.count("days"), read_dated(table))
    table.done()
    return found
