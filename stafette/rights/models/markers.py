"""What a request leaves behind on a file: a fact that is contested, a processing that was objected to."""

from django.db import models
from django.db.models import Q

from stafette.accounts.models import Unit
from stafette.kernel.keeping import With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household, Person
from stafette.rights.models.requests import SubjectRequest

OWNERS = (Owner("unit", view=Permission.PERSON_VIEW, edit=Permission.RIGHTS_EDIT),)


class DisputedField(BaseModel):
    """A fact that the person contests and nobody can prove either way (§ 84(2) SGB X): it stays, with this mark."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=40)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    request = models.ForeignKey(SubjectRequest, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"], condition=Q(until_on=None), name="disputed_once_at_a_time"
            )
        ]

    class Privacy:
        purpose = "Bestrittene Angaben kennzeichnen"
        owners = OWNERS
        plain = {"id", "created_at", "unit", "request"}
        personal = {"person", "field", "since_on", "until_on"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("person")


class Objection(BaseModel):
    """A granted objection: the unit no longer processes on the basis of its task (Art. 21(1) GDPR)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    request = models.ForeignKey(SubjectRequest, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["household"], name="objection_of_household")]

    class Privacy:
        purpose = "Widerspruch gegen die Verarbeitung beachten"
        owners = OWNERS
        plain = {"id", "created_at", "unit", "request"}
        personal = {"household", "person", "since_on", "until_on"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("household")
