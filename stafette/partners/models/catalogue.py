"""Organisations that answer without an account. No names of people stand here: function addresses only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.directory.models import Organization
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class PartnerKind(models.TextChoices):
    """What kind of organisation it is: decides which questions there are and what may be told."""

    SCHOOL = "school", _("Schule")
    DOCTOR = "doctor", _("Arztpraxis")
    CHARITY = "charity", _("freier Träger oder Verein")
    EMPLOYER = "employer", _("Arbeitgeber")
    LANDLORD = "landlord", _("Vermieter oder Hausverwaltung")
    AUTHORITY = "authority", _("andere Behörde")


PARTIES = {  # how the flow rules (rules/flow.toml) name them
    PartnerKind.SCHOOL: "SCH",
    PartnerKind.DOCTOR: "ARZ",
    PartnerKind.CHARITY: "FT",
    PartnerKind.EMPLOYER: "AG",
    PartnerKind.LANDLORD: "VM",
    PartnerKind.AUTHORITY: "BEH",
}


class Partner(BaseModel):
    """A school, practice, charity, employer or landlord with the one address to which links go.

    The unit that entered it keeps it; every unit may ask it. Outside the public service it gets nothing before it
    committed itself in writing to equal protection of the data (`bound_on`; § 61(3) SGB VIII, § 78 SGB X). With
    `second_channel` it proves by a code, told by telephone or letter, that it is the organisation it claims to be.
    `organization` is its entry in the directory. `code` is what the blueprint calls it by; one that was entered by
    hand has none, and no blueprint touches it.
    """

    code = models.SlugField(max_length=40, unique=True, null=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=PartnerKind.choices)
    email = models.EmailField()
    phone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8, default="de")
    second_channel = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    bound_on = models.DateField(null=True, blank=True)
    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "email"], condition=Q(ended_on=None), name="partner_once_per_address"
            ),
            models.CheckConstraint(
                name="partner_keeps_itself_not", condition=Q(unit=None) | ~Q(unit=models.F("keeper"))
            ),
        ]

    class Privacy:
        purpose = "Organisationen, die Anfragen beantworten; nur Funktionsadressen"
        owners = ()
        plain = {
            *("id", "created_at", "code", "name", "kind", "email", "phone", "language"),
            *("second_channel", "is_public", "bound_on", "keeper", "unit", "ended_on"),
            "organization",
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog der Einrichtungen, ohne Angaben zu Ratsuchenden")

    def __str__(self) -> str:
        return self.name
