"""Draw readings for review, by chance that can be drawn again, and say what came of looking at them."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.models import Reading
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.oversight.models import ReadingSample
from stafette.oversight.values import LEAST, PERCENT, number


@command
def draw_sample(*, actor: Actor, authority_id: UUID, month: date) -> int:
    """Draw so many per cent of a month's readings in the units of an authority, at least a few; returns how many.

    Which ones follows from the month and the ids of the readings: whoever draws again gets the same, and nobody
    can choose whom to look at. A month is drawn once.
    """
    units = list(Unit.objects.filter(authority=authority_id).order_by("pk"))
    mine = [unit.pk for unit in units if actor.may(Permission.READING_VIEW, unit=unit.pk)]
    if not mine:
        actor.require(Permission.READING_VIEW, unit=authority_id)
    if ReadingSample.objects.select_for_update().filter(unit__in=mine, month=month).exists():
        return 0
    drawn = _drawn(mine, month)
    rows = [ReadingSample(unit_id=unit_id, reading_id=pk, month=month) for pk, unit_id in drawn]
    ReadingSample.objects.bulk_create(rows)
    if rows:
        record(actor, "sample.drawn", units[0], unit=mine[0], month=month, number=len(rows))
    return len(rows)


def _drawn(units: list[UUID], month: date) -> list[tuple[UUID, UUID]]:
    following = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    rows = Reading.objects.filter(unit_id__in=units, at__date__gte=month, at__date__lt=following)
    found = list(rows.values_list("pk", "unit_id"))
    wanted = max(number(LEAST), -(-len(found) * number(PERCENT) // 100))
    return sorted(found, key=lambda row: hashlib.sha256(f"{month:%Y-%m} {row[0]}".encode()).digest())[:wanted]


@command
def review_reading(*, actor: Actor, sample_id: UUID, verdict: str, note: str = "") -> ReadingSample:
    """Say that a reading is plausible, or that somebody must be asked, and with what result."""
    sample = ReadingSample.objects.select_for_update().get(pk=sample_id)
    actor.require(Permission.READING_VIEW, unit=sample.unit_id)
    if not sample.is_open and sample.verdict == ReadingSample.Verdict.PLAUSIBLE:
        raise RuleBroken(_("Dieser Lesezugriff ist schon geprüft."))
    if verdict == ReadingSample.Verdict.ASK and not note.strip():
        raise BadInput(_("Schreiben Sie auf, wonach Sie fragen oder was die Nachfrage ergab."))
    sample.verdict, sample.note = verdict, note.strip()
    sample.reviewed_at, sample.reviewed_by_id = now(), actor.id
    sample.save(update_fields=["verdict", "note", "reviewed_at", "reviewed_by"])
    record(actor, "sample.reviewed", sample, unit=sample.unit_id, verdict=verdict)
    return sample
