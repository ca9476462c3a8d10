"""Which topics of different lists are the same: so that years stay comparable when the list changes (W-72).

A list says of each topic of the version before what became of it. Followed from version to version, that ties topics
together: a renamed one to its old name, several merged ones to the one they became, a split one to its parts. Whatever
hangs together is one group, and only groups that both periods could choose are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.intake.definition import TopicListDefinition

Node = tuple[UUID, str]


class Change(StrEnum):
    """What happened to a topic from the earlier lists to the later ones."""

    SAME = "same"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    MIXED = "mixed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class UsedList:
    """A list of topics by its id, with what it says."""

    id: UUID
    definition: TopicListDefinition

    @property
    def name(self) -> str:
        """Its code and version, as a table says it."""
        return f"{self.definition.code} {self.definition.version}"


@dataclass(frozen=True)
class Group:
    """Topics that are counted as one, with their names in the earlier and in the later lists."""

    key: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    change: Change

    @property
    def is_comparable(self) -> bool:
        """Whether both periods could choose it."""
        return self.change not in {Change.NEW, Change.GONE}


def mapping(groups: Mapping[Node, str]) -> dict[str, dict[str, str]]:
    """The groups as the database wants them: list → topic → group."""
    found: dict[str, dict[str, str]] = {}
    for (list_id, code), key in groups.items():
        found.setdefault(str(list_id), {})[code] = key
    return found


def tie(lists: Iterable[UsedList], *, split: bool = True) -> dict[Node, str]:
    """The group of each topic of each list; `lists` holds every version between those in use.

    Without `split`, only what became exactly one other topic, and from exactly one, is tied: then a contact counts in
    no group twice, and the numbers of groups are the numbers of topics.
    """
    known = sorted(lists, key=lambda one: (one.definition.code, one.definition.version))
    parent: dict[Node, Node] = {
        (one.id, topic.code): (one.id, topic.code) for one in known for topic in one.definition.topics
    }

    def root(node: Node) -> Node:
        while parent[node] != node:
            node = parent[node]
        return node

    for older, newer in pairwise(known):
        steps = _steps(older, newer)
        for old, new in steps:
            alone = sum(o == old for o, _n in steps) == 1 and sum(n == new for _o, n in steps) == 1
            if split or alone:
                parent[root((older.id, old))] = root((newer.id, new))
    names = _names(known, {node: root(node) for node in parent}, split=split)
    return {node: names[root(node)] for node in parent}


def describe(
    lists: Iterable[UsedList], groups: Mapping[Node, str], *, before: set[UUID], after: set[UUID]
) -> list[Group]:
    """The groups with what happened to them between the lists of the earlier and of the later period."""
    known = list(lists)
    words = {(one.id, topic.code): topic.words["de"] for one in known for topic in one.definition.topics}
    found = []
    for key in dict.fromkeys(groups.values()):
        members = [node for node, one in groups.items() if one == key]
        old = {node[1]: words[node] for node in members if node[0] in before}
        new = {node[1]: words[node] for node in members if node[0] in after}
        if not old and not new:
            continue
        label = _label(known, key, set(members), words)
        found.append(Group(key, label, tuple(old.values()), tuple(new.values()), _change(old, new)))
    return found


def _label(known: list[UsedList], key: str, members: set[Node], words: Mapping[Node, str]) -> str:
    """What the newest list that has it calls it, with the version where a newer topic has the same name."""
    for one in sorted(known, key=lambda one: -one.definition.version):
        names = [
            words[one.id, topic.code] for topic in one.definition.topics if (one.id, topic.code) in members
        ]
        if names:
            label = ", ".join(dict.fromkeys(names))
            version = key.partition("@")[2]
            return (
                _("{label} (Themenliste, Fassung {version})").format(label=label, version=version)
                if version
                else label
            )
    return key


def _change(old: Mapping[str, str], new: Mapping[str, str]) -> Change:
    if not old:
        return Change.NEW
    if not new:
        return Change.GONE
    if len(old) == len(new) == 1:
        return Change.SAME if list(old.values()) == list(new.values()) else Change.RENAMED
    if old == new:
        return Change.MIXED
    if len(new) == 1:
        return Change.MERGED
    return Change.SPLIT if len(old) == 1 else Change.MIXED


def _steps(older: UsedList, newer: UsedList) -> list[tuple[str, str]]:
    """What became of each topic; where nothing is said, the same code is the same topic."""
    codes = {topic.code for topic in newer.definition.topics}
    follows = newer.definition.code == older.definition.code
    found = []
    for topic in older.definition.topics:
        became = newer.definition.became.get(topic.code, ()) if follows else ()
        found += [(topic.code, new) for new in became or ((topic.code,) if topic.code in codes else ())]
    return found


def _names(known: list[UsedList], roots: Mapping[Node, Node], *, split: bool) -> dict[Node, str]:
    """A short name for each group: the code of its newest topic, told apart where two groups have the same."""
    newest: dict[Node, tuple[str, UsedList]] = {}
    for one in known:
        for topic in one.definition.topics:
            newest[roots[one.id, topic.code]] = (topic.code, one)
    names, taken = {}, set()
    for group, (code, one) in reversed(list(newest.items())):
        name = code if code not in taken else f"{code}@{one.definition.version}"
        taken.add(name)
        names[group] = name
    return names
