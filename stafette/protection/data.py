"""Words that flow rules, consents and envelopes share: categories of data, modes, parties, decisions."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """Kinds of data that may travel, each decided on its own (architecture.md, rule 2)."""

    CORE = "core", _("Name und Geburtsdatum")
    CONTACT = "contact", _("Telefon oder andere Erreichbarkeit")
    ADDRESS = "address", _("Anschrift")
    LANGUAGE = "language", _("Sprachen")
    ARRIVAL = "arrival", _("Tag der Ankunft")
    FAMILY = "family", _("Familie und Haushalt")
    HOUSING = "housing", _("Wohnen")
    SCHOOL = "school", _("Schule und Bildung")
    WORK = "work", _("Arbeit")
    INSURANCE = "insurance", _("Krankenversicherung")
    NEEDS = "needs", _("Anliegen und Bedarf")
    COUNT_AT_ADDRESS = "count_at_address", _("Zahl der Personen an der Anschrift")


class Mode(models.TextChoices):
    """On what ground data may cross from one unit to another (domain.md 3.3)."""

    STATUTE = "statute", _("gesetzlich erlaubt")
    DUTY = "duty", _("gesetzlich vorgeschrieben")
    REQUEST = "request", _("nur auf Ersuchen im Einzelfall")
    CONSENT = "consent", _("nur mit Einwilligung")
    AGGREGATE = "aggregate", _("nur als Zahl")
    FORBIDDEN = "forbidden", _("nicht erlaubt")


class Channel(models.TextChoices):
    """In which way data left: each crossing is one entry of the log, whatever it travelled on.

    Exports, prints and letters stay in the unit's own hands; they stand in the same log, so that the proof has no
    gap, and are marked as internal, so that it tells no crossing where there was none.
    """

    REFERRAL = "referral", _("Übergabe")
    QUESTION = "question", _("Frage an einen Partner")
    LINK = "link", _("vom Partner geöffnet")
    CONFERENCE = "conference", _("Fallkonferenz")
    ANSWER = "answer", _("Antwort auf ein Ersuchen")
    NOTICE = "notice", _("gesetzliche Mitteilung")
    LETTER = "letter", _("Brief")
    PRINT = "print", _("Ausdruck")
    EXPORT = "export", _("Liste als Datei")


INTERNAL = frozenset({Channel.LETTER, Channel.PRINT, Channel.EXPORT})


class Occasion(StrEnum):
    """What sets a passing-on in motion; some rules hold for one of them only."""

    INITIATIVE = "initiative"
    REQUEST = "request"
    DANGER = "danger"


class Feedback(models.TextChoices):
    """How much the receiver may tell the sender about what became of it."""

    OUTCOME = "outcome", _("Ergebnis nach Liste")
    HANDLED = "handled", _("nur: bearbeitet")
    NONE = "none", _("keine Rückmeldung")


@dataclass(frozen=True)
class Party:
    """One side of a flow, as the rules see it: its kind, and whether it is public or committed in writing."""

    kind: str
    is_public: bool = True
    is_bound: bool = False


@dataclass(frozen=True)
class Outsider:
    """A receiver that is no unit of ours (school, doctor, landlord): its id and its name as it stands in the proof."""

    id: UUID
    name: str


def outsider_columns(outsider: Outsider | None) -> dict[str, Any]:
    """The columns of a row that names a receiver outside; none for a receiver that is a unit."""
    return {} if outsider is None else {"outsider_id": outsider.id, "outsider_name": outsider.name}


@dataclass(frozen=True)
class Decision:
    """What may travel, on which ground, and the sentence that tells the clerk why."""

    mode: Mode
    rule: str
    norm: str
    sentence: str
    allowed: frozenset[str] = field(default_factory=frozenset)
    needs_consent: frozenset[str] = field(default_factory=frozenset)
    refused: frozenset[str] = field(default_factory=frozenset)
    feedback: Feedback = Feedback.OUTCOME

    @property
    def is_possible(self) -> bool:
        """Tell whether anything may travel at all, with or without consent."""
        return bool(self.allowed or self.needs_consent)
