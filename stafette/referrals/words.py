"""Choices of the forms, so that forms and views hold no model."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, UnitKind
from stafette.directory.queries import topic_choices
from stafette.protection.models import Consent
from stafette.referrals.allowed import BY_HAND
from stafette.referrals.data import ReopenReason
from stafette.referrals.limits import REASONS
from stafette.referrals.models import (
    CaseTransfer,
    ContactAttempt,
    Correction,
    DateChange,
    DeclineReason,
    DismissReason,
    Outcome,
    Referral,
)

STATE_FILTER = [
    ("", _("alle offenen")),
    *Referral.State.choices,
    ("ended", _("alle beendeten")),
    ("all", _("alle")),
]
DECLINE_REASONS = DeclineReason.choices
DISMISS_REASONS = DismissReason.choices
OUTCOMES = [choice for choice in Outcome.choices if choice[0] in BY_HAND]
REOPEN_REASONS = ReopenReason.choices
SOURCES = [choice for choice in Correction.Source.choices if choice[0] != Correction.Source.REOPENED]
CHANNELS = ContactAttempt.Channel.choices
ATTEMPT_RESULTS = ContactAttempt.Result.choices
SUSPENSION_REASONS = [(one, one.label) for one in REASONS[DateChange.Kind.SUSPENSION]]
EXTENSION_REASONS = [(one, one.label) for one in REASONS[DateChange.Kind.EXTENSION]]
PAUSE_REASONS = [(one, one.label) for one in REASONS[DateChange.Kind.PAUSE]]
LEAD_REASONS = CaseTransfer.Reason.choices
CONSENT_FORMS = Consent.Form.choices
MOVE_NAMES = {
    **Referral.NAMES,
    "attempt": _("Kontaktversuch festhalten"),
    "take_over": _("Ich übernehme"),
    "forward": _("Weitergeben"),
    "extend": _("Frist verlängern"),
    "pause": _("Erinnerungen pausieren"),
    "offer_lead": _("Federführung anbieten"),
    "correct_outcome": _("Ergebnis berichtigen"),
    "correct_reason": _("Grund berichtigen"),
    "correct_contact": _("Tag des Erstkontakts berichtigen"),
}


def units() -> list[tuple[str, str]]:
    """Units between which referrals go, by name."""
    others = (UnitKind.COORDINATION, UnitKind.DATA_PROTECTION, UnitKind.OPERATIONS)
    found = Unit.objects.exclude(kind__in=others).order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in found]


def running_units() -> list[tuple[str, str]]:
    """Units to which something can still be sent, by name."""
    others = (UnitKind.COORDINATION, UnitKind.DATA_PROTECTION, UnitKind.OPERATIONS)
    found = Unit.objects.exclude(kind__in=others).filter(ends_on=None).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def topics() -> list[tuple[str, Any]]:
    """Topics of services, with „alle“ first."""
    return [("", _("alle")), *topic_choices()]
