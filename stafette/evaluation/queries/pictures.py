"""What is counted for a choice of units and a period: inside exactly, for papers that leave the house protected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from stafette.evaluation.periods import QUARTER, Period, starting
from stafette.evaluation.protecting import Cell, Counts, Piece, Sums, add_up, exact, protect
from stafette.evaluation.queries.reading import CountedUnit, added, lists_used, sums, totals
from stafette.evaluation.topic_groups import Group, Node, UsedList, describe, mapping, tie
from stafette.intake.models import TopicList
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today

DEFINITION = 1  # raise it whenever what is counted, or how, changes; it stands on every table


@dataclass(frozen=True)
class Picture:
    """Counts of a period with all that a table must say about itself (W-04)."""

    period: Period
    units: Sequence[CountedUnit]
    counts: Counts
    lists: Sequence[UsedList]
    topics: dict[str, str]
    is_published: bool = False

    @property
    def counted(self) -> Period:
        """The part of the period in which somebody counted: what "per week" is divided by."""
        return counting(self.units, self.period)

    @property
    def total(self) -> int:
        """Contacts that are shown, at least."""
        return self.counts.total.known

    @property
    def is_running(self) -> bool:
        """Whether the period was cut because it has not ended."""
        return self.period.until == today()


@dataclass(frozen=True)
class Step:
    """One quarter or month of a longer period."""

    period: Period
    counted: Period
    total: Cell


def counting(units: Sequence[CountedUnit], period: Period) -> Period:
    """The period without the days before the first contact of these units, and without those to come."""
    period = period.cut(today())
    begun = min((unit.first_on for unit in units), default=period.since)
    return replace(period, since=min(max(period.since, begun), period.until))


def picture(*, actor: Actor, units: Sequence[CountedUnit], period: Period) -> Picture:
    """Exact counts of the period up to today, for those who may see the numbers of these units."""
    period = period.cut(today())
    lists = _lists(_used(actor, units, period))
    groups = tie(lists)
    found = _read(actor, units, period, groups)
    return Picture(period, units, exact(found), lists, _labels(lists, groups))


def published_picture(*, actor: Actor, units: Sequence[CountedUnit], period: Period) -> Picture:
    """What may be published of a period of whole quarters, made of the published pieces only."""
    lists = _lists(_used(actor, units, period))
    groups = tie(lists, split=False)
    pieces = _pieces(actor, units, period, groups)
    counts = add_up(piece for one in pieces.values() for piece in one)
    return Picture(period, units, counts, lists, _labels(lists, groups), is_published=True)


def steps(*, actor: Actor, units: Sequence[CountedUnit], period: Period, grain: str) -> list[Step]:
    """How many contacts month by month or quarter by quarter, exactly; parts without any are there too."""
    period = period.cut(today())
    rows = totals(
        actor=actor, units=_ids(units), since=period.since, until=period.until, grain=_GRAINS[grain]
    )
    found, here = [], starting(grain, period.since)
    while here.since <= period.until:
        found.append(Step(here, counting(units, here), Cell(sum(rows.get(here.since, ())))))
        here = starting(grain, here.until + timedelta(days=1))
    return found


def published_steps(*, actor: Actor, units: Sequence[CountedUnit], period: Period) -> list[Step]:
    """The same per quarter from published pieces."""
    rows = totals(actor=actor, units=_ids(units), since=period.since, until=period.until, grain="quarter")
    return [
        Step(
            quarter,
            counting(units, quarter),
            add_up(protect({"contacts": {"": one}}) for one in rows.get(quarter.since, ())).total,
        )
        for quarter in period.quarters()
    ]


def last_publishable() -> Period:
    """The last quarter that has ended: one that runs would be published twice with different numbers."""
    return starting(QUARTER, today()).before()


@dataclass(frozen=True)
class Comparison:
    """Two periods and the topics that both could count."""

    now: Picture
    before: Picture
    groups: Sequence[Group]


def comparison(*, actor: Actor, units: Sequence[CountedUnit], period: Period, earlier: Period) -> Comparison:
    """Two periods beside each other; topics are tied across the versions of their list (W-72)."""
    whole = period.days
    period = period.cut(today())
    if period.days < whole:
        earlier = earlier.first_days(period.days)
    used = {
        one.since: _used(actor, units, one) for one in (period, earlier)
    }  # which lists each of them counted with
    lists = _lists(used[period.since] | used[earlier.since])
    groups = tie(lists)
    labels = _labels(lists, groups)
    now, before = (
        Picture(one, units, exact(_read(actor, units, one, groups)), lists, labels)
        for one in (period, earlier)
    )
    changed = describe(lists, groups, before=used[earlier.since], after=used[period.since])
    return Comparison(now, before, changed)


_GRAINS = {"monat": "month", "quartal": "quarter"}


def _ids(units: Iterable[CountedUnit]) -> list[UUID]:
    return [unit.id for unit in units]


def _read(
    actor: Actor, units: Sequence[CountedUnit], period: Period, groups: dict[Node, str] | None = None
) -> Sums:
    rows = sums(
        actor=actor, units=_ids(units), since=period.since, until=period.until, groups=mapping(groups or {})
    )
    return added(rows.values())


def _pieces(
    actor: Actor, units: Sequence[CountedUnit], period: Period, groups: dict[Node, str]
) -> dict[str, list[Piece]]:
    """The published pieces by quarter. A unit before its first and after its last contact counted nothing."""
    rows = sums(
        actor=actor, units=_ids(units), since=period.since, until=period.until, grain="quarter",
        groups=mapping(groups),
    )  # fmt: skip
    found: dict[str, list[Piece]] = {}
    for (_unit, start), one in rows.items():
        found.setdefault(starting(QUARTER, start).code, []).append(protect(one))
    return found


def _used(actor: Actor, units: Sequence[CountedUnit], period: Period) -> set[UUID]:
    return lists_used(actor=actor, units=_ids(units), since=period.since, until=period.until)


def _lists(used: set[UUID]) -> list[UsedList]:
    """The lists in use and every version between them: what became of a topic is told from one to the next."""
    known = [UsedList(one.pk, one.read()) for one in TopicList.objects.order_by("code", "version")]
    spans: dict[str, list[int]] = {}
    for one in known:
        if one.id in used:
            spans.setdefault(one.definition.code, []).append(one.definition.version)
    return [
        one
        for one in known
        if one.definition.code in spans
        and min(spans[one.definition.code]) <= one.definition.version <= max(spans[one.definition.code])
    ]


def _labels(lists: Sequence[UsedList], groups: dict[Node, str]) -> dict[str, str]:
    everything = {one.id for one in lists}
    return {group.key: group.label for group in describe(lists, groups, before=everything, after=everything)}
