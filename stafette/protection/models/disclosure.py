"""The proof of every crossing, and which bodies outside the public service committed themselves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.kernel.keeping import From, Stays, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household, Person
from stafette.protection.data import INTERNAL, Channel, Mode
from stafette.protection.models.consent import Consent, one_receiver

WRITERS = (Permission.REFERRAL_SEND, Permission.REFERRAL_VIEW)
OWNERS = (Owner("unit", view=(Permission.DISCLOSURE_VIEW, Permission.CONSENT_VIEW), edit=WRITERS),)


class Disclosure(BaseModel):
    """One passing-on of data: what kind, to whom, on which ground. It never holds the data themselves.

    The person can be told who received what (Art. 15(1)(c) GDPR), also long after the envelope is gone. `kind` says
    how it left; who made an export or a print is named, because there the receiver is the unit itself.
    """

    APPEND_ONLY = True

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    outsider_id = models.UUIDField(null=True)
    outsider_name = models.CharField(max_length=200, blank=True)
    household = models.ForeignKey(Household, null=True, on_delete=models.CASCADE, related_name="+")
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=12, choices=Channel.choices, default=Channel.REFERRAL)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=40)
    purpose = models.CharField(max_length=300)
    rule = models.CharField(max_length=12)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    norm = models.CharField(max_length=200)
    categories = ArrayField(models.CharField(max_length=20))
    person_count = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-at", "-id"], name="disclosure_by_unit")]
        constraints = [one_receiver("disclosure")]

    class Privacy:
        purpose = "Nachweis jeder Weitergabe mit Rechtsgrundlage"
        owners = OWNERS
        plain = {
            *(
                "id",
                "created_at",
                "unit",
                "receiver",
                "reference",
                "purpose",
                "rule",
                "mode",
                "norm",
                "categories",
            ),
            *("person_count", "at", "outsider_id", "outsider_name", "kind", "actor_id", "actor_label"),
        }
        personal = {"household", "consent"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = From("at")

    @property
    def receiver_name(self) -> str:
        """Name who received: a unit, a partner outside, or the person itself."""
        if self.kind == Channel.LETTER:
            return _("die Person selbst")
        return self.receiver.short_name if self.receiver is not None else self.outsider_name

    @property
    def is_internal(self) -> bool:
        """Tell whether nothing left the unit: a list, a print, a letter to the family itself."""
        return self.kind in INTERNAL


class DisclosurePerson(BaseModel):
    """Whom a passing-on told something about: so that each adult can be told alone (duress, domain.md 13.2)."""

    APPEND_ONLY = True

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "person"], name="disclosure_person_once")
        ]

    class Privacy:
        purpose = "Nachweis jeder Weitergabe mit Rechtsgrundlage"
        owners = OWNERS
        plain = {"id", "created_at", "unit"}
        personal = {"disclosure", "person"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = With("disclosure")


class Declaration(BaseModel):
    """A body outside the public service guarantees equal protection (§ 61(3) SGB VIII, § 78 SGB X).

    Without a running declaration no envelope goes to it: deny by default.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="declarations")
    norm = models.CharField(max_length=120)
    given_on = models.DateField()
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "given_on"], name="declaration_once_per_day"),
            models.CheckConstraint(
                name="declaration_expires_after_start",
                condition=Q(expires_on=None) | Q(expires_on__gt=F("given_on")),
            ),
        ]

    class Privacy:
        purpose = "Verpflichtung freier Träger auf gleichen Schutz der Daten"
        owners = ()
        plain = {"id", "created_at", "unit", "norm", "given_on", "expires_on"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Verpflichtung der Träger, ohne Angaben zu Ratsuchenden")
