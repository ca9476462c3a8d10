"""What stands before a deletion: the announcement to the unit, the hold with reason and end, the last activity."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.kernel.keeping import From, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household

_SEEN = (Permission.RETENTION_VIEW, Permission.RETENTION_EDIT)


class Announcement(BaseModel):
    """A record that will be deleted on `due_on` unless somebody holds it up: the unit's grace list.

    `kind` names the model, `object_id` the row; no foreign key, because any kind of record can stand here. It goes
    with the record, in the same statement.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    object_id = models.UUIDField()
    rule = models.CharField(max_length=10)
    rule_from = models.DateField()
    event_on = models.DateField()
    due_on = models.DateField()
    told_on = models.DateField()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["unit", "due_on", "id"], name="announced_in_unit")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="announced_once"),
            models.CheckConstraint(name="announced_after_its_event", condition=Q(due_on__gte=F("event_on"))),
        ]

    class Privacy:
        purpose = "Stellen vor dem Löschen benachrichtigen"
        owners = (Owner("unit", view=_SEEN, edit=Permission.PURGE),)
        about = ("object_id",)
        plain = {"id", "created_at", "unit", "kind", "rule", "rule_from", "event_on", "due_on", "told_on"}
        personal = {"object_id"}
        sensitive: set[str] = set()
        retention = "L14"  # long enough for what is held up meanwhile
        starts = From("told_on")


class Hold(BaseModel):
    """A deletion that is held up, with a reason and an end within twelve months (rules/purge.toml).

    It is never extended silently: who still needs the record makes a new hold with a new reason (domain.md 13.3).
    """

    class Reason(models.TextChoices):
        PROCEDURE = "procedure", _("Verfahren oder Rechtsbehelf läuft")
        CLAIM = "claim", _("wird für einen Rechtsanspruch gebraucht")
        REQUEST = "request", _("Antrag der betroffenen Person läuft")
        ARCHIVE = "archive", _("wird dem Archiv angeboten (anbietungspflichtig)")

    KINDS: ClassVar = ("people.Household", "properties.Hint")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    object_id = models.UUIDField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    reference = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    until_on = models.DateField()
    held_by = models.CharField(max_length=200)
    lifted_on = models.DateField(null=True)
    lifted_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["until_on", "id"]
        indexes = [
            models.Index(fields=["unit", "until_on"], name="hold_in_unit"),
            models.Index(fields=["object_id"], name="hold_of_object"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=Q(lifted_on=None), name="hold_one_runs"
            ),
            models.CheckConstraint(name="hold_ends_later", condition=Q(until_on__gt=F("from_on"))),
        ]

    class Privacy:
        purpose = "Löschungen mit Grund und Ende aufhalten"
        owners = (Owner("unit", view=_SEEN, edit=(Permission.RETENTION_EDIT, Permission.PURGE)),)
        about = ("object_id",)
        plain = {"id", "created_at", "unit", "kind", "from_on", "until_on", "lifted_on"}
        personal = {"object_id", "reason", "reference", "held_by", "lifted_by"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = From("until_on")


class Activity(BaseModel):
    """The last day on which something happened in a file, kept when the log that told it is cut."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="+")
    last_on = models.DateField()

    class Privacy:
        purpose = "Beginn der Löschfrist einer Akte"
        owners = (Owner("unit", view=Permission.RETENTION_VIEW, edit=Permission.PURGE),)
        plain = {"id", "created_at", "unit"}
        personal = {"household", "last_on"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("household")
