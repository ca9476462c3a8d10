"""Which kinds of open things there are. Rooms above enter theirs in config/wiring.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stafette.referrals.models.baton import Baton


@dataclass(frozen=True)
class BatonKind:
    """A kind of open things: `code` names it in notices and mails, `url_name` is its page (argument: its id).

    `label` names one of them, `plural` a heap of them.
    `sides` are pairs of columns, a unit and its person, where a person answers for it while the other unit holds it.
    `about` is the path to the text that says what it is about, in the books of whoever holds it.
    """

    code: str
    label: Any
    plural: Any
    model: type[Baton]
    url_name: str
    sides: tuple[tuple[str, str], ...] = ()
    about: str = ""


_registered: dict[str, BatonKind] = {}


def register(kind: BatonKind) -> None:
    """Enter a kind; the same code again replaces it."""
    _registered[kind.code] = kind


def kinds() -> tuple[BatonKind, ...]:
    """Return every kind, in the order in which they were entered."""
    return tuple(_registered.values())


def kind_of(code: str) -> BatonKind:
    """Return the kind with this code; KeyError where nobody entered it."""
    return _registered[code]
