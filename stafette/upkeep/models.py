"""How the town asks its providers whether their entries still hold, and what the checks of addresses found.

Nothing here is about people: organisations, days and states.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.directory.models import Organization
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel, Stateful

CATALOGUE = Stays("Pflege des Verzeichnisses, ohne Angaben zu Ratsuchenden")


class ConfirmationRound(Stateful):
    """One time of asking an organisation: mail, reminder, telephone. `next_on` is the day of the next step.

    `mails` counts what went out, and is a part of the key under which the outbox knows each mail.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("gefragt")
        REMINDED = "reminded", _("erinnert")
        CALL = "call", _("anrufen")
        BOUNCED = "bounced", _("Mail kam zurück")
        DONE = "done", _("bestätigt")

    WAITING = (State.ASKED, State.REMINDED)
    OPEN = (*WAITING, State.CALL, State.BOUNCED)
    MOVES: ClassVar = {
        "remind": ({State.ASKED}, State.REMINDED),
        "call": ({State.ASKED, State.REMINDED}, State.CALL),
        "bounce": ({State.ASKED, State.REMINDED}, State.BOUNCED),
        "again": ({*OPEN}, State.ASKED),
        "end": ({*OPEN}, State.DONE),
    }
    NAMES: ClassVar = {
        "remind": _("erinnern"),
        "call": _("anrufen lassen"),
        "bounce": _("zurückgekommen"),
        "again": _("Mail noch einmal senden"),
        "end": _("abschließen"),
    }

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="rounds")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_on = models.DateField()
    next_on = models.DateField()
    mails = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["next_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=~Q(state="done"), name="round_one_open_per_organization"
            ),
            models.CheckConstraint(
                name="round_ended_on_fits_state",
                condition=Q(state="done", ended_on__isnull=False) | (~Q(state="done") & Q(ended_on=None)),
            ),
        ]

    class Privacy:
        purpose = "Rückfrage bei Trägern, ob ihre Einträge noch stimmen"
        owners = ()
        plain = {"id", "created_at", "organization", "state", "asked_on", "next_on", "mails", "ended_on"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class EntryLink(BaseModel):
    """The way to an organisation's own entries without an account. The token stands in the mail, here its digest.

    256 random bits need no salt. A link opens what is public anyway; it may confirm, say how much room there is, and
    propose, until it expires or is withdrawn.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    asked_again = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="entry_link_expires_later", condition=Q(expires_at__gt=F("created_at"))
            )
        ]

    class Privacy:
        purpose = "Link, über den ein Träger seine Einträge ohne Konto pflegt"
        owners = ()
        plain = {"id", "created_at", "organization", "digest", "expires_at", "revoked_at", "asked_again"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class WebCheck(BaseModel):
    """What came of asking for a web address: the last good day, and on how many days in a row it failed since.

    `code` says how it failed: the status of the answer, or a word of stafette/upkeep/fetching.py.
    """

    url = models.URLField(unique=True, max_length=400)
    checked_on = models.DateField()
    good_on = models.DateField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=12, blank=True)

    class Privacy:
        purpose = "Prüfung, ob die Seiten der Träger erreichbar sind"
        owners = ()
        plain = {"id", "created_at", "url", "checked_on", "good_on", "failures", "code"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE
