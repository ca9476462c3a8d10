"""All that a page about one quarter needs, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from stafette.accounts.queries import finding_labels
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.small_numbers import INSIDE, OUTSIDE
from stafette.steering import marks
from stafette.steering.queries.figures import Node, quarter_tree
from stafette.steering.queries.gaps import Gap, gaps_of
from stafette.steering.queries.lasting import Lasting, lasting
from stafette.steering.queries.load import UnitLoad, loads_of
from stafette.steering.queries.names import UnitName, unit_names
from stafette.steering.queries.reading import Sums, read
from stafette.steering.queries.weeks import Week, weeks_of

YEARS_BACK = 3


@dataclass
class Picture:
    """A quarter and the one before, protected; each table is made when a page asks for it."""

    actor: Actor
    start: date
    limits: tuple[int, ...]
    sums: Sums
    units: dict[UUID, UnitName]
    findings: dict[str, str]

    @property
    def end(self) -> date:
        """The last day of the quarter."""
        return marks.quarter_end(self.start)

    @property
    def before_start(self) -> date:
        """The first day of the quarter before."""
        return marks.quarter_before(self.start)

    @property
    def before_end(self) -> date:
        """The last day of the quarter before."""
        return self.start - timedelta(days=1)

    @property
    def least(self) -> int:
        """From which number on a count is shown."""
        return max(self.limits)

    @cached_property
    def root(self) -> Node:
        """The tree of the quarter."""
        return quarter_tree(self.sums, self.start, least=self.limits[0], stricter=self.limits[1:])

    @cached_property
    def before(self) -> Node:
        """The tree of the quarter before."""
        return quarter_tree(self.sums, self.before_start, least=self.limits[0], stricter=self.limits[1:])

    @cached_property
    def weeks(self) -> list[Week]:
        """The weeks of both quarters."""
        both = [(self.before_start, self.before), (self.start, self.root)]
        return weeks_of(self.sums, both, limits=self.limits)

    @cached_property
    def loads(self) -> list[UnitLoad]:
        """What lies open now."""
        return loads_of(self.sums, self.units, limits=self.limits)

    @cached_property
    def gaps(self) -> list[Gap]:
        """Where it fails for lack of capacity or responsibility."""
        return gaps_of(self.root, self.before, self.start, self.units, self.findings)

    @cached_property
    def lasting(self) -> list[Lasting]:
        """Whether it lasted."""
        return lasting(
            actor=self.actor, start=self.start, end=self.end, units=self.units, findings=self.findings,
            limits=self.limits,
        )  # fmt: skip


def picture(*, actor: Actor, start: date, for_outside: bool = False, with_days: bool = True) -> Picture:
    """Read everything about a quarter. For a paper that leaves the house the stricter limit comes on top."""
    since = marks.quarter_before(start)
    return Picture(
        actor=actor,
        start=start,
        limits=(INSIDE, OUTSIDE) if for_outside else (INSIDE,),
        sums=read(actor=actor, quarters=[start, since], with_days=with_days, weeks_since=since),
        units=unit_names(),
        findings=finding_labels(),
    )


def quarters_to_choose(count: int = 4 * YEARS_BACK) -> list[date]:
    """The present quarter and those before, latest first."""
    found = [marks.quarter_of(today())]
    while len(found) < count:
        found.append(marks.quarter_before(found[-1]))
    return found
