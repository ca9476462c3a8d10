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
    UNSOLVED = "unsolved", _("nicht lösbar")


class Status(models.TextChoices):
    """What became of a question."""

    ANSWERED = "answered", _("beantwortet")
    NOT_ASKED = "not_asked", _("nicht gefragt")
    DECLINED = "declined", _("keine Angabe")
