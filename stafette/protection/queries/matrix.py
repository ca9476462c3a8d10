"""The table of flow rules, of today or of another day, narrowed."""

from __future__ import annotations

from datetime import date

from stafette.protection import words
from stafette.protection.flow import ANY, FlowRule, flow_rules


def rules_on(*, tag: date, stelle: str = "", grundlage: str = "", text: str = "") -> list[FlowRule]:
    """Rules that held on that day, in the order of the matrix; a rule for all units speaks of each of them."""
    wanted = text.casefold().strip()
    return [
        rule
        for rule in flow_rules()
        if rule.head.holds_on(tag)
        and (not stelle or {stelle, ANY} & (rule.senders | rule.receivers))
        and (not grundlage or rule.mode == grundlage)
        and (not wanted or wanted in _words(rule).casefold())
    ]


def _words(rule: FlowRule) -> str:
    parts = (
        *(rule.id, rule.name, rule.norm, rule.sentence, rule.head.note, str(rule.head.source)),
        words.party_words(rule.senders),
        words.party_words(rule.receivers),
        words.category_words(rule.categories | rule.consent_categories),
        *words.condition_words(rule),
    )
    return " ".join(parts)
