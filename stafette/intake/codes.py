"""Code lists of talks and contacts, for models and forms alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Interpreting(models.TextChoices):
    """How both sides understood each other; no name of an interpreter is kept."""

    CLERK = "clerk", _("Mitarbeitende sprechen die Sprache")
    GERMAN = "german", _("auf Deutsch")
    PERSON = "person", _("Sprachmittlung vor Ort")
    PHONE = "phone", _("Sprachmittlung per Telefon oder Video")
    COMPANION = "companion", _("mitgebrachte Person")
    DEVICE = "device", _("Übersetzungsgerät")


class DocumentCheck(models.TextChoices):
    """Result of looking at the papers: no copy, no serial number is kept (T9, § 20(2) and (3) PAuswG)."""

    NOT_DONE = "not_done", _("nicht geprüft")
    OK = "ok", _("ohne Befund")
    DOUBT = "doubt", _("Zweifel, Leitung informiert")
    POLICE = "police", _("der Polizei übergeben")


class Outlook(models.TextChoices):
    """How long the clerk thinks that a household will stay."""

    LONG = "long", _("bleibt wahrscheinlich länger")
    SHORT = "short", _("bleibt wahrscheinlich nur kurz")
    UNKNOWN = "unknown", _("nicht einzuschätzen")


class Channel(models.TextChoices):
    """How a short contact came about."""

    COUNTER = "counter", _("am Schalter")
    PHONE = "phone", _("Telefon")
    MESSAGE = "message", _("Nachricht oder E-Mail")
    OUTSIDE = "outside", _("unterwegs")


class Result(models.TextChoices):
    """What became of a short contact."""

    ANSWERED = "answered", _("beantwortet")
    SIGNPOSTED = "signposted", _("an Dienst verwiesen")
    REFERRED = "referred", _("an Stelle weitergegeben")
    APPOINTMENT = "appointment", _("Termin vereinbart")
    INTERPRETER = "interpreter", _("Sprachmittlung bestellt")
    UNSOLVED = "unsolved", _("nicht lösbar")


class Origin(models.TextChoices):
    """Where somebody comes from, as coarse as an anonymous count may be: regions, never a nationality."""

    EU = "eu", _("Europäische Union")
    UKRAINE = "ukraine", _("Ukraine")
    EUROPE = "europe", _("übriges Europa, Türkei, Kaukasus")
    NEAR_EAST = "near_east", _("Naher und Mittlerer Osten, Nordafrika")
    AFRICA = "africa", _("übriges Afrika")
    ASIA = "asia", _("übriges Asien, Ozeanien")
    AMERICA = "america", _("Amerika")
    GERMANY = "germany", _("Deutschland")


class TargetGroup(models.TextChoices):
    """As whom somebody asked; the codes are those by which services say for whom they are."""

    FAMILIES = "families", _("Familien")
    CHILDREN = "children", _("Kinder")
    YOUTH = "youth", _("Jugendliche")
    WOMEN = "women", _("Frauen")
    MEN = "men", _("Männer")
    SENIORS = "seniors", _("Ältere")
    STUDENTS = "students", _("Studierende")
    WORKERS = "workers", _("Beschäftigte")
    SKILLED_WORKERS = "skilled_workers", _("Fachkräfte")
    REFUGEES = "refugees", _("Geflüchtete")
    EU_CITIZENS = "eu_citizens", _("EU-Bürgerinnen und EU-Bürger")
    DISABLED = "disabled", _("Menschen mit Behinderung")
    LGBTIQ = "lgbtiq", _("LSBTIQ*")
    VOLUNTEERS = "volunteers", _("Ehrenamtliche")
    EMPLOYERS = "employers", _("Arbeitgeber")


class Status(models.TextChoices):
    """What became of a question."""

    ANSWERED = "answered", _("beantwortet")
    NOT_ASKED = "not_asked", _("nicht gefragt")
    DECLINED = "declined", _("keine Angabe")
