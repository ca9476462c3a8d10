"""What the room keeps itself: how often hints to free text were shown, as counts without text or person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from stafette.accounts.models import Unit
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class WatchCount(BaseModel):
    """How often a form of a unit raised a hint in a month, and how often the text stayed as it was.

    Without a unit it was a page behind a link, where nobody is signed in.
    """

    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    month_on = models.DateField()
    form = models.CharField(max_length=80)
    ground = models.CharField(max_length=20)
    shown = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-month_on", "form", "ground"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month_on", "form", "ground"],
                name="watch_count_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="watch_count_first_of_month", condition=Q(month_on__day=1)),
        ]

    class Privacy:
        purpose = "Prüfen, ob die Hinweise zu Freitext wirken"
        owners = ()
        plain = {"id", "created_at", "unit", "month_on", "form", "ground", "shown", "kept", "changed"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L16"
        starts = Stays("Zahlen je Stelle und Monat, ohne Text und ohne Bezug zu Personen")
