"""How true the directory is, in numbers: what was confirmed lately, by kind of provider and by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils.timezone import localtime

from stafette.accounts.queries import topics
from stafette.directory.models import (
    LISTED,
    EntryProposal,
    OrganizationKind,
    Service,
    Signal,
    SignalKind,
)
from stafette.kernel.clock import today
from stafette.upkeep.rules import days_of

HINTS = (SignalKind.LINK_BROKEN, SignalKind.PHONE_WRONG, SignalKind.FEEDBACK)
OF_UNITS = (SignalKind.AT_CAPACITY, SignalKind.NOT_RESPONSIBLE)


@dataclass
class Share:
    """So many of `base` listed services were confirmed lately; `never` were never, `stale` longer ago than allowed."""

    label: str
    base: int = 0
    confirmed: int = 0
    stale: int = 0
    never: int = 0

    @property
    def percent(self) -> int | None:
        """The confirmed of a hundred, rounded; None of nothing."""
        return round(100 * self.confirmed / self.base) if self.base else None

    def add(self, assured_at: date | None, days: int, since: date, day: date) -> None:
        """Count one service that was confirmed then, for so many days."""
        self.base += 1
        if assured_at is None:
            self.never += 1
            return
        self.confirmed += assured_at >= since
        self.stale += assured_at + timedelta(days=days) < day


@dataclass(frozen=True)
class Picture:
    """All of it on one day; `days` is the span in which a confirmation counts."""

    days: int
    whole: Share
    by_kind: tuple[Share, ...]
    by_topic: tuple[Share, ...]
    proposals: int
    oldest_proposal: int | None
    hints: dict[str, int]


def picture(on: date | None = None) -> Picture:
    """Count the listed services and what waits for the editors; no people stand in any of these tables."""
    day = on or today()
    span = days_of("share_days", day)
    rows = Service.objects.filter(status__in=LISTED, organization__is_active=True)
    whole = Share("")
    by_kind, by_topic = defaultdict[str, Share](_share), defaultdict[str, Share](_share)
    facts = rows.values_list("assured_at", "confirm_days", "organization__kind", "topics")
    for assured_at, days, kind, codes in facts:
        for share in (whole, by_kind[kind], *(by_topic[one] for one in set(codes))):
            share.add(assured_at, days, day - span, day)
    waiting, oldest = _proposals(day)
    return Picture(
        days=span.days,
        whole=whole,
        by_kind=_named(by_kind, dict(OrganizationKind.choices)),
        by_topic=_named(by_topic, {one.code: one.label for one in topics()}),
        proposals=waiting,
        oldest_proposal=oldest,
        hints=hint_counts(day),
    )


def _share() -> Share:
    return Share("")


def hint_counts(day: date) -> dict[str, int]:
    """How many services have an open hint of each kind; those from the units' work of late only."""
    rows = Signal.objects.filter(settled_on=None, service__status__in=LISTED)
    lately = rows.filter(kind__in=OF_UNITS, noted_on__gte=day - days_of("signal_days", day))
    found = {**_counted(rows.filter(kind__in=HINTS)), **_counted(lately)}
    return {kind.value: found.get(kind.value, 0) for kind in (*HINTS, *OF_UNITS)}


def _counted(rows: Any) -> dict[str, int]:
    pairs: Iterable[tuple[str, int]] = rows.values_list("kind").annotate(n=Count("service", distinct=True))
    return dict(pairs)


def _proposals(day: date) -> tuple[int, int | None]:
    rows = EntryProposal.objects.filter(state=EntryProposal.State.OPEN)
    found = rows.aggregate(n=Count("pk"), first=Min("proposed_at"))
    return found["n"], (day - localtime(found["first"]).date()).days if found["first"] else None


def _named(shares: dict[str, Share], words: dict[str, Any]) -> tuple[Share, ...]:
    for code, share in shares.items():
        share.label = str(words.get(code, code))
    return tuple(sorted(shares.values(), key=lambda one: (one.percent or 0, one.label)))
