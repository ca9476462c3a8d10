"""Objections that a unit observes (Art. 21 GDPR): kept by a room above, asked before something new is begun.

register_objections(objected_since)     # only in config/wiring.py
"""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.errors import RuleBroken
from stafette.protection.data import Mode

UNTOUCHED = {Mode.CONSENT, Mode.DUTY}  # Art. 21(1) GDPR names neither consent nor a legal obligation


class Objected(Protocol):
    """What a room registers: since when the household's objection stands; None where there is none."""

    def __call__(self, *, actor: Actor, household_id: UUID) -> date | None:
        """Look with the actor's eyes."""


_sources: list[Objected] = []


def register_objections(source: Objected) -> None:
    """Let a room say where an objection stands; naming it twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def refuse_against_objection(actor: Actor, *, household_id: UUID | None, mode: str) -> None:
    """Refuse what rests on the unit's task while somebody of the household objected to that."""
    if household_id is None or mode in UNTOUCHED:
        return
    for source in _sources:
        since = source(actor=actor, household_id=household_id)
        if since is not None:
            raise RuleBroken(
                _(
                    "Für diesen Haushalt gilt seit {day} ein Widerspruch (Art. 21 DSGVO). Auf diesem Weg geht "
                    "nichts Neues an andere. Ist der Widerspruch zurückgenommen, vermerken Sie das zuerst auf der "
                    "Seite des Haushalts."
                ).format(day=f"{since:%d.%m.%Y}")
            )
