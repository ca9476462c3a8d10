"""Write the log and let other rooms answer: `react` is called in config/wiring.py and nowhere else."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from stafette.audit.models import Event
from stafette.kernel.actor import Actor

Reaction = Callable[[Actor, Event], None]
_reactions: dict[str, list[Reaction]] = {}


def record(
    actor: Actor, kind: str, subject: models.Model, *, unit: UUID, about: UUID | None = None, **details: Any
) -> Event:
    """Append one event in the transaction of the command that calls, then run the reactions to it.

    `unit` is the unit in whose books it stands, `about` the household whose timeline shows it. `details` takes ids,
    codes, dates and counts only: what is written here stays.
    """
    event = Event(
        kind=kind,
        actor_id=actor.id,
        actor_label=actor.label,
        unit_id=unit,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        about_id=about,
        details=json.loads(json.dumps(details, cls=DjangoJSONEncoder)),
    )
    event.save(force_insert=True)
    for reaction in _reactions.get(kind, []):
        reaction(actor, event)
    return event


def react(kind: str, reaction: Reaction) -> None:
    """Let a room answer events of this kind, in the same transaction."""
    if reaction not in _reactions.setdefault(kind, []):
        _reactions[kind].append(reaction)
