"""What counts how much in the order of what was found: `rules/ranking.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import Table, open_rules

FITS = (
    *("need", "topic", "words", "language", "interpreters", "target_group", "status", "age", "open_now"),
    *("near", "accessible", "free", "accepted"),
)
FALLS = (
    *("closed", "full", "waiting", "stale", "other_group", "other_status", "other_age", "at_capacity"),
    *("not_resp", "link", "phone"),
)


@dataclass(frozen=True)
class Weights:
    """Points by name, how many days a signal counts, and the distance in kilometres that halves nearness."""

    head: Dated
    fits: dict[str, int]
    falls: dict[str, int]
    signal_days: int
    near_km: float


@cache
def weights() -> Weights:
    """Read the file once; a missing or mistyped name is refused."""
    table = open_rules("ranking")
    inner = table.table("ranking")
    head, days, near = read_dated(inner), inner.count("signal_days"), float(inner.number("near_km"))
    inner.done()
    fits, falls = _points(table.table("fits"), FITS), _points(table.table("falls"), FALLS)
    table.done()
    return Weights(head, fits, falls, days, near)


def _points(table: Table, names: tuple[str, ...]) -> dict[str, int]:
    points = {name: table.count(name) for name in names}
    table.done()
    return points
