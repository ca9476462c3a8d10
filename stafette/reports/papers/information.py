"""Information sheet (Art. 13, 14 GDPR) of a unit, in nine languages; the facts come from what is configured."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from stafette.accounts.models import Unit
from stafette.kernel.rules.deadline_rules import RetentionClass, retention_classes
from stafette.oversight.supervision import authority_of
from stafette.protection.data import Category, Mode
from stafette.protection.flow import ANY, FlowRule
from stafette.protection.wording import wording as consent_words
from stafette.reports import wording
from stafette.reports.configured import (
    EVERYWHERE,
    activities_of,
    as_of,
    classes_of,
    flows_of,
    officers_of,
    operators,
)
from stafette.reports.measures import subprocessors
from stafette.reports.paper import Paper
from stafette.reports.rules import land_law
from stafette.web.sheets import Block, Bullets, Fields, Section, Text

NO_RECEIVER = {"FAM", "SELF", "STAT"}  # the person, the unit itself, figures without people
LOG = "L14"


def information(unit: Unit, language: str, on: date) -> Paper:
    """Fill the sheet in; the German one stands behind it when it is printed (both sides read the same)."""
    words = wording.texts(language)
    say = words["info"]
    law = land_law(unit.authority.land, on)
    sections = [
        Section(say["who_heading"], [Fields(_who(unit, say))]),
        Section(
            say["why_heading"],
            [Text(_why(unit, words)), Text(say["ground"].format(law=law.law)), Text(say["voluntary"])],
        ),
        Section(
            say["what_heading"], [Bullets(_data(unit, language, on)), Text(say["source"]), Text(say["never"])]
        ),
        Section(say["receivers_heading"], _receivers(unit, language, on)),
        Section(say["periods_heading"], [Bullets(_periods(unit, language, on))]),
        Section(
            say["rights_heading"],
            [
                Bullets(say["rights"]),
                Text(say["answer"]),
                Text(say["complaint"].format(supervisor=authority_of(unit.authority.land))),
                Text(say["machine"]),
            ],
        ),
        Section(say["handed_heading"], [Fields([(say["handed"], ""), (say["received"], "")])]),
    ]
    sender = f"{unit.authority.name}, {unit.name}"
    return Paper("information", say["title"], sender, say["lead"], sections, as_of(on), language)


def _who(unit: Unit, say: dict[str, Any]) -> list[tuple[str, str]]:
    officers = "; ".join(_reached(one) for one in officers_of(unit))
    known = " · ".join(filter(None, (unit.place, unit.phone, unit.email)))
    return [
        (say["unit"], f"{unit.name}, {unit.authority.name}"),
        (say["contact"], known),
        (say["officer"], officers),
    ]


def _reached(unit: Unit) -> str:
    return " · ".join(filter(None, (unit.name, unit.phone, unit.email)))


def _why(unit: Unit, words: dict[str, Any]) -> str:
    why = words["why"]
    return str(why.get(unit.kind, why["other"]))


def _data(unit: Unit, language: str, on: date) -> list[str]:
    """Kinds of data as the rules name them for this unit, in the words of the consents."""
    named = {code for rule in flows_of(unit, on) for code in rule.categories | rule.consent_categories}
    words = consent_words()[language]
    return [str(words[code]) for code in Category.values if code in named]


def parties(rules: Iterable[FlowRule]) -> list[str]:
    """Kinds of receivers in the order of the matrix, each once; "all" comes last."""
    found = list(dict.fromkeys(kind for rule in rules for kind in sorted(rule.receivers)))
    return [kind for kind in found if kind not in NO_RECEIVER and kind != ANY] + [ANY] * (ANY in found)


def _receivers(unit: Unit, language: str, on: date) -> list[Block]:
    words = wording.texts(language)
    say, kinds = words["info"], words["kinds"]
    rules = flows_of(unit, on)
    by_consent = [one for one in rules if one.mode is not Mode.FORBIDDEN and one.consent_categories]
    by_law = [one for one in rules if one.mode in (Mode.STATUTE, Mode.DUTY) and one.categories]
    on_request = [one for one in rules if one.mode is Mode.REQUEST]
    lines = []
    for key, several in (("consent", by_consent), ("statute", by_law), ("request", on_request)):
        names = ", ".join(kinds["any" if kind == ANY else kind] for kind in parties(several))
        if names:
            lines.append(say[key].format(names=names))
    runs = ", ".join([*(f"{one.name}, {one.authority.name}" for one in operators()), *subprocessors()])
    blocks: list[Block] = [Bullets(lines)] if lines else []
    blocks.append(Text(say["closed"]))
    if runs:
        blocks.append(Text(say["operator"].format(names=runs)))
    return [*blocks, Text(say["sheet"])]


def classes_for(unit: Unit, on: date) -> list[RetentionClass]:
    """The classes under which something about clients of this unit is kept, and that of the log."""
    rooms = [held for activity, held in activities_of(unit, on) if activity.room not in EVERYWHERE]
    found = classes_of(kind for held in rooms for kind in held)
    log = retention_classes()[LOG]
    return [*found, *([] if log in found else [log])]


def _periods(unit: Unit, language: str, on: date) -> list[str]:
    words = wording.texts(language)
    return [
        words["info"]["period"].format(
            data=words["classes"].get(rule.code, rule.data),
            period=wording.period(language, rule),
            start=words["starts"][rule.start],
        )
        for rule in classes_for(unit, on)
    ]
