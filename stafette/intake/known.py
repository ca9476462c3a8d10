"""What other rooms already know about a household, so that nobody asks twice (W-03).

Rooms beside this one are tied in by config/wiring.py: `register_known(source)`; a source returns answers to questions
of the form by their code, for the whole household.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from stafette.kernel.actor import Actor

Source = Callable[[Actor, UUID], Mapping[str, Any]]
_sources: list[Source] = []


def register_known(source: Source) -> None:
    """Ask this source whenever a talk begins; called in config/wiring.py and nowhere else."""
    if source not in _sources:
        _sources.append(source)


def known_from_others(actor: Actor, household_id: UUID) -> dict[str, Any]:
    """Return what the registered sources know; a later source goes before an earlier one."""
    found: dict[str, Any] = {}
    for source in _sources:
        found.update(source(actor, household_id))
    return found
