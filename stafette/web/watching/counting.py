"""How often a hint was shown, and how often the text stayed as it was: counts only, kept by whoever registers.

The session remembers by a keyed hash that a hint was shown for a form: nobody reads from it what it was about. A form
that is sent again without the word was changed, and counts so.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from stafette.kernel.actor import NOBODY, Actor
from stafette.kernel.clock import today
from stafette.kernel.rules.watchwords import watchwords
from stafette.web.watching.hints import Hint

MARKS = "watch_marks"
MOST_MARKS = 300
SHOWN, KEPT = "shown", "kept"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Count:
    """What is added for one form and ground; `kept` may be taken back when the text is changed later."""

    form: str
    ground: str
    shown: int = 0
    kept: int = 0
    changed: int = 0


class Counter(Protocol):
    """Keeps the counts per unit and month."""

    def __call__(self, *, actor: Actor, unit_id: UUID | None, counts: Collection[Count]) -> None:
        """Add them."""


_counters: list[Counter] = []


def register_counter(counter: Counter) -> None:
    """Let a room keep the counts (config/wiring.py); naming it twice changes nothing."""
    if counter not in _counters:
        _counters.append(counter)


def count_shown(request: HttpRequest, address: str, hints: Collection[Hint]) -> None:
    """Count hints that the script showed, each once per form until it is sent."""
    marks = _marks(request)
    fresh = {
        (hint.form, hint.ground): mark
        for hint in hints
        if marks is not None and (mark := _mark(address, hint.form, hint.ground)) not in marks
    }
    if marks is None or not fresh:
        return
    _count(request, [Count(form, ground, shown=1) for form, ground in fresh])
    _remember(request, marks | dict.fromkeys(fresh.values(), SHOWN))


def count_saved(request: HttpRequest, fields: Collection[tuple[str, str]], hints: Collection[Hint]) -> None:
    """Count what was saved with a telling word, and what was changed after a hint."""
    marks = _marks(request)
    found = {(hint.form, hint.ground) for hint in hints}
    known = marks or {}
    counts, new = [], dict(known)
    for form in sorted({form for form, _field in fields}):
        for ground in watchwords(today()).grounds:
            mark = _mark(request.path, form, ground)
            before = known.get(mark, "")
            if (form, ground) in found:
                counts.append(Count(form, ground, shown=int(not before), kept=int(before != KEPT)))
                new[mark] = KEPT
            elif before:
                counts.append(Count(form, ground, kept=-int(before == KEPT), changed=1))
                del new[mark]
    if counts:
        _count(request, [one for one in counts if one.shown or one.kept or one.changed])
    if marks is not None and new != known:
        _remember(request, new)


def _mark(address: str, form: str, ground: str) -> str:
    return salted_hmac("stafette.web.watching", f"{address}|{form}|{ground}").hexdigest()[:24]


def _marks(request: HttpRequest) -> dict[str, str] | None:
    if getattr(request, "actor", NOBODY) is NOBODY:
        return None
    found: dict[str, str] = request.session.get(MARKS, {})
    return found


def _remember(request: HttpRequest, marks: dict[str, str]) -> None:
    request.session[MARKS] = dict(list(marks.items())[-MOST_MARKS:])


def _count(request: HttpRequest, counts: Collection[Count]) -> None:
    memberships = getattr(request, "memberships", [])
    unit_id = memberships[0].unit_id if memberships else getattr(request, "watched_unit", None)
    try:
        with transaction.atomic():
            for counter in _counters:
                counter(actor=getattr(request, "actor", NOBODY), unit_id=unit_id, counts=counts)
    except Exception:  # a figure that is missing must never cost anybody a text
        logger.exception("hints to free text were not counted")
