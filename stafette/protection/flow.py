"""The flow matrix as dated data (rules/flow.toml, domain.md 3.3) and the one function that decides by it.

Nothing here knows the database, so that the whole matrix can be tested as a table. Deny by default: where no rule
fits, nothing travels.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, Table, open_rules
from stafette.protection.data import STRICT, Category, Condition, Decision, Feedback, Mode, Occasion, Party

ANY = "*"
NO_NORM = "Art. 5, 6 DSGVO"
EQUAL_PROTECTION = "§ 61 Abs. 3 SGB VIII, § 78 SGB X"


@dataclass(frozen=True)
class FlowRule:
    """One line of the matrix: from whom, to whom, what, on which ground."""

    id: str
    name: str
    senders: frozenset[str]
    receivers: frozenset[str]
    findings: frozenset[str]
    occasions: frozenset[str]
    mode: Mode
    categories: frozenset[str]
    consent_categories: frozenset[str]
    feedback: Feedback
    norm: str
    sentence: str
    head: Dated
    conditions: tuple[str, ...] = ()
    request_months: int = 0

    def fits(self, sender: str, receiver: str, finding_code: str, occasion: Occasion, on: date) -> bool:
        """Tell whether the rule speaks about this flow on this day."""
        return (
            self.head.holds_on(on)
            and bool({sender, ANY} & self.senders)
            and bool({receiver, ANY} & self.receivers)
            and (not self.findings or finding_code in self.findings)
            and (not self.occasions or occasion in self.occasions)
        )

    def rank(self, sender: str, receiver: str) -> tuple[bool, int, bool, bool]:
        """How closely it describes this flow; among equals a prohibition wins."""
        by_name = (sender in self.senders) + (receiver in self.receivers)
        return bool(self.findings), by_name, bool(self.occasions), self.mode is Mode.FORBIDDEN

    @property
    def strict(self) -> frozenset[str]:
        """What must be told before anything travels: a request is always asked for."""
        asked = {Condition.REQUESTED} if self.mode is Mode.REQUEST else set()
        return frozenset(self.conditions) & STRICT | asked

    @property
    def says(self) -> str:
        """The sentence with its norm."""
        return f"{self.sentence} ({self.norm})"


@dataclass(frozen=True)
class Request:
    """What is known of a request by another authority: its day, its reasons, and who decides about it."""

    dated_on: date
    has_reason: bool
    by_head: bool = False

    def meets(self, rule: FlowRule, on: date) -> set[str]:
        """Which conditions of a rule it fulfils on that day."""
        oldest = months_before(on, rule.request_months)
        facts = {
            Condition.REQUESTED: self.has_reason,
            Condition.HEAD: self.by_head,
            Condition.FRESH: oldest <= self.dated_on <= on,
        }
        return {condition for condition, holds in facts.items() if holds}


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of a shorter month."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _words(entry: Table, key: str, known: Collection[str] | None = None) -> frozenset[str]:
    words = frozenset(entry.words(key)) if entry.has(key) else frozenset()
    if known is not None and not words <= set(known):
        raise entry.error(key, f"unbekannt: {', '.join(sorted(words - set(known)))}")
    return words


def _ordered(entry: Table) -> tuple[str, ...]:
    named = _words(entry, "conditions", Condition.values)
    return tuple(one for one in Condition.values if one in named)


def _read(entry: Table) -> FlowRule:
    rule = FlowRule(
        id=entry.text("id"),
        name=entry.text("name"),
        senders=_words(entry, "from"),
        receivers=_words(entry, "to"),
        findings=_words(entry, "findings"),
        occasions=_words(entry, "occasions", list(Occasion)),
        mode=Mode(entry.text("mode")),
        categories=_words(entry, "categories", Category.values),
        consent_categories=_words(entry, "consent_categories", Category.values),
        feedback=Feedback(entry.text("feedback")),
        norm=entry.text("norm"),
        sentence=entry.text("sentence"),
        head=read_dated(entry),
        conditions=_ordered(entry),
        request_months=entry.count("request_months", 0),
    )
    if (Condition.FRESH in rule.conditions) != bool(rule.request_months):
        raise entry.error("request_months", "gehört zur Bedingung „fresh“ und nur zu ihr")
    entry.done()
    return rule


@cache
def flow_rules(folder: Path = RULES) -> tuple[FlowRule, ...]:
    """Read every rule, also those of other years, in the order of the file."""
    file = open_rules("flow", folder)
    rules = tuple(_read(entry) for entry in file.tables("rule"))
    for number, rule in enumerate(rules):
        for other in rules[:number]:
            if other.id == rule.id and _overlap(other.head, rule.head):
                raise file.error("rule", f"zwei Einträge „{rule.id}“ gelten am selben Tag")
    return rules


def _overlap(first: Dated, second: Dated) -> bool:
    return (first.valid_to or date.max) >= second.valid_from and (
        second.valid_to or date.max
    ) >= first.valid_from


def decide(
    sender: Party,
    receiver: Party,
    *,
    finding_code: str,
    categories: Collection[str],
    on: date,
    occasion: Occasion = Occasion.INITIATIVE,
    given: Collection[str] = (),
    request: Request | None = None,
) -> Decision:
    """Say what of these categories may travel, on which ground, in one sentence with the norm.

    `given` names the conditions that are fulfilled, `request` what is known of a request; where a rule asks for
    more, nothing travels and the sentence says what is missing. A body outside the public service that did not
    commit itself to equal protection receives nothing, whatever the rule says (§ 61(3) SGB VIII, § 78 SGB X).
    """
    asked = frozenset(categories)
    fitting = [
        rule for rule in flow_rules() if rule.fits(sender.kind, receiver.kind, finding_code, occasion, on)
    ]
    if not fitting:
        sentence = _("Für diesen Weg gibt es keine Regel; ohne Regel gehen keine Angaben weiter.")
        return Decision(Mode.FORBIDDEN, "", NO_NORM, f"{sentence} ({NO_NORM})", refused=asked)
    rule = max(fitting, key=lambda found: found.rank(sender.kind, receiver.kind))
    if not receiver.is_public and not receiver.is_bound and rule.mode is not Mode.FORBIDDEN:
        sentence = _(
            "Der Träger hat sich noch nicht schriftlich auf gleichen Schutz der Daten verpflichtet. "
            "Die Leitung dieser Stelle hält das auf deren Seite fest."
        )
        told = f"{sentence} ({EQUAL_PROTECTION})"
        return Decision(Mode.FORBIDDEN, rule.id, EQUAL_PROTECTION, told, refused=asked)
    met = set(given) | (request.meets(rule, on) if request is not None else set())
    if missing := [one for one in Condition if one in rule.strict - met]:
        words = "; ".join(str(one.label) for one in missing)
        sentence = _("{sentence} Es fehlt: {missing}.").format(sentence=rule.sentence, missing=words)
        told = f"{sentence} ({rule.norm})"
        return Decision(rule.mode, rule.id, rule.norm, told, refused=asked, conditions=rule.conditions)
    free, consented = _split(rule)
    return Decision(
        mode=rule.mode,
        rule=rule.id,
        norm=rule.norm,
        sentence=rule.says,
        allowed=asked & free,
        needs_consent=asked & consented,
        refused=asked - free - consented,
        feedback=rule.feedback,
        conditions=rule.conditions,
    )


def _split(rule: FlowRule) -> tuple[frozenset[str], frozenset[str]]:
    """Return what travels without and what with consent; figures and prohibitions open nothing."""
    if rule.mode in (Mode.FORBIDDEN, Mode.AGGREGATE):
        return frozenset(), frozenset()
    return rule.categories, rule.consent_categories
