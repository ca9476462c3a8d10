"""Plain values that other rooms hand in or get back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class FindingData:
    """What a talk or a visit brought to light: the blueprint's code, one sentence why, the rule's source."""

    code: str
    reason: str
    source: str
    rule_version: str
    person_id: UUID | None = None


@dataclass(frozen=True)
class Periods:
    """Working days that a pair of units agreed on, and the version of that agreement."""

    receipt: int = 2
    answer: int = 5
    first_contact: int = 10
    feedback: int = 5
    version: str = "Vorgabe 1"


@dataclass(frozen=True)
class Dates:
    """Until when the holder of the baton must act, when to remind, and when the escalation unit is told."""

    next_on: date
    remind_on: date
    escalate_on: date
