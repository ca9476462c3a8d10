"""Norms, questions and units of notices to the foreigners' authority (rules/outbound.toml), and what blocks one.

Nothing here knows the database. Deny by default: a kind of unit that is not listed drafts nothing, a question that is
not answered lets nothing through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from stafette.kernel.clock import today
from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, open_rules

YES, NO = "yes", "no"
FINE_NORM = "87_4"


@dataclass(frozen=True)
class Norm:
    """A case in which the law asks for a notice; `eu`: also for citizens of the Union, within § 11(7) FreizügG/EU."""

    id: str
    section: str
    text: str
    eu: bool
    head: Dated

    @property
    def label(self) -> str:
        """Section and what it says, as the list shows it."""
        return f"{self.section}: {self.text}"


@dataclass(frozen=True)
class Question:
    """An exception, put as a question: at the answer `blocks` there is no notice."""

    id: str
    text: str
    norm: str
    blocks: str
    refusal: str
    norms: frozenset[str]
    head: Dated

    def concerns(self, norm_id: str) -> bool:
        """Tell whether the question has to be answered for this norm."""
        return not self.norms or norm_id in self.norms


@dataclass(frozen=True)
class UnitRule:
    """Whether a kind of unit may draft at all, and why."""

    kind: str
    may: bool
    sentence: str
    norm: str
    head: Dated


@dataclass(frozen=True)
class Limit:
    """A number of the rules."""

    id: str
    label: str
    count: int
    head: Dated


@dataclass(frozen=True)
class OutboundRules:
    """All of `rules/outbound.toml`."""

    norms: tuple[Norm, ...]
    questions: tuple[Question, ...]
    units: tuple[UnitRule, ...]
    limits: tuple[Limit, ...]

    def norms_on(self, day: date) -> list[Norm]:
        """The norms that hold on that day."""
        return [norm for norm in self.norms if norm.head.holds_on(day)]

    def norm(self, norm_id: str) -> Norm:
        """One norm by its id; KeyError where there is none."""
        return {norm.id: norm for norm in self.norms}[norm_id]

    def questions_on(self, day: date) -> list[Question]:
        """The questions of that day, in the order in which they are asked."""
        return [question for question in self.questions if question.head.holds_on(day)]

    def units_on(self, day: date) -> list[UnitRule]:
        """What holds for the kinds of units on that day."""
        return [unit for unit in self.units if unit.head.holds_on(day)]

    def limit(self, limit_id: str, on: date) -> int:
        """A number on a day; LookupError where none holds."""
        for found in self.limits:
            if found.id == limit_id and found.head.holds_on(on):
                return found.count
        raise LookupError(f"no limit {limit_id} on {on:%Y-%m-%d}")


@cache
def outbound_rules(folder: Path = RULES) -> OutboundRules:
    """Read `rules/outbound.toml` once."""
    file = open_rules("outbound", folder)
    norms, questions, units, limits = [], [], [], []
    for entry in file.tables("norm"):
        norms.append(
            Norm(
                entry.text("id"), entry.text("section"), entry.text("text"), entry.flag("eu"),
                read_dated(entry),
            )
        )  # fmt: skip
        entry.done()
    for entry in file.tables("question"):
        questions.append(
            Question(
                id=entry.text("id"),
                text=entry.text("text"),
                norm=entry.text("norm"),
                blocks=entry.text("blocks"),
                refusal=entry.text("refusal"),
                norms=frozenset(entry.words("norms")),
                head=read_dated(entry),
            )
        )
        entry.done()
    for entry in file.tables("unit"):
        units.append(
            UnitRule(
                entry.text("kind"), entry.flag("may"), entry.text("sentence"), entry.text("norm"),
                read_dated(entry),
            )
        )  # fmt: skip
        entry.done()
    for entry in file.tables("limit"):
        limits.append(Limit(entry.text("id"), entry.text("label"), entry.count("count"), read_dated(entry)))
        entry.done()
    file.done()
    return OutboundRules(tuple(norms), tuple(questions), tuple(units), tuple(limits))


def why_not(kind: str, *, on: date | None = None) -> str:
    """Say why a kind of unit drafts no notice; "" where it may."""
    for unit in outbound_rules().units_on(on or today()):
        if unit.kind == kind:
            return "" if unit.may else f"{unit.sentence} ({unit.norm})"
    return _("Für diese Art von Stelle sind keine Mitteilungen an die Ausländerbehörde vorgesehen.")


def objections(
    norm_id: str, answers: Mapping[str, str], *, fine: int | None = None, on: date | None = None
) -> list[str]:
    """Say what speaks against a notice on this norm with these answers; empty where nothing does."""
    day, rules = on or today(), outbound_rules()
    norm = next((one for one in rules.norms_on(day) if one.id == norm_id), None)
    if norm is None:
        return [_("Wählen Sie die Norm aus der Liste: Ohne Norm gibt es keine Mitteilung.")]
    found = []
    for question in rules.questions_on(day):
        answer = answers.get(question.id, "")
        if not question.concerns(norm_id):
            continue
        if answer not in (YES, NO):
            found.append(_("Bitte beantworten Sie: {question}").format(question=question.text))
        elif answer == question.blocks:
            found.append(f"{question.refusal} ({question.norm})")
    return found + _against_the_union(norm, answers, rules) + _against_the_fine(norm, fine, rules, day)


def _against_the_union(norm: Norm, answers: Mapping[str, str], rules: OutboundRules) -> list[str]:
    """§ 11(7) FreizügG/EU: Nr. 1 to 3 only, and only what decides about the loss of free movement."""
    if answers.get("eu") != YES or answers.get("eu_decisive") not in (YES, NO):
        return []
    if norm.eu and answers["eu_decisive"] == YES:
        return []
    question = next(one for one in rules.questions if one.id == "eu_decisive")
    return [f"{question.refusal} ({question.norm})"]


def _against_the_fine(norm: Norm, fine: int | None, rules: OutboundRules, day: date) -> list[str]:
    if norm.id != FINE_NORM:
        return []
    least = rules.limit("fine_over", day)
    if fine is None:
        return [_("Nennen Sie das Höchstmaß des Bußgelds: Davon hängt ab, ob § 87 Abs. 4 überhaupt gilt.")]
    if fine <= least:
        return [
            _("Bis {least} Euro Höchstmaß gibt es keine Mitteilung. (§ 87 Abs. 4 AufenthG)").format(
                least=least
            )
        ]
    return []
