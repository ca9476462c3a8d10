"""What stands in the report besides the contacts: directory, sheets, open questions. All of it without people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from stafette.directory.models import Organization, Service, ServiceText
from stafette.directory.queries import services
from stafette.evaluation.periods import Period
from stafette.evaluation.queries.reading import CountedUnit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.materials.models import InfoSheet, SheetVersion
from stafette.partners.models import CooperationAgreement
from stafette.partners.words import desk_time

FRESH_DAYS = 90


@dataclass(frozen=True)
class Directory:
    """The state of the directory on the day of asking: there are no older states to look back to."""

    services: int
    organizations: int
    fresh: int
    older: int
    never: int
    full: int
    texts: dict[str, int]


@dataclass(frozen=True)
class Sheets:
    """How many sheets there are, and how many of them are shown in which language."""

    sheets: int
    shown: dict[str, int]
    outdated: dict[str, int]


def directory_state() -> Directory:
    """How many services are listed, and how long ago a human being confirmed each."""
    listed = list(services().values_list("assured_at", "room"))
    since = today() - timedelta(days=FRESH_DAYS)
    approved = ServiceText.objects.filter(
        state=ServiceText.State.APPROVED, service__in=services().values("pk")
    )
    return Directory(
        services=len(listed),
        organizations=Organization.objects.filter(services__in=services().values("pk")).distinct().count(),
        fresh=sum(day is not None and day >= since for day, _room in listed),
        older=sum(day is not None and day < since for day, _room in listed),
        never=sum(day is None for day, _room in listed),
        full=sum(room != Service.Room.OPEN for _day, room in listed),
        texts=dict(Counter(approved.values_list("language", flat=True)).most_common()),
    )


def sheet_state() -> Sheets:
    """Published versions per language; an outdated one is still shown, with a mark."""
    found = list(
        SheetVersion.objects.filter(
            state__in=[SheetVersion.State.PUBLISHED, SheetVersion.State.OUTDATED]
        ).values_list("language", "state")
    )
    shown = Counter(language for language, _state in found)
    outdated = Counter(language for language, state in found if state == SheetVersion.State.OUTDATED)
    return Sheets(InfoSheet.objects.count(), dict(shown.most_common()), dict(outdated))


def open_questions(*, actor: Actor, units: Iterable[CountedUnit], period: Period) -> dict[str, int]:
    """Questions that the counter could not answer, by what became of them; counts only."""
    if not actor.may(Permission.COUNTS_VIEW):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select state, count from evaluation_questions(%s, %s, %s::uuid[])",
            [period.since, period.until, [unit.id for unit in units]],
        )
        return dict(cursor.fetchall())


def agreement_lines() -> list[list[str]]:
    """The running agreements: partner, since, until, when in the house, answer within how many days."""
    running = CooperationAgreement.objects.filter(state=CooperationAgreement.State.RUNNING)
    return [
        [
            one.partner.name,
            f"{one.starts_on:%d.%m.%Y}",
            f"{one.ends_on:%d.%m.%Y}" if one.ends_on else _("ohne Ende"),
            "; ".join(desk_time(row) for row in one.times.all()) or "–",
            _("{days} Arbeitstagen").format(days=one.answer_days) if one.answer_days else "–",
        ]
        for one in running.select_related("partner").prefetch_related("times").order_by("partner__name", "id")
    ]
