"""What is inside an envelope: a title and a text, as one piece."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables


@dataclass(frozen=True, repr=False)
class NoteText:
    """Title and text of a sealed note in clear; printed by accident it says nothing."""

    title: str
    body: str

    @sensitive_variables()
    def packed(self) -> str:
        """Both as one text, to be sealed."""
        return json.dumps({"title": self.title, "body": self.body}, ensure_ascii=False)


@sensitive_variables()
def unpacked(text: str) -> NoteText:
    """Return what was packed."""
    return NoteText(**json.loads(text))
