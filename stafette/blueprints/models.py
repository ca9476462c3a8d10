"""What was applied when: each application of a blueprint that changed something is kept with its text."""

from django.db import models

from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class BlueprintVersion(BaseModel):
    """The text of a blueprint as it was applied, and what it changed (codes only). Who did it: the event log."""

    APPEND_ONLY = True

    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ["-number"]

    class Privacy:
        purpose = "Nachweis, welche Regeln wann galten"
        owners = ()
        plain = {"id", "created_at", "number", "digest", "text", "changes"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Fassungen der Blaupause, ohne Angaben zu Personen")
