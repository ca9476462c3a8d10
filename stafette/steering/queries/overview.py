"""All that a page about one quarter needs, read in one go."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from stafette.accounts.queries import finding_labels
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.small_numbers import INSIDE, OUTSIDE
from stafette.steering import marks
from stafette.steering.queries.figures import Node, quarter_tree
from stafette.steering.queries.gaps import Gap, gaps_of
from stafette.steering.queries.load import UnitLoad, loads_of
from stafette.steering.queries.names import UnitName, unit_names
from stafette.steering.queries.reading import Sums, read
from stafette.steering.queries.weeks import Week, weeks_of

YEARS_BACK = 3
Made = TypeVar("Made")


@dataclass
class Picture:
    """A quarter and the one before, protected; each table is made when a page asks for it.

    It is kept as long as nothing in it changes, and handed to everybody who may see exactly the same units.
    """

    start: date
    limits: tuple[int, ...]
    sums: Sums
    units: dict[UUID, UnitName]
    findings: dict[str, str]
    made: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """Make something of these figures, or return what was made of them before."""
        if what not in self.made:
            self.made[what] = make()
        found: Made = self.made[what]
        return found

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


MOST_KEPT = 24
_kept: OrderedDict[Hashable, tuple[int, Hashable, Picture]] = OrderedDict()
_keeping = Lock()


def picture(*, actor: Actor, start: date, for_outside: bool = False) -> Picture:
    """Everything about a quarter, as of now. For a paper that leaves the house the stricter limit comes on top.

    The same sums, names and day give the same picture: then it comes from the memory of this process. Only those
    who may see exactly the same units share one, and the database is asked each time whether they still may. Stamps
    are given per database: a copy of it goes on counting where the original stood.
    """
    units, findings = unit_names(), finding_labels()
    database = connection.settings_dict["NAME"]
    whose = (database, actor.units(Permission.FIGURES_VIEW), start, for_outside)
    rest = (today(), frozenset(units.items()), frozenset(findings.items()))
    known = _kept.get(whose)
    if known and known[1] != rest:
        known = None
    since = marks.quarter_before(start)
    stamp, sums = read(
        actor=actor, quarters=[start, since], weeks_since=since, known=known[0] if known else None
    )
    if sums is None and known:
        return known[2]
    made = Picture(start, (INSIDE, OUTSIDE) if for_outside else (INSIDE,), sums or Sums(), units, findings)
    if stamp is not None:
        _keep(whose, (stamp, rest, made))
    return made


def _keep(whose: Hashable, what: tuple[int, Hashable, Picture]) -> None:
    with _keeping:
        _kept[whose] = what
        _kept.move_to_end(whose)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def quarters_to_choose(count: int = 4 * YEARS_BACK) -> list[date]:
    """The present quarter and those before, latest first."""
    found = [marks.quarter_of(today())]
    while len(found) < count:
        found.append(marks.quarter_before(found[-1]))
    return found
