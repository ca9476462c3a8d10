"""Plain values between forms, commands and queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Said:
    """What was said to one question: by a participant, or by the household (None)."""

    question: str
    participant_id: UUID | None
    status: str
    value: Any = None


@dataclass(frozen=True)
class Known:
    """What we know before the talk: about a person, or about the household (None)."""

    question: str
    person_id: UUID | None
    value: Any
