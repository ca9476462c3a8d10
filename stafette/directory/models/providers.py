"""Who offers something: authorities, charities, schools, employers, landlords, clubs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel

CATALOGUE = Stays("Verzeichnis der Angebote, ohne Angaben zu Ratsuchenden")


class OrganizationKind(models.TextChoices):
    """What kind of organisation it is; no field of HSDS, kept as an attribute there."""

    AUTHORITY = "authority", _("Behörde")
    CHARITY = "charity", _("freier Träger")
    MIGRANT = "migrant", _("Migrantenorganisation")
    SCHOOL = "school", _("Schule oder Bildungsträger")
    HEALTH = "health", _("Praxis, Klinik, Krankenkasse")
    EMPLOYER = "employer", _("Arbeitgeber")
    LANDLORD = "landlord", _("Vermieter oder Hausverwaltung")
    CLUB = "club", _("Verein oder Initiative")
    FAITH = "faith", _("Religionsgemeinschaft")
    CHAMBER = "chamber", _("Kammer oder Verband")
    OTHER = "other", _("Sonstige")


class Organization(BaseModel):
    """A legal body that runs services (HSDS organization).

    `keeper` is the unit whose editors keep the entry, `unit` the unit of this installation that the organisation is
    itself, or whose accounts answer for it: they maintain their own entries. `origin` and `origin_id` say where an
    imported entry came from; `extra` keeps what a foreign file says and we do not, so that nothing is lost on the way
    out.
    """

    code = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=OrganizationKind.choices, default=OrganizationKind.CHARITY)
    description = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    legal_status = models.CharField(max_length=200, blank=True)
    year_incorporated = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=8, default="de")
    keeper = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    is_public = models.BooleanField(default=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    extra = models.JSONField(default=dict)

    class Meta:
        ordering = ["name", "id"]

    class Privacy:
        purpose = "Träger von Angeboten"
        owners = ()
        plain = {
            *("id", "created_at", "code", "name", "alternate_name", "kind", "description", "email"),
            *("website", "legal_status", "year_incorporated", "language", "keeper", "unit"),
            *("is_active", "is_public", "origin", "origin_id", "changed_at", "extra"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE

    def __str__(self) -> str:
        return self.name
