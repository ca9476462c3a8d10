"""Week by week: what was sent, answered, reached, and how much lay open at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stafette.kernel.clock import today
from stafette.kernel.small_numbers import hide_family, is_publishable, may_split
from stafette.steering import marks
from stafette.steering.queries.figures import Node
from stafette.steering.queries.reading import Sums


@dataclass(frozen=True)
class Week:
    """A week; None where the number is too small to be shown."""

    monday: date
    sent: int | None
    in_time: int | None
    late: int | None
    declined: int | None
    reached: int | None
    open_at_end: int | None

    @property
    def answered(self) -> int | None:
        """How many answers came, late ones included."""
        return None if self.in_time is None or self.late is None else self.in_time + self.late

    @property
    def label(self) -> str:
        """The number of the week."""
        return f"{self.monday.isocalendar().week}"

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


def weeks_of(sums: Sums, quarters: list[tuple[date, Node]], *, limits: tuple[int, ...]) -> list[Week]:
    """The weeks of these quarters, oldest first, up to the present one.

    The weeks' sent add up to the quarter's: where one is hidden, so is another.
    """
    last = marks.monday(today())
    found = []
    open_at_end = _open_at_ends(sums, last)
    for start, root in quarters:
        mondays = [start + timedelta(weeks=n) for n in range(marks.WEEKS)]
        mondays = [monday for monday in mondays if monday <= min(last, marks.quarter_end(start))]
        rows = [sums.weeks.get(monday, {}) for monday in mondays]
        hidden: set[int] = set()
        for limit in limits:
            sent = [(row.get(marks.FLOW_SENT, 0),) for row in rows]
            hidden = hide_family(sent, limit, sum_is_shown=root.shows("sent"), hidden=hidden)
        for number, (monday, row) in enumerate(zip(mondays, rows, strict=True)):
            found.append(_week(monday, row, number in hidden, open_at_end.get(monday, 0), max(limits)))
    return found


def _week(monday: date, row: dict[int, int], hides_sent: bool, open_at_end: int, least: int) -> Week:
    def one(count: int) -> int | None:
        return count if is_publishable(count, least) else None

    in_time, late = row.get(marks.FLOW_IN_TIME, 0), row.get(marks.FLOW_LATE, 0)
    both = may_split((in_time, late), least)
    return Week(
        monday=monday,
        sent=None if hides_sent else row.get(marks.FLOW_SENT, 0),
        in_time=in_time if both else None,
        late=late if both else None,
        declined=one(row.get(marks.FLOW_DECLINED, 0)),
        reached=one(row.get(marks.FLOW_REACHED, 0)),
        open_at_end=one(open_at_end),
    )


def _open_at_ends(sums: Sums, last: date) -> dict[date, int]:
    """From what is open now back to the end of each week: less what was sent since, plus what ended since."""
    count, found, monday = sums.open_now, {}, last
    first = min(sums.weeks, default=last)
    while monday >= first:
        found[monday] = count
        row = sums.weeks.get(monday, {})
        count += row.get(marks.FLOW_ENDED, 0) - row.get(marks.FLOW_SENT, 0)
        monday -= timedelta(weeks=1)
    return found
