"""Plain values that other rooms hand in or get back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FindingData:
    """What a talk or a visit brought to light: the blueprint's code, one sentence why, the rule's source."""

    code: str
    reason: str
    source: str
    rule_version: str
    person_id: UUID | None = None


@dataclass(frozen=True)
class Periods:
    """Working days that a pair of units agreed on, and the version of that agreement."""

    receipt: int = 2
    answer: int = 5
    first_contact: int = 10
    feedback: int = 5
    version: str = "Vorgabe 1"


@dataclass(frozen=True)
class Dates:
    """Until when the holder of the baton must act, when to remind, and when the escalation unit is told."""

    next_on: date
    remind_on: date
    escalate_on: date


class ReopenReason(models.TextChoices):
    """Why a referral goes on that was over."""

    CAME_BACK = "came_back", _("Familie meldet sich wieder")
    TOO_EARLY = "too_early", _("zu früh oder aus Versehen abgeschlossen")
    NEW_FACTS = "new_facts", _("neue Angaben liegen vor")
