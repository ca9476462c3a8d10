"""Readings drawn for review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from stafette.accounts.models import Unit, User
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.oversight.access import samples_visible_to
from stafette.oversight.models import ReadingSample


def last_month(day: date | None = None) -> date:
    """The first day of the month before: the one that is drawn from."""
    return ((day or today()).replace(day=1) - timedelta(days=1)).replace(day=1)


def samples(*, actor: Actor) -> QuerySet[ReadingSample]:
    """What was drawn, the open ones first, with account and unit by their labels."""
    account = User.objects.filter(pk=OuterRef("reading__account_id")).values("label")[:1]
    unit = Unit.objects.filter(pk=OuterRef("unit_id")).values("short_name")[:1]
    found = samples_visible_to(actor).select_related("reading", "reviewed_by")
    return found.annotate(account=Subquery(account), unit_name=Subquery(unit)).order_by(
        "verdict", "-month", "id"
    )


@dataclass(frozen=True)
class MonthOfSamples:
    """How the review of a month stands."""

    month: date
    drawn: int
    open: int
    plausible: int
    ask: int


def months(*, actor: Actor) -> list[MonthOfSamples]:
    """Counts per month, the newest first: what the officer reports."""
    rows: Any = samples_visible_to(actor).order_by().values("month")
    counted = rows.annotate(
        drawn=Count("id"),
        open=Count("id", filter=Q(verdict="")),
        plausible=Count("id", filter=Q(verdict="plausible")),
        ask=Count("id", filter=Q(verdict="ask")),
    )
    return [MonthOfSamples(**row) for row in counted.order_by("-month")[:12]]
