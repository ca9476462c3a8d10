"""Topics across versions of their list: renamed, merged, split, new, gone (W-72)."""

from datetime import date
from uuid import uuid4

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.evaluation import periods, queries
from stafette.evaluation.tables import compared
from stafette.evaluation.tests.scenes import count, topic_list, words
from stafette.evaluation.topic_groups import Change, UsedList, describe, tie
from stafette.intake.definition import DefinitionError, read_topic_list
from stafette.kernel import scope
from stafette.kernel.permissions import Permission


def version(number, topics, became=None):
    content = {
        "code": "themen",
        "version": number,
        "became": became or {},
        "topic": [{"code": one, **words(one)} for one in topics],
    }
    return UsedList(uuid4(), read_topic_list(content))


def changes(*lists):
    groups = tie(lists)
    found = describe(lists, groups, before={lists[0].id}, after={lists[-1].id})
    return {one.label.replace(" (de)", ""): one.change for one in found}


def test_what_became_of_each_topic():
    old = version(1, ["work", "rent", "flat", "law", "dogs"])
    new = version(
        2, ["work", "housing", "residence", "courts", "cats"],
        {"rent": "housing", "flat": "housing", "law": ["residence", "courts"]},
    )  # fmt: skip

    assert changes(old, new) == {
        "work": Change.SAME,
        "housing": Change.MERGED,
        "residence, courts": Change.SPLIT,
        "dogs": Change.GONE,
        "cats": Change.NEW,
    }


def test_a_topic_is_followed_over_a_version_that_neither_period_used():
    first, second = version(1, ["rent"]), version(2, ["flat"], {"rent": "flat"})
    third = version(3, ["housing"], {"flat": "housing"})

    assert changes(first, second, third) == {"housing": Change.RENAMED}


def test_without_splits_no_two_topics_of_a_list_are_one():
    old = version(1, ["rent", "flat", "law"])
    new = version(
        2, ["housing", "law", "courts"], {"rent": "housing", "flat": "housing", "law": ["law", "courts"]}
    )
    groups = tie([old, new], split=False)

    for one in (old, new):
        keys = [groups[one.id, topic.code] for topic in one.definition.topics]
        assert len(set(keys)) == len(keys)
    assert groups[old.id, "law"] != groups[new.id, "law"]


def test_a_list_that_leads_nowhere_is_refused():
    with pytest.raises(DefinitionError, match="houses"):
        version(2, ["housing", "law"], {"rent": ["housing", "houses"]})


def test_comparison_counts_merged_topics_once_and_leaves_new_ones_out(actor_with, db):
    unit = UnitFactory()
    old = topic_list(1, ["work", "rent", "flat"])
    new = topic_list(2, ["work", "housing", "cats"], {"rent": "housing", "flat": "housing"})
    for topics in (["rent", "flat"], ["rent"], ["work"]):
        count(unit, old, date(2026, 5, 4), topics=topics)
    for topics in (["housing", "work"], ["cats"]):
        count(unit, new, date(2026, 8, 4), topics=topics)
    actor = actor_with(Permission.COUNTS_VIEW, unit=unit)
    with scope.acting(actor):
        found = queries.comparison(
            actor=actor,
            units=queries.counted_units(actor=actor),
            period=periods.read("quartal:2026-07-01"),
            earlier=periods.read("quartal:2026-04-01"),
        )
        table = compared(found).table

    rows = {row[0].text: [value.exported for value in row[1:]] for row in table.rows}
    assert rows == {
        "housing (de)": [2, 0.6667, 1, 0.5, -1],
        "work (de)": [1, 0.3333, 1, 0.5, 0],
        "Alle Kontakte": [3, 1.0, 2, 1.0, -1],
    }
    assert {one.change for one in found.groups} == {Change.SAME, Change.MERGED, Change.NEW}
