"""Codes of this room with their German words, for forms and pages."""

from collections.abc import Iterable
from typing import Any

from stafette.audit.models import Reading
from stafette.oversight.models import Breach, BreachShare, ReadingSample
from stafette.oversight.models.breaches import Consequence, DataKind, Nature

KINDS = Reading.Kind.choices
VERDICTS = [(code, word) for code, word in ReadingSample.Verdict.choices if code]
NATURES, DATA_KINDS, CONSEQUENCES = Nature.choices, DataKind.choices, Consequence.choices
RISKS = [(code, word) for code, word in Breach.Risk.choices if code]
TELLINGS = [(code, word) for code, word in Breach.Telling.choices if code]
QUESTIONS = BreachShare.Question.choices


def words_of(choices: Iterable[tuple[str, Any]], codes: list[str]) -> list[str]:
    """The words of these codes in the order of the list."""
    return [str(word) for code, word in choices if code in codes]
