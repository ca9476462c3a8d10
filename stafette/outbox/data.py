"""Plain values that other rooms hand in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class NoteData:
    """One thing to tell one account: `kind` chooses the sentence, `reference` is a number, `path` a page of ours.

    `key` names the occasion: the same key again is told only once, whoever crashes in between.
    """

    user_id: UUID
    unit_id: UUID
    kind: str
    reference: str
    path: str
    key: str
    due_on: date | None = None
