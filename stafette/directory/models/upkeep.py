"""How entries stay true: their earlier versions, what their providers propose, and what the town's own work tells."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.directory.models.providers import CATALOGUE, Organization
from stafette.directory.models.services import Service
from stafette.kernel.models import BaseModel, Stateful


class EntryVersion(BaseModel):
    """What an entry said after a change, whole, so that every earlier state can be shown and brought back.

    `data` is the entry as plain values (stafette/directory/data.py); `source` says by which way it changed: desk,
    provider, import, blueprint.
    """

    subject_type = models.CharField(max_length=12)
    subject_id = models.UUIDField()
    number = models.PositiveIntegerField()
    data = models.JSONField()
    source = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "number"], name="entry_version_number_once")
        ]

    class Privacy:
        purpose = "Frühere Fassungen von Einträgen"
        owners = ()
        plain = {
            *("id", "created_at", "subject_type", "subject_id", "number", "data", "source", "made_at"),
            "made_by",
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class EntryProposal(Stateful):
    """A change of an entry that its provider asks for; an editor takes it over or turns it down with a reason."""

    class State(models.TextChoices):
        OPEN = "open", _("zu prüfen")
        TAKEN = "taken", _("übernommen")
        REFUSED = "refused", _("nicht übernommen")

    MOVES: ClassVar = {"take": ({State.OPEN}, State.TAKEN), "refuse": ({State.OPEN}, State.REFUSED)}
    NAMES: ClassVar = {"take": _("Übernehmen"), "refuse": _("Nicht übernehmen")}

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="proposals")
    service = models.ForeignKey(Service, null=True, on_delete=models.CASCADE, related_name="proposals")
    data = models.JSONField()
    note = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=12)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=400, blank=True)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="entry_proposal_decided_at_fits",
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
            )
        ]

    class Privacy:
        purpose = "Änderungen, die Träger vorschlagen"
        owners = ()
        plain = {
            *("id", "created_at", "organization", "service", "data", "note", "source", "state", "reason"),
            *("proposed_at", "decided_at", "decided_by"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class SignalKind(models.TextChoices):
    """What the work of the units tells about a service, and what checks found."""

    AT_CAPACITY = "at_capacity", _("wegen Kapazität abgelehnt")
    NOT_RESPONSIBLE = "not_resp", _("als nicht zuständig abgelehnt")
    ACCEPTED = "accepted", _("angenommen")
    LINK_BROKEN = "link", _("Seite im Netz nicht erreichbar")
    PHONE_WRONG = "phone", _("Rufnummer nicht wählbar")
    FEEDBACK = "feedback", _("Hinweis von der öffentlichen Seite")


class Signal(BaseModel):
    """One hint that an entry may not hold: a day and a code, never a case. `days` is how long an answer took."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=11, choices=SignalKind.choices)
    noted_on = models.DateField()
    days = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)
    settled_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["service", "noted_on"], name="signal_of_service")]

    class Privacy:
        purpose = "Hinweise darauf, ob ein Eintrag noch stimmt; ohne Fallbezug"
        owners = ()
        plain = {"id", "created_at", "service", "kind", "noted_on", "days", "note", "settled_on"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE
