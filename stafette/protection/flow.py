"""The flow matrix as dated data (rules/flow.toml, domain.md 3.3) and the one function that decides by it.

Nothing here knows the database, so that the whole matrix can be tested as a table. Deny by default: where no rule
fits, nothing travels.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, Table, open_rules
from stafette.protection.data import Category, Decision, Feedback, Mode, Occasion, Party

ANY = "*"
NO_NORM = "Art. 5, 6 DSGVO"


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

    def fits(self, sender: str, receiver: str, finding_code: str, occasion: Occasion, on: date) -> bool:
        """Tell whether the rule speaks about this flow on this day."""
        return (
            self.head.holds_on(on)
            and bool({sender, ANY} & self.senders)
            and bool({receiver, ANY} & self.receivers)
            and (not self.findings or finding_code in self.findings)
            and (not self.occasions or occasion in self.occasions)
        )

    @property
    def rank(self) -> tuple[bool, int, bool, bool]:
        """How closely it describes the flow; among equals a prohibition wins."""
        wildcards = (ANY in self.senders) + (ANY in self.receivers)
        return bool(self.findings), -wildcards, bool(self.occasions), self.mode is Mode.FORBIDDEN


def _words(entry: Table, key: str, known: Collection[str] | None = None) -> frozenset[str]:
    words = frozenset(entry.words(key)) if entry.has(key) else frozenset()
    if known is not None and not words <= set(known):
        raise entry.error(key, f"unbekannt: {', '.join(sorted(words - set(known)))}")
    return words


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
    )
    entry.done()
    return rule


@cache
def flow_rules(folder: Path = RULES) -> tuple[FlowRule, ...]:
    """Read every rule, also those of other years, in the order of the file."""
    return tuple(_read(entry) for entry in open_rules("flow", folder).tables("rule"))


def decide(
    sender: Party,
    receiver: Party,
    *,
    finding_code: str,
    categories: Collection[str],
    on: date,
    occasion: Occasion = Occasion.INITIATIVE,
) -> Decision:
    """Say what of these categories may travel, on which ground, in one sentence with the norm.

    A body outside the public service that did not commit itself to equal protection receives nothing, whatever the
    rule says (§ 61(3) SGB VIII, § 78 SGB X).
    """
    asked = frozenset(categories)
    fitting = [
        rule for rule in flow_rules() if rule.fits(sender.kind, receiver.kind, finding_code, occasion, on)
    ]
    if not fitting:
        sentence = _("Für diesen Weg gibt es keine Regel; ohne Regel gehen keine Angaben weiter.")
        return Decision(Mode.FORBIDDEN, "", NO_NORM, f"{sentence} ({NO_NORM})", refused=asked)
    rule = max(fitting, key=lambda found: found.rank)
    if not receiver.is_public and not receiver.is_bound and rule.mode is not Mode.FORBIDDEN:
        norm = "§ 61 Abs. 3 SGB VIII, § 78 SGB X"
        sentence = _("Der Träger hat sich noch nicht schriftlich auf gleichen Schutz der Daten verpflichtet.")
        return Decision(Mode.FORBIDDEN, rule.id, norm, f"{sentence} ({norm})", refused=asked)
    free, consented = _split(rule)
    return Decision(
        mode=rule.mode,
        rule=rule.id,
        norm=rule.norm,
        sentence=f"{rule.sentence} ({rule.norm})",
        allowed=asked & free,
        needs_consent=asked & consented,
        refused=asked - free - consented,
        feedback=rule.feedback,
    )


def _split(rule: FlowRule) -> tuple[frozenset[str], frozenset[str]]:
    """Return what travels without and what with consent; figures and prohibitions open nothing."""
    if rule.mode in (Mode.FORBIDDEN, Mode.AGGREGATE):
        return frozenset(), frozenset()
    return rule.categories, rule.consent_categories
