"""What the units agreed on: topics, findings, routes, periods, forms, closing days. Written by the blueprint only.

Routes, response rules and consent texts have versions: a change ends the running version and begins the next one, so
that a referral keeps the version under which it was sent. `valid_to` is the first day on which it no longer holds.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models.units import Authority, Unit
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class Versioned(BaseModel):
    """A rule of which earlier versions stay; `code` and `version` together name it for ever."""

    code = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="%(class)s_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to=None), name="%(class)s_one_runs"),
            models.CheckConstraint(
                name="%(class)s_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]


_VERSIONED = {"id", "created_at", "code", "version", "valid_from", "valid_to"}


class Town(BaseModel):
    """The town whose way this installation runs, and the unit to which silence is escalated."""

    code = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=120)
    way = models.CharField(max_length=300)
    mission = models.TextField(blank=True)
    target_group = models.TextField(blank=True)
    as_of = models.DateField(null=True)
    coordination = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        purpose = "Angaben zum Ort"
        owners = ()
        plain = {
            "id",
            "created_at",
            "code",
            "name",
            "way",
            "mission",
            "target_group",
            "as_of",
            "coordination",
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Angaben zum Ort")

    def __str__(self) -> str:
        return self.name


class Topic(BaseModel):
    """What people come about; counted, chosen in talks, named by services."""

    code = models.SlugField(unique=True, max_length=40)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ["position", "code"]

    class Privacy:
        purpose = "Themenkatalog"
        owners = ()
        plain = {"id", "created_at", "code", "label", "position", "ends_on"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog")

    def __str__(self) -> str:
        return self.label


class FindingKind(BaseModel):
    """What may follow from a talk: the word for it, its position in lists, and how one asks later if it lasted."""

    code = models.SlugField(unique=True, max_length=40)
    label = models.CharField(max_length=120)
    lasting = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ["position", "code"]

    class Privacy:
        purpose = "Katalog der Feststellungen"
        owners = ()
        plain = {"id", "created_at", "code", "label", "lasting", "position", "ends_on"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog")

    def __str__(self) -> str:
        return self.label


class ConsentText(Versioned):
    """The words of a consent, per language; {receiver}, {purpose} and {categories} are filled in."""

    texts = models.JSONField(default=dict)

    class Meta(Versioned.Meta):
        pass

    class Privacy:
        purpose = "Wortlaut der Einwilligungen"
        owners = ()
        plain = {*_VERSIONED, "texts"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Wortlaut, auf den sich Einwilligungen berufen")


class Route(Versioned):
    """Where a finding leads: to a unit that must answer, or as advice to services outside (`signpost`, their codes)."""

    finding = models.ForeignKey(FindingKind, on_delete=models.PROTECT, related_name="routes")
    sender = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="routes_out")
    receiver = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="routes_in")
    signpost = ArrayField(models.CharField(max_length=80), default=list)
    purpose = models.CharField(max_length=300, blank=True)
    categories = ArrayField(models.CharField(max_length=40), default=list)
    consent = models.ForeignKey(ConsentText, null=True, on_delete=models.PROTECT, related_name="routes")
    hint = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Versioned.Meta):
        ordering = ["position", "code", "version"]
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(
                name="route_leads_somewhere", condition=Q(receiver__isnull=False) ^ Q(signpost__len__gt=0)
            ),
        ]

    class Privacy:
        purpose = "Wege zwischen den Stellen"
        owners = ()
        plain = {
            *_VERSIONED,
            *(
                "finding",
                "sender",
                "receiver",
                "signpost",
                "purpose",
                "categories",
                "consent",
                "hint",
                "position",
            ),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog mit Fassungen")


class ResponseRule(Versioned):
    """Within how many working days a receiver answers a sender; an empty sender, receiver or finding means any."""

    sender = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="response_rules")
    finding = models.ForeignKey(FindingKind, null=True, on_delete=models.PROTECT, related_name="+")
    receipt_days = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    first_contact_days = models.PositiveSmallIntegerField()
    feedback_days = models.PositiveSmallIntegerField()

    class Meta(Versioned.Meta):
        pass

    class Privacy:
        purpose = "Antwortfristen zwischen den Stellen"
        owners = ()
        plain = {
            *_VERSIONED,
            *(
                "sender",
                "receiver",
                "finding",
                "receipt_days",
                "answer_days",
                "first_contact_days",
                "feedback_days",
            ),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog mit Fassungen")


class FormInUse(BaseModel):
    """Which guided form a unit uses; the form itself is a file of the blueprint."""

    code = models.SlugField(unique=True, max_length=40)
    label = models.CharField(max_length=120)
    file = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="forms")

    class Meta:
        ordering = ["code"]

    class Privacy:
        purpose = "Formulare der Stellen"
        owners = ()
        plain = {"id", "created_at", "code", "label", "file", "unit"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog")


class ClosingPeriod(BaseModel):
    """Days on which the offices of an authority are closed: they do not count as working days."""

    code = models.SlugField(unique=True, max_length=60)
    label = models.CharField(max_length=120)
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="closing_periods")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on", "code"]
        constraints = [
            models.CheckConstraint(name="closing_ends_after_start", condition=Q(ends_on__gte=F("starts_on")))
        ]

    class Privacy:
        purpose = "Schließtage"
        owners = ()
        plain = {"id", "created_at", "code", "label", "authority", "starts_on", "ends_on"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog")


class RetentionChoice(BaseModel):
    """Which class of rules/retention.toml a kind of records falls under (DIN 66398)."""

    code = models.CharField(unique=True, max_length=80)
    retention = models.CharField(max_length=4)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["code"]

    class Privacy:
        purpose = "Löschfristen"
        owners = ()
        plain = {"id", "created_at", "code", "retention", "note"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Festlegung der Löschfristen")


class JointProcessing(BaseModel):
    """What several units answer for together, and who of them does what (Art. 26 GDPR, domain.md 13.1)."""

    code = models.SlugField(unique=True, max_length=60)
    label = models.CharField(max_length=200)
    units = ArrayField(models.SlugField(max_length=40))
    duties = models.JSONField(default=dict)

    class Meta:
        ordering = ["code"]

    class Privacy:
        purpose = "Gemeinsame Verantwortung"
        owners = ()
        plain = {"id", "created_at", "code", "label", "units", "duties"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Festlegung der gemeinsamen Verantwortung")


class Landmark(BaseModel):
    """A place everybody knows, by which sketches show the way: degrees, WGS 84."""

    class Kind(models.TextChoices):
        STATION = "station", _("Bahnhof oder Haltestelle")
        TOWN_HALL = "town_hall", _("Rathaus")
        MARKET = "market", _("Platz oder Markt")
        WATER = "water", _("Fluss oder See")
        OTHER = "other", _("Sonstiges")

    code = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.OTHER)
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    longitude = models.DecimalField(max_digits=9, decimal_places=6)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    class Privacy:
        purpose = "Wegskizzen"
        owners = ()
        plain = {"id", "created_at", "code", "name", "kind", "latitude", "longitude", "position"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog")

    def __str__(self) -> str:
        return self.name
