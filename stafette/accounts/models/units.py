"""Who is responsible: authorities, their units, posts and equipment. No names of people stand here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class Mandate(models.TextChoices):
    """On which side of the wall between help and control a unit works (architecture.md, product.md point 2)."""

    HELPING = "helping", _("helfend")
    CONTROLLING = "controlling", _("kontrollierend")
    REGISTERING = "registering", _("aufnehmend")
    STEERING = "steering", _("steuernd")
    OVERSEEING = "overseeing", _("aufsehend")
    OPERATING = "operating", _("technisch betreibend")


class UnitKind(models.TextChoices):
    """Kinds of units that flow rules speak of (domain.md 9.1)."""

    REGISTRATION = "MB", _("Meldebehörde")
    CLEARING_DESK = "CL", _("Clearingstelle")
    OUTREACH = "AS", _("Aufsuchende Sozialarbeit")
    HOUSING_CONTROL = "WK", _("Wohnraumkontrolle")
    DISTRICT_CENTRE = "NB", _("Stadtteilzentrum")
    WELCOME_CENTRE = "WZ", _("Willkommenszentrum")
    SCHOOL_TEAM = "ST", _("Schulteam")
    SCHOOL = "SCH", _("Schule oder Schulbehörde")
    YOUTH_OFFICE = "JA", _("Jugendamt")
    HEALTH_OFFICE = "GA", _("Gesundheitsamt")
    JOB_CENTRE = "JC", _("Jobcenter")
    BUILDING_CONTROL = "BA", _("Bauaufsicht")
    CHARITY = "FT", _("Freier Träger")
    INTEGRATION_MANAGEMENT = "KIM", _("Integrationsmanagement")
    VOLUNTEERS = "EA", _("Ehrenamt")
    COORDINATION = "LKR", _("Koordinationsstelle")
    DATA_PROTECTION = "DSB", _("Datenschutzbeauftragte")
    OPERATIONS = "IT", _("Technischer Betrieb")


class Authority(BaseModel):
    """A legal body that runs units: a city, a county, a charity."""

    code = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=200)
    land = models.CharField(max_length=2)
    region = models.CharField(max_length=40, blank=True)
    is_public = models.BooleanField(default=True)

    class Privacy:
        purpose = "Zuständigkeiten"
        owners = ()
        plain = {"id", "created_at", "code", "name", "land", "region", "is_public"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog der Behörden, ohne Angaben zu Ratsuchenden")


class Unit(BaseModel):
    """A functionally acting unit: the controller of its own records (§ 67(4) sentence 2 SGB X)."""

    code = models.SlugField(unique=True, max_length=40)
    kind = models.CharField(max_length=4, choices=UnitKind.choices)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="units")
    mandate = models.CharField(max_length=12, choices=Mandate.choices)
    goals = ArrayField(models.TextField(), default=list)
    tasks = ArrayField(models.TextField(), default=list)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    place = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    starts_on = models.DateField(null=True)
    starts_note = models.CharField(max_length=200, blank=True)
    ends_on = models.DateField(null=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="unit_that_ends_has_successor",
                condition=Q(ends_on=None) | Q(successor__isnull=False),
                violation_error_message="Eine Stelle, die endet, braucht eine Nachfolgerin.",
            )
        ]

    class Privacy:
        purpose = "Zuständigkeiten"
        owners = ()
        plain = {
            *(
                "id",
                "created_at",
                "code",
                "kind",
                "name",
                "short_name",
                "authority",
                "mandate",
                "goals",
                "tasks",
            ),
            *("topics", "place", "phone", "email", "starts_on", "starts_note", "ends_on", "successor"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog der Stellen, ohne Angaben zu Ratsuchenden")

    def __str__(self) -> str:
        return self.name


class Post(BaseModel):
    """A post of the staffing plan, by function: contact person or deputy without a name."""

    class Duty(models.TextChoices):
        CONTACT = "contact", _("Ansprechstelle")
        DEPUTY = "deputy", _("Vertretung")
        HEAD = "head", _("Leitung")
        MEMBER = "member", _("Mitarbeit")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="posts")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    duty = models.CharField(max_length=8, choices=Duty.choices)
    fte = models.DecimalField(max_digits=4, decimal_places=2, default=0)
    qualification = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["unit", "code"]
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="post_code_once_per_unit")]

    class Privacy:
        purpose = "Zuständigkeiten und Stellenplan"
        owners = ()
        plain = {
            "id",
            "created_at",
            "unit",
            "code",
            "title",
            "duty",
            "fte",
            "qualification",
            "phone",
            "email",
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Stellenplan, ohne Angaben zu Ratsuchenden")


class Equipment(BaseModel):
    """What a unit works with, and what it costs (source 001, resource plan)."""

    class Rhythm(models.TextChoices):
        ONCE = "once", _("einmalig")
        YEARLY = "yearly", _("jährlich")
        NONE = "none", _("ohne Kostenangabe")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="equipment")
    name = models.CharField(max_length=200)
    cost_from = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    cost_to = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.NONE)

    class Meta:
        ordering = ["unit", "name"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="equipment_once_per_unit")]

    class Privacy:
        purpose = "Ressourcenplan"
        owners = ()
        plain = {"id", "created_at", "unit", "name", "cost_from", "cost_to", "rhythm"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Ausstattung der Stelle, ohne Angaben zu Personen")
