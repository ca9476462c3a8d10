"""Structural gaps: where a unit says "no capacity" or "not responsible" again and again (H2, H4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.steering import marks
from stafette.steering.queries.figures import Node, nodes
from stafette.steering.queries.names import UnitName

REASONS = {0: ("no_capacity", marks.NO_CAPACITY_IN), 1: ("not_responsible", marks.NOT_RESPONSIBLE_IN)}


@dataclass(frozen=True)
class Gap:
    """How often, in how many weeks, and how much of what was sent.

    Weeks are left out where each had one only: then they would be small numbers themselves. `before` is None where
    the number of the quarter before is hidden.
    """

    unit: UnitName
    finding: str
    reason: str
    count: int
    sent: int | None
    weeks: int | None = None
    first_week: date | None = None
    last_week: date | None = None
    before: int | None = None

    @property
    def share(self) -> int | None:
        """Of a hundred that were sent, how many came back for this reason."""
        return round(100 * self.count / self.sent) if self.sent else None

    @property
    def last_day(self) -> date | None:
        """The Sunday of the last week."""
        return self.last_week + timedelta(days=6) if self.last_week else None


def gaps_of(
    root: Node, before: Node, start: date, units: dict[UUID, UnitName], findings: dict[str, str]
) -> list[Gap]:
    """Gaps per receiver, finding and reason, the largest first; numbers too small to be shown are no evidence yet."""
    earlier = {node.path: node for depth in (1, 2) for node in nodes(before, depth)}
    found = [
        _gap(node, earlier.get(node.path), number, start, units, findings)
        for receiver in root.children
        for node in _finest(receiver)
        for number in REASONS
        if node.path[0] in units and node.shows("gaps") and node.cut("gaps")[number]
    ]
    return sorted(found, key=lambda gap: (-gap.count, gap.unit.name, gap.finding))


def _finest(receiver: Node) -> list[Node]:
    """Per finding where that may be shown for any, else the receiver as a whole."""
    shown = [node for node in receiver.children if node.shows("gaps") and any(node.cut("gaps")[:2])]
    return shown or [receiver]


def _gap(
    node: Node,
    earlier: Node | None,
    number: int,
    start: date,
    units: dict[UUID, UnitName],
    findings: dict[str, str],
) -> Gap:
    unit = units[node.path[0]]
    code = str(node.path[1]) if len(node.path) > 1 else ""
    finding = findings.get(code, code) if code else _("alle Feststellungen")
    reason, first_mark = REASONS[number]
    count = node.cut("gaps")[number]
    weeks = [start + timedelta(weeks=week) for week in node.weeks_with(first_mark)]
    tells = count > len(weeks)
    return Gap(
        unit,
        finding,
        reason,
        count,
        node.part("sent", 0),
        weeks=len(weeks) if tells else None,
        first_week=weeks[0] if tells else None,
        last_week=weeks[-1] if tells else None,
        before=earlier.part("gaps", number) if earlier else 0,
    )
