"""What the database knows of the units' keys: numbers, dates and a fingerprint, never a key."""

from django.db import models
from django.db.models import F, Q

from stafette.accounts.models import Unit
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class UnitKey(BaseModel):
    """One key in the life of a unit: in use, replaced by the next one, retired, destroyed.

    While it is replaced, the notes under it come under the next key one by one; it is retired when none is left. A
    retired key is kept for the backups that still need it and destroyed when those are gone.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="+"
    )  # a unit that nobody used may go
    fingerprint = models.CharField(max_length=19)
    replaced_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    backed_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["unit", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(replaced_at=None), name="unit_key_one_in_use"
            ),
            models.CheckConstraint(
                name="unit_key_retired_after_replaced",
                condition=Q(retired_at=None) | Q(retired_at__gte=F("replaced_at")),
            ),
            models.CheckConstraint(
                name="unit_key_destroyed_after_retired",
                condition=Q(destroyed_at=None) | Q(destroyed_at__gte=F("retired_at")),
            ),
        ]

    class Privacy:
        purpose = "Nachweis der Schlüssel, mit denen eine Stelle Anvertrautes verschließt"
        owners = ()
        plain = {
            *("id", "created_at", "unit", "fingerprint"),
            *("replaced_at", "retired_at", "destroyed_at", "backed_up_at"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Nachweis der Schlüssel; enthält nichts über Personen")
