"""Counts and times for the coordination office: from one function of the database's owner, never from rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from stafette.accounts.models import Unit
from stafette.accounts.queries import finding_labels
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission

SMALLEST = 5
COUNTS = (
    *("sent", "answered", "in_time", "late", "accepted", "declined", "no_capacity", "not_responsible"),
    *("other_reason", "open", "reached", "reached_in_28_days"),
)


@dataclass(frozen=True)
class Pair:
    """What went from one unit to another for one finding. Counts from one to four are shown as „<5“."""

    sender: str
    receiver: str
    finding: str
    counts: dict[str, int]
    median_days: float | None
    slow_days: float | None

    def shown(self, name: str) -> str:
        """Return a count as it may be published (domain.md 7.1)."""
        return small(self.counts[name])

    @property
    def median(self) -> str:
        """Median of days until the answer, where enough answers carry it."""
        return self._days(self.median_days)

    @property
    def slow(self) -> str:
        """Nine in ten answers came within so many days."""
        return self._days(self.slow_days)

    def _days(self, days: float | None) -> str:
        return "–" if days is None or self.counts["answered"] < SMALLEST else f"{days:.1f}".replace(".", ",")


def small(count: int) -> str:
    """Protect small numbers: whoever knows the town could tell who they are."""
    return f"<{SMALLEST}" if 0 < count < SMALLEST else str(count)


def pairs(*, actor: Actor, since: date, until: date) -> list[Pair]:
    """Counts per pair of units and finding of what was sent within these days, the busiest first.

    The function in the database counts for units in which the actor holds figures_view and returns no row about
    anybody. Nothing for an actor without that permission.
    """
    if not actor.may(Permission.FIGURES_VIEW):
        return []
    zone = ZoneInfo(settings.TIME_ZONE)
    begin = datetime.combine(since, time(), zone)
    end = datetime.combine(until + timedelta(days=1), time(), zone)
    with connection.cursor() as cursor:
        cursor.execute("select * from referral_pairs(%s, %s, %s)", [begin, end, today()])
        rows = cursor.fetchall()
    names = dict(Unit.objects.values_list("pk", "short_name"))
    labels = finding_labels()
    found = [_pair(row, names, labels) for row in rows]
    return sorted(found, key=lambda pair: (-pair.counts["sent"], pair.sender, pair.receiver, pair.finding))


def _pair(row: tuple[object, ...], names: dict[UUID, str], labels: dict[str, str]) -> Pair:
    sender, receiver, code, *values = row
    counts, (median, slow) = values[: len(COUNTS)], values[len(COUNTS) :]
    return Pair(
        sender=names.get(sender, ""),  # type: ignore[call-overload]
        receiver=names.get(receiver, ""),  # type: ignore[call-overload]
        finding=labels.get(str(code), str(code)),
        counts=dict(zip(COUNTS, counts, strict=True)),  # type: ignore[arg-type]
        median_days=median,  # type: ignore[arg-type]
        slow_days=slow,  # type: ignore[arg-type]
    )
