"""One append-only table: audit, timeline of a household and outbox in one."""

from django.db import models

from stafette.kernel.clock import now
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner


class Event(models.Model):
    """Something that a command did. Holds ids, codes, dates and counts: no free text about people, no foreign keys.

    Lane, seq, previous and digest are set by a trigger of the owner (migration 0002): the running role can neither
    choose them nor change a row. Sixteen lanes, so that commits of different connections do not wait for each other.
    """

    APPEND_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=now)
    kind = models.CharField(max_length=60)
    actor_id = models.UUIDField()
    actor_label = models.CharField(max_length=200)
    unit_id = models.UUIDField()
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    about_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    lane = models.SmallIntegerField(default=0)
    seq = models.BigIntegerField(default=0)
    previous = models.CharField(max_length=64, default="")
    digest = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "seq"], name="event_once_per_place_in_chain")]
        indexes = [
            models.Index(fields=["unit_id", "-at", "-id"], name="event_by_unit"),
            models.Index(
                fields=["about_id", "-at"], name="event_about", condition=models.Q(about_id__isnull=False)
            ),
            models.Index(fields=["subject_id", "-at"], name="event_of_subject"),
        ]

    class Privacy:
        purpose = "Nachweis, wer was wann geändert hat"
        owners = (Owner("unit_id", view=(Permission.EVENT_VIEW, Permission.PERSON_VIEW)),)
        plain = {
            "id",
            "at",
            "kind",
            "unit_id",
            "subject_type",
            "lane",
            "seq",
            "previous",
            "digest",
            "details",
        }
        personal = {"actor_id", "actor_label", "subject_id", "about_id"}
        sensitive: set[str] = set()
        retention = "L14"


class ChainHead(models.Model):
    """The end of each lane, kept by the trigger; the running role cannot read or write it."""

    HIDDEN = True

    lane = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Privacy:
        purpose = "Unversehrtheit des Protokolls"
        owners = ()
        plain = {"lane", "seq", "digest"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L14"
