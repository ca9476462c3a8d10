"""What codes mean in the person's own copy, where the column itself does not say it: each room tells its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stafette.accounts.queries import finding_labels
from stafette.kernel.actor import Actor

Words = Callable[
    [Actor, Any, Any], str
]  # the actor, the row, the value of its column; "" where there is no word


def _finding(_actor: Actor, _row: Any, code: str) -> str:
    return str(finding_labels().get(code, code))


_words: dict[tuple[str, str], Words] = {
    ("referrals.Finding", "code"): _finding,
    ("referrals.Referral", "finding_code"): _finding,
    ("referrals.FollowUp", "finding_code"): _finding,
}


def register_words(model_label: str, column: str, words: Words) -> None:
    """Let a room say what its codes mean in the copy; called in config/wiring.py."""
    _words[model_label, column] = words


def meaning(actor: Actor, row: Any, column: str, value: Any) -> str:
    """Return the words for a value of a row; empty where nobody has any."""
    words = _words.get((row._meta.label, column))
    return words(actor, row, value) if words is not None else ""
