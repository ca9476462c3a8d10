"""Figures of one quarter: for the whole, per receiver, per receiver and finding, per pair and finding.

Each is shown with the whole it is a part of, or not at all (kernel/small_numbers.py). A node's splits are shown
completely or hidden completely; what is hidden follows from the tree alone, from the top down, so that neither a
filter nor the workbook beside the page shows what the page hides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from stafette.kernel.clock import today
from stafette.kernel.small_numbers import carries_median, hide_family, may_split
from stafette.steering import marks
from stafette.steering.queries.reading import Leaf, Sums

REACH_DAYS = 28
Path = tuple[Any, ...]  # () the whole, (to,), (to, finding), (to, finding, from)


@dataclass(eq=False)
class Node:
    """All counts of one row of a table, and which of its splits may be shown.

    Sums and hiding are worked out when a page asks: most pages show few splits, and only some show the pairs.
    """

    path: Path
    parent: Node | None
    weeks_of_age: int
    limits: tuple[int, ...]
    own: dict[int, int] = field(default_factory=dict)
    overdue: int = 0
    lines: int = 0
    children: list[Node] = field(default_factory=list)
    _cuts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _hidden: dict[tuple[str, int], bool] = field(default_factory=dict)

    @cached_property
    def counts(self) -> dict[int, int]:
        """What was counted here, or in all lines below."""
        if not self.children:
            return self.own
        found: dict[int, int] = {}
        for child in self.children:
            for mark, count in child.counts.items():
                found[mark] = found.get(mark, 0) + count
        return found

    def of(self, mark: int) -> int:
        """How often, as it is."""
        return self.counts.get(mark, 0)

    def cut(self, split: str) -> tuple[int, ...]:
        """A whole cut into its parts, as they are; they are shown together or not at all."""
        found = self._cuts.get(split)
        if found is None:
            found = self._cuts[split] = SPLITS[split](self)
        return found

    @property
    def parts(self) -> dict[str, tuple[int, ...]]:
        """Every whole cut into its parts."""
        return {split: self.cut(split) for split in SPLITS}

    @property
    def hidden(self) -> set[str]:
        """The splits that are hidden."""
        return {split for split in SPLITS if not self.shows(split)}

    def shows(self, split: str) -> bool:
        """Tell whether this split may be shown."""
        return not self.is_hidden(split, len(self.limits) - 1)

    def is_hidden(self, split: str, step: int) -> bool:
        """Tell whether a split is hidden under the limits up to this step; none is before the first."""
        if step < 0:
            return False
        if (split, step) not in self._hidden:
            if self.parent is None:
                self._hidden[split, step] = _root_hides(self, split, step)
            else:
                _hide_below(self.parent, split, step)
        return self._hidden[split, step]

    def keeps(self, split: str, step: int, *, hidden: bool) -> None:
        """Remember what was decided."""
        self._hidden[split, step] = hidden

    def part(self, split: str, number: int) -> int | None:
        """A part of a split, or None where it is hidden."""
        return self.cut(split)[number] if self.shows(split) else None

    def whole(self, split: str) -> int | None:
        """What the parts of a split add up to, or None where it is hidden."""
        return sum(self.cut(split)) if self.shows(split) else None

    def days(self, first_mark: int, share: float) -> int | None:
        """Within how many days so many of the answers or first contacts came; None where too few carry it.

        Days tell how many were late, so they are hidden with that split.
        """
        split = "in_time" if first_mark == marks.ANSWER_DAYS else "reached"
        if not self.shows(split):
            return None
        numbers = sorted(
            (mark - first_mark, count)
            for mark, count in self.counts.items()
            if first_mark <= mark <= first_mark + marks.MOST_DAYS
        )
        total = sum(count for _day, count in numbers)
        if not carries_median(total):
            return None
        rank, seen = -(-total * share // 1), 0
        for day, count in numbers:
            seen += count
            if seen >= rank:
                return day
        return None

    def weeks_with(self, first_mark: int) -> list[int]:
        """In which weeks of the quarter something happened."""
        return [week for week in range(marks.WEEKS) if self.of(first_mark + week)]


def _weeks(node: Node, first_mark: int) -> int:
    return sum(node.of(first_mark + week) for week in range(node.weeks_of_age))


def _progress(node: Node) -> tuple[int, ...]:
    answered = node.of(marks.ANSWERED)
    return answered, node.of(marks.SENT) - answered


def _taken(node: Node) -> tuple[int, ...]:
    back = node.of(marks.DECLINED) + node.of(marks.RETURNED)
    return node.of(marks.ANSWERED) - back, back


def _reasons(node: Node) -> tuple[int, ...]:
    return tuple(node.of(mark) for mark in marks.REASONS.values())


def _reached(node: Node) -> tuple[int, ...]:
    reached = _weeks(node, marks.REACHED_IN)
    return reached, _weeks(node, marks.TAKEN_IN) - reached


def _outcomes(node: Node) -> tuple[int, ...]:
    return tuple(node.of(mark) for mark in marks.OUTCOMES.values())


SPLITS: dict[str, Callable[[Node], tuple[int, ...]]] = {
    "sent": lambda node: (node.of(marks.SENT),),
    "progress": _progress,
    "overdue": lambda node: (node.overdue, _progress(node)[1] - node.overdue),
    "in_time": lambda node: (node.of(marks.IN_TIME), node.of(marks.ANSWERED) - node.of(marks.IN_TIME)),
    "taken": _taken,
    "back": lambda node: (node.of(marks.DECLINED), node.of(marks.RETURNED)),
    "gaps": lambda node: (*_reasons(node)[:2], sum(_reasons(node)[2:])),
    "reasons": _reasons,
    "reached": _reached,
    "results": lambda node: (
        sum(_outcomes(node)[:4]),
        _outcomes(node)[4],
        sum(_outcomes(node)[5:]),
    ),
    "outcomes": _outcomes,
}
NEEDS = {
    "progress": "sent",
    "overdue": "progress",
    "in_time": "progress",
    "taken": "progress",
    "back": "taken",
    "gaps": "taken",
    "reasons": "gaps",
    "reached": "sent",
    "results": "sent",
    "outcomes": "results",
}


def quarter_tree(sums: Sums, start: date, *, least: int, stricter: tuple[int, ...] = ()) -> Node:
    """Build the tree of a quarter, which decides what is shown; `stricter` adds limits one after the other.

    What is hidden under the first limit stays hidden under the next, so that two papers with different limits,
    laid side by side, tell no more than the more open one.
    """
    overdue = sums.overdue.get(marks.quarter_number(start), {})
    age, limits = weeks_of_age(start), (least, *stricter)
    root = Node((), None, age, limits)
    known: dict[Path, Node] = {(): root}
    for leaf, counts in sorted(sums.cohorts.get(start, {}).items(), key=lambda item: _order(item[0])):
        late = overdue.get(leaf, 0)
        for depth in range(4):
            path = leaf[:depth]
            node = known.get(path)
            if node is None:
                node = known[path] = Node(path, known[path[:-1]], age, limits)
                known[path[:-1]].children.append(node)
            node.overdue += late
            node.lines += 1
        known[leaf].own = counts
    return root


def _order(leaf: Leaf) -> tuple[str, str, str]:
    return str(leaf[0]), leaf[1], str(leaf[2])


def weeks_of_age(start: date) -> int:
    """How many weeks of the quarter lie wholly so far back that a first contact within 28 days can be judged."""
    days = (today() - timedelta(days=REACH_DAYS) - start).days
    return max(0, min(marks.WEEKS, days // 7))


def _all_are_ones(node: Node) -> bool:
    """A node of which every line counts one would tell so by its sum."""
    return bool(node.children) and node.of(marks.SENT) == node.lines


def _root_hides(root: Node, split: str, step: int) -> bool:
    if root.is_hidden(split, step - 1) or (split == "sent" and root.of(marks.SENT) == root.lines):
        return True
    need = NEEDS.get(split)
    return bool(need and root.is_hidden(need, step)) or not may_split(root.cut(split), root.limits[step])


def _hide_below(node: Node, split: str, step: int) -> None:
    """Decide for one split of all children of a node, after the node itself and what the split needs.

    It asks only upwards and for what stands before it in NEEDS; so it makes no difference in which order pages ask.
    """
    need, children = NEEDS.get(split), node.children
    hides = node.is_hidden(split, step)
    anyway = {
        number
        for number, child in enumerate(children)
        if (hides and node.path)
        or child.is_hidden(split, step - 1)
        or (need is not None and child.is_hidden(need, step))
        or (split == "sent" and _all_are_ones(child))
    }
    parts = [child.cut(split) for child in children]
    lines = [child.lines for child in children] if split == "sent" else None
    found = hide_family(parts, node.limits[step], sum_is_shown=not hides, hidden=anyway, at_least=lines)
    for number, child in enumerate(children):
        child.keeps(split, step, hidden=number in found)


def nodes(root: Node, depth: int) -> Iterator[Node]:
    """The nodes at one depth: 1 receivers, 2 receivers and findings, 3 pairs and findings."""
    if depth == 0:
        yield root
        return
    for child in root.children:
        yield from nodes(child, depth - 1)
