"""What hangs on organisations, services and places: numbers, hours, papers, costs, room, areas (HSDS 3.0).

Each row keeps in `extra` what a foreign file says about it and we do not.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.directory.models.places import Location, ServiceAtLocation
from stafette.directory.models.providers import CATALOGUE, Organization
from stafette.directory.models.services import Service
from stafette.kernel.models import BaseModel

ROW = ("id", "created_at", "position", "extra")


def _hangs_on(model: type[models.Model], name: str) -> Any:
    return models.ForeignKey(model, null=True, on_delete=models.CASCADE, related_name=name)


def _on_one(name: str, *columns: str) -> models.CheckConstraint:
    """The row hangs on exactly one of these."""
    condition = Q()
    for column in columns:
        others = {f"{other}__isnull": True for other in columns if other != column}
        condition |= Q(**{f"{column}__isnull": False}, **others)
    return models.CheckConstraint(name=name, condition=condition)


class Row(BaseModel):
    """A detail, in the order in which the editors put it."""

    position = models.PositiveSmallIntegerField(default=0)
    extra = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Schedule(Row):
    """When it is open: a rule of RFC 5545 in its parts, local time of the town, and the days on which it does not hold.

    `byday` is as in an RRULE ("MO,TU"); `exceptions` is a list of {"from", "to", "closed", "opens_at", "closes_at",
    "note"} with ISO dates and times. `attending` says whether one may simply come.
    """

    class Attending(models.TextChoices):
        WALK_IN = "walk_in", _("ohne Termin")
        APPOINTMENT = "appointment", _("nur mit Termin")
        PHONE = "phone", _("am Telefon")
        ONLINE = "online", _("im Netz")

    service = _hangs_on(Service, "schedules")
    location = _hangs_on(Location, "schedules")
    place = _hangs_on(ServiceAtLocation, "schedules")
    freq = models.CharField(
        max_length=7, default="WEEKLY", choices=[("WEEKLY", "WEEKLY"), ("MONTHLY", "MONTHLY")]
    )
    interval = models.PositiveSmallIntegerField(default=1)
    byday = models.CharField(max_length=60, blank=True)
    bymonthday = models.CharField(max_length=60, blank=True)
    dtstart = models.DateField(null=True)
    until = models.DateField(null=True)
    count = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    attending = models.CharField(max_length=11, choices=Attending.choices, default=Attending.WALK_IN)
    description = models.CharField(max_length=300, blank=True)
    exceptions = models.JSONField(default=list)

    class Meta(Row.Meta):
        constraints = [
            _on_one("schedule_hangs_on_one", "service", "location", "place"),
            models.CheckConstraint(
                name="schedule_times_in_order",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
            ),
        ]

    class Privacy:
        purpose = "Sprechzeiten von Angeboten"
        owners = ()
        plain = {
            *(*ROW, "service", "location", "place", "freq", "interval", "byday", "bymonthday", "dtstart"),
            *("until", "count", "valid_from", "valid_to", "opens_at", "closes_at", "attending"),
            *("description", "exceptions"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class Contact(Row):
    """Whom to ask for: a function or the name that the organisation itself publishes (HSDS contact)."""

    organization = _hangs_on(Organization, "contacts")
    service = _hangs_on(Service, "contacts")
    location = _hangs_on(Location, "contacts")
    place = _hangs_on(ServiceAtLocation, "contacts")
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)

    class Meta(Row.Meta):
        constraints = [_on_one("contact_hangs_on_one", "organization", "service", "location", "place")]

    class Privacy:
        purpose = "Ansprechstellen der Angebote, wie die Träger sie veröffentlichen"
        owners = ()
        plain = {
            *(*ROW, "organization", "service", "location", "place", "name", "title", "department", "email")
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class Phone(Row):
    """A telephone number of an organisation, service, place or contact, never of somebody who seeks advice."""

    organization = _hangs_on(Organization, "phones")
    service = _hangs_on(Service, "phones")
    location = _hangs_on(Location, "phones")
    place = _hangs_on(ServiceAtLocation, "phones")
    contact = _hangs_on(Contact, "phones")
    number = models.CharField(max_length=60)
    extension = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    description = models.CharField(max_length=200, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list)

    class Meta(Row.Meta):
        constraints = [
            _on_one("phone_hangs_on_one", "organization", "service", "location", "place", "contact")
        ]

    class Privacy:
        purpose = "Rufnummern von Angeboten"
        owners = ()
        plain = {
            *(*ROW, "organization", "service", "location", "place", "contact", "number", "extension"),
            *("kind", "description", "languages"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class RequiredDocument(Row):
    """What to bring."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="documents")
    document = models.CharField(max_length=300)
    uri = models.URLField(blank=True)

    class Privacy:
        purpose = "Was zu einem Angebot mitzubringen ist"
        owners = ()
        plain = {*ROW, "service", "document", "uri"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class CostOption(Row):
    """What it costs; amounts in the named currency, EUR unless it says otherwise."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="costs")
    option = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="EUR")
    amount_description = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Privacy:
        purpose = "Kosten von Angeboten"
        owners = ()
        plain = {
            *(*ROW, "service", "option", "amount", "currency", "amount_description", "valid_from"),
            "valid_to",
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class ServiceCapacity(Row):
    """How much room there is: `available` of `maximum` in `unit` (places, appointments), and when that was so."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    unit = models.CharField(max_length=100, default="Plätze")
    available = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField(null=True)
    description = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="capacity_fits_maximum",
                condition=Q(maximum=None) | Q(available__lte=models.F("maximum")),
            )
        ]

    class Privacy:
        purpose = "Freie Plätze von Angeboten"
        owners = ()
        plain = {*ROW, "service", "unit", "available", "maximum", "description", "updated_at"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class Funding(Row):
    """Who pays for it."""

    organization = _hangs_on(Organization, "funding")
    service = _hangs_on(Service, "funding")
    source = models.CharField(max_length=300)

    class Meta(Row.Meta):
        constraints = [_on_one("funding_hangs_on_one", "organization", "service")]

    class Privacy:
        purpose = "Förderung von Angeboten"
        owners = ()
        plain = {*ROW, "organization", "service", "source"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class ServiceArea(Row):
    """For which area it is: a district, the town, a county."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=300, blank=True)

    class Privacy:
        purpose = "Einzugsgebiete von Angeboten"
        owners = ()
        plain = {*ROW, "service", "name", "description"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class Accessibility(Row):
    """How one gets in and around without steps, sight or hearing; `kind` is a code, `description` the details."""

    class Kind(models.TextChoices):
        STEP_FREE = "step_free", _("ohne Stufen")
        LIFT = "lift", _("Aufzug")
        TOILET = "toilet", _("barrierefreie Toilette")
        PARKING = "parking", _("Behindertenparkplatz")
        HEARING = "hearing", _("Höranlage")
        SIGN_LANGUAGE = "sign_language", _("Gebärdensprache")
        GUIDANCE = "guidance", _("Leitsystem für Blinde")
        STEPS = "steps", _("nur über Stufen")
        OTHER = "other", _("Sonstiges")

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibility")
    kind = models.CharField(max_length=13, choices=Kind.choices, default=Kind.OTHER)
    description = models.CharField(max_length=300, blank=True)
    details = models.CharField(max_length=300, blank=True)
    url = models.URLField(blank=True)

    class Privacy:
        purpose = "Barrierefreiheit von Orten"
        owners = ()
        plain = {*ROW, "location", "kind", "description", "details", "url"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE
