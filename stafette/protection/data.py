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
    NOTICE = "notice"


class Condition(models.TextChoices):
    """What else a rule asks for; the first five must be told to `decide`, or nothing travels."""

    REASON = "reason", _("Gründe sind festgehalten")
    REQUESTED = "requested", _("dokumentiertes Ersuchen mit Begründung liegt vor (§ 67d Abs. 1 SGB X)")
    FRESH = "fresh", _("Ersuchen ist nicht zu alt")
    HEAD = "head", _("Leitung der Stelle, Vertretung oder befugte Person entscheidet")
    FOUR_EYES = "four_eyes", _("zweite Person hat geprüft")
    SINGLE_CASE = "single_case", _("nur im Einzelfall, keine Listen")
    APPROVED_RETRIEVAL = "approved_retrieval", _("automatischer Abruf nur mit Genehmigung und Dokumentation")
    WRITTEN = (
        "written",
        _("Einwilligung schriftlich oder elektronisch (Gesundheitsdaten, § 67b Abs. 2 SGB X)"),
    )
    RELEASE = "release", _("Entbindung von der Schweigepflicht, soweit § 203 StGB gilt")
    FAMILY_FIRST = "family_first", _("Familie vorher informieren, außer der Schutz des Kindes ist gefährdet")
    NO_INFORMANT = "no_informant", _("nie, von wem der Hinweis stammt")
    NAMES_IF_NEEDED = "names_if_needed", _("Angaben zu Personen nur, wenn der Empfänger sie braucht")
    LIMITED = "limited", _("nur die genannte Aussage, ohne Gründe")
    FORWARD_ONLY = "forward_only", _("nur weiterleiten, nichts behalten")
    BOTH_SIDES = "both_sides", _("beide Seiten willigen ein")
    PER_OFFER = "per_offer", _("je Angebot eine eigene Einwilligung")
    PLEDGE = "pledge", _("schriftliche Verpflichtung auf Verschwiegenheit oder Datengeheimnis")
    PURPOSE_BOUND = "purpose_bound", _("Empfänger ist an den Zweck gebunden (§ 78 SGB X)")
    LAW_OF_LAND = "law_of_land", _("Rechtsgrundlage des Landes vor dem Einsatz prüfen")
    SMALL_COUNTS = "small_counts", _("keine kleinen Fallzahlen")
    CLOSED_SESSION = "closed_session", _("Angaben zu Gebäuden nur in nichtöffentlicher Sitzung")
    OVER_LIMIT = "over_limit", _("nur ab dem Höchstmaß des Bußgelds nach § 87 Abs. 4 AufenthG")


STRICT = frozenset(
    {Condition.REASON, Condition.REQUESTED, Condition.FRESH, Condition.HEAD, Condition.FOUR_EYES}
)


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
    conditions: tuple[str, ...] = ()

    @property
    def needs_written(self) -> bool:
        """Tell whether a consent by word does not suffice."""
        return Condition.WRITTEN in self.conditions

    @property
    def is_possible(self) -> bool:
        """Tell whether anything may travel at all, with or without consent."""
        return bool(self.allowed or self.needs_consent)
