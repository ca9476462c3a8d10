"""Where something is offered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.directory.models.providers import CATALOGUE, Organization
from stafette.directory.models.services import Service
from stafette.kernel.models import BaseModel


class Location(BaseModel):
    """A place with its address, its coordinates (WGS 84, degrees) and its way in (HSDS location and address)."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("vor Ort")
        POSTAL = "postal", _("Postanschrift")
        VIRTUAL = "virtual", _("im Netz oder am Telefon")

    code = models.SlugField(unique=True, max_length=80)
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.SET_NULL, related_name="locations"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PHYSICAL)
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    transportation = models.CharField(max_length=300, blank=True)
    url = models.URLField(blank=True)
    address_1 = models.CharField(max_length=200, blank=True)
    address_2 = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=100, blank=True)
    district = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, default="DE")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    extra = models.JSONField(default=dict)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="location_has_both_coordinates",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    class Privacy:
        purpose = "Orte, an denen es Angebote gibt"
        owners = ()
        plain = {
            *("id", "created_at", "code", "organization", "kind", "name", "description", "transportation"),
            *("url", "address_1", "address_2", "postal_code", "city", "district", "state", "country"),
            *("latitude", "longitude", "languages", "origin", "origin_id", "changed_at", "extra"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def address(self) -> str:
        """The address in one line: street, postal code and town."""
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.address_1, self.address_2, town) if part)


class ServiceAtLocation(BaseModel):
    """A service at one of its places; times and numbers that hold only there hang on it (HSDS)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="places")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="services")
    description = models.CharField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    extra = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["service", "location"], name="service_once_per_location")
        ]

    class Privacy:
        purpose = "Welches Angebot wo"
        owners = ()
        plain = {"id", "created_at", "service", "location", "description", "position", "extra"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE
