"""The kinds of consent, and what can be ticked in each: none ever stands for another.

A release from professional secrecy (§ 203 StGB) opens a mouth, it moves no data; consent to pass data on (Art. 7 GDPR)
releases nobody from secrecy. So each kind has its own boxes, its own words and its own use.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.protection.data import Category


class Kind(models.TextChoices):
    """What somebody agrees to (domain.md 3.4)."""

    DATA = "data", _("Weitergabe von Angaben")
    EXTRA = "extra", _("Zusätzliche Angaben im Ankunftsgespräch")
    SECRECY = "secrecy", _("Schweigepflichtentbindung")
    CONFERENCE = "conference", _("Fallkonferenz oder Runder Tisch")
    VISIT = "visit", _("Betreten der Wohnung und Fotos")
    MATCHING = "matching", _("Vermittlung einer Wohnung")
    MENTORING = "mentoring", _("Patenschaft")


class Direction(models.TextChoices):
    """Who may speak to whom; each direction is ticked on its own."""

    TELL = "tell", _("Die Stelle darf dort Auskunft geben")
    ASK = "ask", _("Die Stelle darf dort Auskunft bekommen")


class Visit(models.TextChoices):
    """What may be done in a flat."""

    ENTRY = "entry", _("die Wohnung betreten und ansehen")
    PHOTO = "photo", _("Fotos von Räumen und Schäden machen, ohne Personen")


class Profile(models.TextChoices):
    """What a landlord is shown for one offer (F36)."""

    SIZE = "size", _("Zahl der Personen im Haushalt")
    WISHES = "wishes", _("Wünsche an die Wohnung")
    INCOME = "income", _("Art des Einkommens, keine Beträge")
    CONTACT = "contact", _("Name und Telefon für eine Besichtigung")


class Mentor(models.TextChoices):
    """What a volunteer gets: nothing beyond this (F34)."""

    FIRST_NAME = "first_name", _("Vorname")
    CONTACT = "contact", _("Telefon oder andere Erreichbarkeit")
    LANGUAGE = "language", _("Sprachen")
    TASK = "task", _("wobei geholfen werden soll")


EXTRA = (
    *(Category.LANGUAGE, Category.FAMILY, Category.HOUSING, Category.SCHOOL),
    *(Category.WORK, Category.INSURANCE, Category.NEEDS),
)
BOXES: dict[Kind, list[tuple[str, object]]] = {
    Kind.DATA: list(Category.choices),
    Kind.EXTRA: [(one.value, one.label) for one in EXTRA],
    Kind.SECRECY: list(Direction.choices),
    Kind.CONFERENCE: list(Category.choices),
    Kind.VISIT: list(Visit.choices),
    Kind.MATCHING: list(Profile.choices),
    Kind.MENTORING: list(Mentor.choices),
}
WITH_TOPIC = {Kind.SECRECY, Kind.CONFERENCE}
OWN_USE = {Kind.EXTRA}  # nothing leaves: the receiver is the unit that asks
BY_NAME = {Kind.MATCHING, Kind.MENTORING}  # landlords and volunteers are no units


def box_codes(kind: str, ticked: Collection[str]) -> list[str]:
    """The ticked boxes that this kind knows, in their order."""
    return [code for code, _label in BOXES[Kind(kind)] if code in ticked]


def box_labels(kind: str, ticked: Collection[str]) -> list[str]:
    """The same in German, for lists and pages."""
    return [str(label) for code, label in BOXES[Kind(kind)] if code in ticked]
