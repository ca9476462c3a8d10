"""Did it last? Outcome figures beside activity figures (practice.md W-34): per unit that leads, and finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.small_numbers import hide_cells
from stafette.steering.queries.overview import Picture

RESULTS = ("lasts", "partly", "ended", "unknown", "moved")
KINDS = ("after_30", "after_90", "own")


@dataclass(frozen=True)
class Lasting:
    """A line of the table: whose follow-ups, about what, after how long; None where too small to be shown."""

    unit: str
    finding: str
    kind: str
    due: int | None
    results: tuple[int | None, ...]
    open: int | None

    @property
    def answered(self) -> int | None:
        """How many were answered, where every result may be shown."""
        known = [count for count in self.results if count is not None]
        return sum(known) if len(known) == len(self.results) else None

    @property
    def share(self) -> int | None:
        """Of a hundred answered, how many lasted wholly or in part."""
        answered = self.answered
        return round(100 * ((self.results[0] or 0) + (self.results[1] or 0)) / answered) if answered else None


def lasting(*, actor: Actor, picture: Picture) -> list[Lasting]:
    """Follow-ups that fell due in the quarter: one line per unit that leads, finding and kind; last of all the sums."""
    if not actor.may(Permission.FIGURES_VIEW):
        return []
    units, findings, limits = picture.units, picture.findings, picture.limits
    zone = ZoneInfo(settings.TIME_ZONE)
    since = datetime.combine(picture.start, time(), zone)
    before = datetime.combine(min(picture.end, today()) + timedelta(days=1), time(), zone)
    with connection.cursor() as cursor:
        cursor.execute(
            "select lead_unit, finding_code, kind, sum(due)::int, sum(lasts)::int, sum(partly)::int, sum(ended)::int, "
            "sum(unknown)::int, sum(moved)::int from follow_up_results(%s, %s, %s) group by 1, 2, 3",
            [since, before, today()],
        )
        found = [row for row in cursor.fetchall() if row[3]]
    found.sort(key=lambda row: (units[row[0]].name if row[0] in units else "", row[1], KINDS.index(row[2])))
    rows = [[*row[4:], max(0, row[3] - sum(row[4:]))] for row in found]
    hidden: set[tuple[int, int]] = set()
    for limit in limits:
        hidden = hide_cells(rows, limit, hidden=hidden) if rows else hidden
    heads = [(units[u].name if u in units else "", findings.get(c, c), k) for u, c, k, *_rest in found]
    return [
        _line(head, number, row, hidden) for number, (head, row) in enumerate(zip(heads, rows, strict=True))
    ]


def _line(head: tuple[str, str, str], number: int, row: list[int], hidden: set[tuple[int, int]]) -> Lasting:
    cells = [None if (number, column) in hidden else count for column, count in enumerate([*row, sum(row)])]
    return Lasting(*head, due=cells[-1], results=tuple(cells[:5]), open=cells[5])
