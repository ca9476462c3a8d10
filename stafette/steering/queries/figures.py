"""Figures of one quarter: for the whole, per receiver, per receiver and finding, per pair and finding.

Each is shown with the whole it is a part of, or not at all (kernel/small_numbers.py). A node's splits are shown
completely or hidden completely; who hides is decided for the whole tree, from the top, so that neither a filter
nor the workbook beside the page shows what the page hides.
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


@dataclass
class Node:
    """All counts of one row of a table, and which of its splits may be shown."""

    path: Path
    counts: dict[int, int] = field(default_factory=dict)
    overdue: int = 0
    lines: int = 0
    weeks_of_age: int = marks.WEEKS
    children: list[Node] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def add(self, counts: dict[int, int], overdue: int) -> None:
        """Add what a leaf below counted."""
        mine = self.counts
        for mark, count in counts.items():
            mine[mark] = mine.get(mark, 0) + count
        self.overdue += overdue
        self.lines += 1

    def of(self, mark: int) -> int:
        """How often, as it is."""
        return self.counts.get(mark, 0)

    @cached_property
    def parts(self) -> dict[str, tuple[int, ...]]:
        """Each whole cut into its parts; this is what is shown or hidden."""
        return {name: cut(self) for name, cut in SPLITS.items()}

    def shows(self, split: str) -> bool:
        """Tell whether this split may be shown."""
        return split not in self.hidden

    def part(self, split: str, number: int) -> int | None:
        """A part of a split, or None where it is hidden."""
        return self.parts[split][number] if self.shows(split) else None

    def whole(self, split: str) -> int | None:
        """What the parts of a split add up to, or None where it is hidden."""
        return sum(self.parts[split]) if self.shows(split) else None

    def days(self, first_mark: int, share: float) -> int | None:
        """Within how many days so many of the answers or first contacts came; None where too few carry it.

        Days tell how many were late, so they are hidden with that split.
        """
        split = "in_time" if first_mark == marks.ANSWER_DAYS else "reached"
        numbers = sorted(
            (mark - first_mark, count)
            for mark, count in self.counts.items()
            if first_mark <= mark <= first_mark + marks.MOST_DAYS
        )
        total = sum(count for _day, count in numbers)
        if not self.shows(split) or not carries_median(total):
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


MOST_TREES = 32
_trees: dict[object, Node] = {}


def quarter_tree(sums: Sums, start: date, *, least: int, stricter: tuple[int, ...] = ()) -> Node:
    """Build the tree of a quarter and decide what is shown; `stricter` adds further limits one after the other.

    What is hidden under the first limit stays hidden under the next, so that two papers with different limits,
    laid side by side, tell no more than the more open one. The same counts give the same tree: it is kept, and
    nobody changes it.
    """
    cohorts = sums.cohorts.get(start, {})
    overdue = sums.overdue.get(marks.quarter_number(start), {})
    counted = frozenset((leaf, frozenset(counts.items())) for leaf, counts in cohorts.items())
    key = (start, weeks_of_age(start), least, stricter, counted, frozenset(overdue.items()))
    tree = _trees.get(key)
    if tree is None:
        if len(_trees) >= MOST_TREES:
            _trees.clear()
        tree = _trees[key] = _tree(cohorts, overdue, start, (least, *stricter))
    return tree


def _tree(
    cohorts: dict[Leaf, dict[int, int]], overdue: dict[Leaf, int], start: date, limits: tuple[int, ...]
) -> Node:
    root = Node((), weeks_of_age=weeks_of_age(start))
    known: dict[Path, Node] = {(): root}
    for leaf, counts in sorted(cohorts.items(), key=lambda item: _order(item[0])):
        for depth in range(4):
            path = leaf[:depth]
            node = known.get(path)
            if node is None:
                node = known[path] = Node(path, weeks_of_age=root.weeks_of_age)
                known[path[:-1]].children.append(node)
            node.add(counts, overdue.get(leaf, 0))
    for limit in limits:
        protect(root, limit)
    return root


def _order(leaf: Leaf) -> tuple[str, str, str]:
    return str(leaf[0]), leaf[1], str(leaf[2])


def weeks_of_age(start: date) -> int:
    """How many weeks of the quarter lie wholly so far back that a first contact within 28 days can be judged."""
    days = (today() - timedelta(days=REACH_DAYS) - start).days
    return max(0, min(marks.WEEKS, days // 7))


def protect(root: Node, least: int) -> None:
    """Decide for each split of each node whether it is shown, from the whole down to the pairs.

    A node of which every line counts one would tell so by its sum: its count is hidden, too.
    """
    for depth in range(3):
        for node in nodes(root, depth):
            if node.of(marks.SENT) == node.lines:
                node.hidden.add("sent")
    for split in SPLITS:
        if split in root.hidden or NEEDS.get(split) in root.hidden or not may_split(root.parts[split], least):
            root.hidden.add(split)
    _protect_below(root, least)


def _protect_below(node: Node, least: int) -> None:
    for split in SPLITS:
        need = NEEDS.get(split)
        if node.path and split in node.hidden:
            anyway = set(range(len(node.children)))
        else:
            anyway = {
                number
                for number, child in enumerate(node.children)
                if split in child.hidden or need in child.hidden
            }
        parts = [child.parts[split] for child in node.children]
        lines = [child.lines for child in node.children] if split == "sent" else None
        shown = node.shows(split)
        for number in hide_family(parts, least, sum_is_shown=shown, hidden=anyway, at_least=lines):
            node.children[number].hidden.add(split)
    for child in node.children:
        if child.children:
            _protect_below(child, least)


def nodes(root: Node, depth: int) -> Iterator[Node]:
    """The nodes at one depth: 1 receivers, 2 receivers and findings, 3 pairs and findings."""
    if depth == 0:
        yield root
        return
    for child in root.children:
        yield from nodes(child, depth - 1)
