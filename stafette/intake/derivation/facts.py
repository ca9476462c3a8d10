"""Facts that rules may use: only what somebody said or the register holds, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from stafette.kernel.rules.ages import Birth

Answers = Mapping[str, Any]  # question code → value, answered questions only


def number(answers: Answers, code: str) -> Decimal | None:
    """Return an answered number exactly."""
    value = answers.get(code)
    return None if value is None else Decimal(str(value))


def day(answers: Answers, code: str) -> date | None:
    """Return an answered date."""
    value = answers.get(code)
    return date.fromisoformat(value) if value else None


@dataclass(frozen=True)
class PersonFacts:
    """One person of the talk; the birth date may be known in part or not at all."""

    id: UUID
    is_child: bool
    birth: Birth | None = None
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class HouseholdFacts:
    """The household on the day of the talk, in the Land whose rules hold.

    `outlook` is the clerk's own dated assessment of the stay, `outlook_note` says whose and of when;
    `topic_words` gives the German words of topic codes.
    """

    on: date
    land: str
    persons: tuple[PersonFacts, ...] = ()
    answers: Answers = field(default_factory=dict)
    outlook: str = ""
    outlook_note: str = ""
    topic_words: Mapping[str, str] = field(default_factory=dict)

    @property
    def adults(self) -> Iterator[PersonFacts]:
        """Yield the adults."""
        return (person for person in self.persons if not person.is_child)

    @property
    def children(self) -> Iterator[PersonFacts]:
        """Yield the children."""
        return (person for person in self.persons if person.is_child)
