"""What was corrected, what may be the same person, what a human merged."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.kernel.keeping import With
from stafette.kernel.models import BaseModel, Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models.persons import OWNERS, PURPOSE, Person

MERGERS = (Owner("unit", view=Permission.PERSON_VIEW, edit=Permission.PERSON_MERGE),)


class PersonChange(BaseModel):
    """A correction of one fact: what stood there before, from which source the new value is, and of when."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    old = models.CharField(max_length=400, blank=True)
    new = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=40)
    source_date = models.DateField()
    actor_id = models.UUIDField()
    actor_label = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="change_of_person")]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit", "field", "source", "source_date"}
        personal = {"person", "old", "new", "actor_id", "actor_label"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("person")


class DuplicateProposal(Stateful):
    """Two records that may be one human; a proposal to a human, nothing more."""

    class State(models.TextChoices):
        OPEN = "open", _("zu prüfen")
        DISMISSED = "dismissed", _("verschiedene Personen")
        MERGED = "merged", _("zusammengeführt")

    MOVES = {
        "dismiss": ({State.OPEN}, State.DISMISSED),
        "merge": ({State.OPEN, State.DISMISSED}, State.MERGED),
        "reopen": ({State.MERGED, State.DISMISSED}, State.OPEN),
    }
    PEN = {State.OPEN: "unit"}
    NAMES = {"dismiss": "Verschiedene Personen", "merge": "Zusammenführen", "reopen": "Wieder prüfen"}

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="proposal_once_per_pair"),
            models.CheckConstraint(name="proposal_in_order", condition=Q(first__lt=F("second"))),
        ]
        indexes = [models.Index(fields=["unit", "state", "-score", "id"], name="proposals_open")]

    class Privacy:
        purpose = "Doppelte Erfassung erkennen"
        owners = OWNERS
        plain = {"id", "created_at", "unit", "score", "state"}
        personal = {"first", "second"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("first")


class Merge(BaseModel):
    """One merge with everything that is needed to undo it: old values and the rows that moved."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_kept")
    dropped = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_dropped")
    before = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    actor_id = models.UUIDField()
    actor_label = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dropped"], condition=Q(undone_at=None), name="merge_running_once_per_person"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-created_at", "id"], name="merge_new")]

    class Privacy:
        purpose = "Zusammenführungen nachvollziehen und rückgängig machen"
        owners = MERGERS
        plain = {"id", "created_at", "unit", "undone_at"}
        personal = {"kept", "dropped", "before", "moved", "actor_id", "actor_label", "undone_by"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("kept")
