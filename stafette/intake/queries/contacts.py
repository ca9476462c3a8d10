"""Counts of short contacts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from stafette.intake.access import contacts_visible_to
from stafette.intake.models import ShortContact, TopicList
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now

UNDO_MINUTES = 15


@dataclass(frozen=True)
class DayCount:
    """The contacts of one day at one counter. Topics add up to more than contacts: several are possible (W-71)."""

    contacts: int
    topics: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    results: tuple[tuple[str, int], ...]


def current_topics() -> TopicList | None:
    """The newest topic list."""
    return TopicList.objects.order_by("-version", "-created_at").first()


def contacts_of_day(*, actor: Actor, unit_id: UUID, day: date) -> DayCount:
    """Count what still stands: neither what was taken back nor what became a talk."""
    counted = contacts_visible_to(actor).filter(
        unit=unit_id, counted_on=day, state=ShortContact.State.COUNTED
    )
    rows = list(counted.values_list("topics", "language", "result"))
    return DayCount(
        contacts=len(rows),
        topics=_counted(topic for topics, _, _ in rows for topic in topics),
        languages=_counted(language for _, language, _ in rows),
        results=_counted(result for _, _, result in rows),
    )


def undoable(*, actor: Actor, contact_id: UUID) -> ShortContact | None:
    """The contact while it can still be taken back or carried on as a talk."""
    since = now() - timedelta(minutes=UNDO_MINUTES)
    counted = contacts_visible_to(actor).filter(state=ShortContact.State.COUNTED, created_at__gte=since)
    return counted.filter(pk=contact_id).first()


def _counted(values: object) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(values).most_common())  # type: ignore[call-overload]
