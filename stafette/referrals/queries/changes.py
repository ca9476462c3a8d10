"""What was corrected at a referral, in words: old value, new value, how one knows, when, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from stafette.kernel.actor import Actor
from stafette.referrals.access import corrections_visible_to
from stafette.referrals.data import ReopenReason
from stafette.referrals.models import DeclineReason, Outcome, Referral

FIELDS: dict[str, Any] = {
    "outcome": _("Ergebnis"),
    "feedback": _("Rückmeldung"),
    "decline_reason": _("Grund"),
    "contacted_at": _("Tag des Erstkontakts"),
    "closed_at": _("Abgeschlossen am"),
    "reopened": _("Wieder geöffnet"),
}
CODES: dict[str, Any] = {
    "outcome": Outcome,
    "feedback": Outcome,
    "decline_reason": DeclineReason,
    "reopened": ReopenReason,
}


@dataclass(frozen=True)
class Change:
    """One correction as the page shows it."""

    at: datetime
    by: str
    label: str
    old: str
    new: str
    source: str


def changes(*, actor: Actor, referral: Referral, at_sender: bool) -> list[Change]:
    """Corrections in the books of the actor's side, the oldest first."""
    unit = referral.from_unit_id if at_sender else referral.to_unit_id
    found = corrections_visible_to(actor).filter(referral=referral.pk, unit=unit)
    return [
        Change(
            at=row.created_at,
            by=row.corrected_by.label,
            label=str(FIELDS.get(row.field, row.field)),
            old=_word(row.field, row.old_value),
            new=_word(row.field, row.new_value),
            source=str(row.get_source_display()),
        )
        for row in found.select_related("corrected_by")
    ]


def _word(name: str, value: str) -> str:
    if not value:
        return ""
    if name in CODES:
        return str(CODES[name](value).label)
    return f"{date.fromisoformat(value):%d.%m.%Y}" if name.endswith("_at") else value
