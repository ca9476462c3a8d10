"""What stays after a deletion: a mark that names nobody, figures without reference to anybody."""

from django.db import models

from stafette.accounts.models import Unit
from stafette.kernel.clock import now
from stafette.kernel.keeping import From, Stays
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner


class Tombstone(models.Model):
    """Something was deleted under a rule: its number as a digest under a secret outside the database.

    Whoever has a number and the secret can tell whether it was deleted; nobody can tell from here who it was. A copy
    stands in a file outside the database, by which a restored backup loses again what had been deleted.
    """

    HIDDEN = True

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=60)
    rule = models.CharField(max_length=10)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="tombstone_by_time")]

    class Privacy:
        purpose = "Löschungen nachweisen und nach dem Einspielen einer Sicherung wiederholen"
        owners = ()
        plain = {"id", "digest", "kind", "rule", "at"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L13"
        starts = From("at")


class Fact(BaseModel):
    """How many records of a kind began in a month and are gone: written before they are deleted, tells of nobody."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    month = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "month"], name="fact_once_per_month")]

    class Privacy:
        purpose = "Zahlen über gelöschte Datensätze, ohne Bezug zu Personen"
        owners = (Owner("unit", view=Permission.RETENTION_VIEW, edit=Permission.PURGE),)
        plain = {"id", "created_at", "unit", "kind", "month", "count"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L16"
        starts = Stays("Zahlen ohne Bezug zu Personen")


class PurgeFigure(BaseModel):
    """What a run did in the books of a unit: due, deleted, held, overdue, per kind and rule."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    run_on = models.DateField()
    kind = models.CharField(max_length=60)
    rule = models.CharField(max_length=10)
    due = models.PositiveIntegerField(default=0)
    deleted = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-run_on", "kind"]
        indexes = [models.Index(fields=["-run_on"], name="purge_figure_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "run_on", "kind", "rule"], name="purge_figure_once")
        ]

    class Privacy:
        purpose = "Bericht über das Löschen, ohne Bezug zu Personen"
        owners = (Owner("unit", view=Permission.RETENTION_VIEW, edit=Permission.PURGE),)
        plain = {"id", "created_at", "unit", "run_on", "kind", "rule", "due", "deleted", "held", "overdue"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L13"
        starts = From("run_on")
