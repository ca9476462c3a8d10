"""The log of readings as the officer sees it: who, when, what kind, which number; and what stands out in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, ExtractHour
from django.utils import timezone

from stafette.accounts.models import Unit, User
from stafette.audit.models import Event, Reading
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.permissions import Permission
from stafette.oversight.access import readings_visible_to
from stafette.oversight.values import FOREIGN, NIGHT_FROM, NIGHT_TO, READERS, number

DAYS, OWN_WORK_DAYS, SHOWN = 30, 365, 50


def short(value: UUID | None) -> str:
    """The number by which a record is told: the end of its id, as in the log of events."""
    return str(value)[-12:] if value else ""


def readings(*, actor: Actor) -> QuerySet[Reading]:
    """Readings in the units whose log the actor reads, each with the label of account and unit."""
    account = User.objects.filter(pk=OuterRef("account_id")).values("label")[:1]
    unit = Unit.objects.filter(pk=OuterRef("unit_id")).values("short_name")[:1]
    return readings_visible_to(actor).annotate(account=Subquery(account), unit=Subquery(unit))


def narrowed(rows: QuerySet[Reading], values: dict[str, Any]) -> QuerySet[Reading]:
    """Narrow the list by what the filter form says."""
    wanted = {
        "account_id": values.get("account_id"),
        "unit_id": values.get("unit_id"),
        "kind": values.get("kind"),
        "at__date__gte": values.get("since"),
        "at__date__lte": values.get("until"),
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if values.get("asked"):
        rows = rows.exclude(reason="")
    if not (end := values.get("number")):
        return rows
    numbered = rows.annotate(
        record_text=Cast("record_id", CharField()), about_text=Cast("about_id", CharField())
    )
    return numbered.filter(Q(record_text__endswith=end) | Q(about_text__endswith=end))


def choices_for(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Units that the actor oversees, and the accounts that work or worked in them."""
    mine = actor.units(Permission.READING_VIEW) | actor.units(Permission.BREACH_EDIT)
    units = Unit.objects.filter(pk__in=mine).order_by("short_name")
    accounts = User.objects.filter(memberships__unit__in=mine).distinct().order_by("label")
    return (
        [(str(pk), label) for pk, label in units.values_list("pk", "short_name")],
        [(str(pk), label) for pk, label in accounts.values_list("pk", "label")],
    )


@dataclass(frozen=True)
class Standing:
    """Something that stands out: who or what, and how often."""

    label: str
    count: int
    query: str


@dataclass(frozen=True)
class Patterns:
    """What stands out in the log of the last days: counts, to be looked at, never a verdict."""

    since: datetime
    foreign: list[Standing]
    nightly: list[Standing]
    crowded: list[Standing]
    in_vain: list[Standing]

    @property
    def count(self) -> int:
        """How many things stand out."""
        return len(self.foreign) + len(self.nightly) + len(self.crowded) + len(self.in_vain)


def patterns(*, actor: Actor) -> Patterns:
    """Look at thirty days: files without own work, at night, one file read by many, searches without a hit."""
    since = now() - timedelta(days=DAYS)
    rows = readings_visible_to(actor).filter(at__gte=since)
    views = rows.filter(about_id__isnull=False)
    worked = Event.objects.filter(
        actor_id=OuterRef("account_id"), about_id=OuterRef("about_id"),
        at__gte=since - timedelta(days=OWN_WORK_DAYS),
    )  # fmt: skip
    hour = ExtractHour("at", tzinfo=timezone.get_default_timezone())
    night = Q(hour__gte=number(NIGHT_FROM)) | Q(hour__lt=number(NIGHT_TO))
    foreign = views.filter(~Exists(worked))
    return Patterns(
        since=since,
        foreign=_accounts(_counted(foreign, "account_id", "about_id"), least=number(FOREIGN)),
        nightly=_accounts(_counted(rows.annotate(hour=hour).filter(night), "account_id", "id"), least=1),
        crowded=[
            Standing(short(row["about_id"]), row["count"], f"number={short(row['about_id'])}")
            for row in _counted(views, "about_id", "account_id")
            if row["count"] >= number(READERS)
        ],
        in_vain=_accounts(_counted(rows.filter(kind="search", number=0), "account_id", "id"), least=5),
    )


def _counted(rows: QuerySet[Reading], by: str, what: str) -> Iterable[dict[str, Any]]:
    counted = rows.order_by().values(by).annotate(count=Count(what, distinct=True))
    return list(counted.order_by("-count", by)[:SHOWN])


def _accounts(rows: Iterable[dict[str, Any]], *, least: int) -> list[Standing]:
    found = [row for row in rows if row["count"] >= least]
    labels = dict(User.objects.filter(pk__in=[row["account_id"] for row in found]).values_list("pk", "label"))
    return [
        Standing(labels.get(row["account_id"], "–"), row["count"], f"account_id={row['account_id']}")
        for row in found
    ]
