"""Files that are closed to colleagues: somebody's own case, or data whose processing is restricted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.kernel.keeping import With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models.households import Household


class ClosedFile(BaseModel):
    """A household's file that exists in its unit only for the accounts in `open_to` (kernel/closing.py).

    Own case: somebody of the staff or a relative is the client; colleagues and superiors stay out (§ 35(1) SGB I,
    whose third sentence keeps social data of staff from those who decide about staff). Restricted: the data are
    kept and not used (Art. 18 GDPR, § 84(2), (3) SGB X).
    """

    class Kind(models.TextChoices):
        OWN = "own", _("Eigenfall")
        RESTRICTED = "restricted", _("Verarbeitung eingeschränkt")

    class Reason(models.TextChoices):
        STAFF = "staff", _("Beschäftigte oder Beschäftigter der Stelle")
        RELATIVE = "relative", _("angehörig oder nah verbunden mit Beschäftigten")
        CONTESTED = "contested", _("Richtigkeit bestritten, wird geprüft")
        UNLAWFUL = "unlawful", _("Löschung abgelehnt, Einschränkung verlangt")
        CLAIM = "claim", _("wird für einen Rechtsanspruch gebraucht")
        OBJECTION = "objection", _("Widerspruch, wird geprüft")
        RETENTION = "retention", _("Löschung wegen Aufbewahrungspflicht nicht möglich")

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="closings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    open_to = ArrayField(models.UUIDField())
    closed_by = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(lifted_at=None), name="closed_once_per_kind"
            ),
            models.CheckConstraint(name="closed_is_open_to_somebody", condition=~Q(open_to=[])),
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(lifted_at=None), name="closed_in_unit")]

    class Privacy:
        purpose = "Eigenfälle und eingeschränkte Akten vor Kolleginnen und Kollegen schützen"
        owners = (
            Owner(
                "unit",
                view=(Permission.FILE_CLOSE, Permission.PERSON_VIEW),
                edit=(Permission.PERSON_EDIT, Permission.FILE_CLOSE),
            ),
        )
        plain = {"id", "created_at", "unit", "kind", "lifted_at"}
        personal = {"household", "reason", "open_to", "closed_by", "lifted_by"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("household")
