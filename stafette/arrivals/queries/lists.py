"""Questions of the arrivals room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from stafette.arrivals.access import (
    attempts_visible_to,
    files_visible_to,
    imports_visible_to,
    invitations_visible_to,
    rows_visible_to,
    senders_visible_to,
    visible_to,
)
from stafette.arrivals.models import (
    Arrival,
    ArrivalImport,
    ArrivalRow,
    ArrivalSender,
    ContactAttempt,
    Invitation,
)
from stafette.arrivals.models.imports import Decision, Outcome
from stafette.arrivals.reading import rejection
from stafette.kernel.actor import Actor


def arrivals(*, actor: Actor) -> QuerySet[Arrival]:
    """Arrivals with their households, for lists."""
    return visible_to(actor).select_related("household")


def imports(*, actor: Actor) -> QuerySet[ArrivalImport]:
    """Lists that came in."""
    return imports_visible_to(actor).select_related("sender")


def senders(*, actor: Actor) -> QuerySet[ArrivalSender]:
    """Offices whose lists are known, by name."""
    return senders_visible_to(actor).order_by("name")


def content_of(*, actor: Actor, import_id: UUID) -> bytes:
    """The bytes of a list that still waits; empty when they are gone."""
    file = files_visible_to(actor).filter(source=import_id).first()
    return bytes(file.content) if file else b""


def rows_of(*, actor: Actor, import_id: UUID, outcome: str) -> QuerySet[ArrivalRow]:
    """Rows of a list with one outcome, in the order of the file."""
    return (
        rows_visible_to(actor)
        .filter(source=import_id, outcome=outcome)
        .select_related("person")
        .order_by("number")
    )


def open_decisions(*, actor: Actor, import_id: UUID) -> int:
    """How many rows still wait for a human."""
    asked = [Outcome.POSSIBLE_DUPLICATE, Outcome.CHANGED]
    rows = rows_visible_to(actor).filter(source=import_id, outcome__in=asked, decision=Decision.OPEN)
    return rows.filter(is_applied=False).count()


def earlier_imports(*, actor: Actor, upload: ArrivalImport) -> QuerySet[ArrivalImport]:
    """Lists with the very same content that were taken over before."""
    same = imports_visible_to(actor).filter(unit=upload.unit_id, digest=upload.digest, state="applied")
    return same.exclude(pk=upload.pk).order_by("-created_at")


def invitations_of(*, actor: Actor, arrival_id: UUID) -> QuerySet[Invitation]:
    """Invitations of one arrival, newest first."""
    return invitations_visible_to(actor).filter(arrival=arrival_id).order_by("-created_at")


def attempts_of(*, actor: Actor, arrival_id: UUID) -> QuerySet[ContactAttempt]:
    """Tries to reach one household, newest first."""
    return attempts_visible_to(actor).filter(arrival=arrival_id).order_by("-at")


def import_report(*, actor: Actor, import_id: UUID) -> dict[str, Any]:
    """What became of a list: the figures add up to `rows`, each refused row with number and reason."""
    upload = imports_visible_to(actor).get(pk=import_id)
    refused = rows_of(actor=actor, import_id=import_id, outcome=Outcome.REJECTED)
    return {
        "rows": upload.rows_total,
        "new": upload.new,
        "known": upload.known,
        "possible_duplicate": upload.possible_duplicate,
        "changed": upload.changed,
        "rejected": [
            {"row": number, "reason": rejection(code, value)}
            for number, code, value in refused.values_list("number", "reason", "value")
        ],
        "households": upload.households,
    }
