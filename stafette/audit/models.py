"""Two append-only tables: what was done (audit, timeline of a household and outbox in one), and what was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import now
from stafette.kernel.ids import new_id
from stafette.kernel.keeping import Asked, From, Stays
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
        about = ("subject_id", "about_id")
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
        starts = Asked("chain")


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
        starts = Stays("Ende der Kette, ohne Angaben zu Personen")


class ChainAnchor(models.Model):
    """Up to where a lane was cut when its period was over: the check of the chain begins behind it."""

    HIDDEN = True

    lane = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    cut_at = models.DateTimeField()

    class Privacy:
        purpose = "Unversehrtheit des Protokolls, nachdem alte Einträge gelöscht wurden"
        owners = ()
        plain = {"lane", "seq", "digest", "cut_at"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L14"
        starts = Stays("Anfang der Kette, ohne Angaben zu Personen")


class Reading(models.Model):
    """Somebody looked at a protected record, or took along a list of them: number and page, never what stood there.

    Written once per request, in its transaction (audit/reading.py). `unit_id` is the unit through which the record
    was open to the account, `about_id` the household's file. Words that were searched for are not kept, how many were
    found is. The reason stands in the reading only where one was asked for.
    """

    APPEND_ONLY = True

    class Kind(models.TextChoices):
        VIEW = "view", _("angesehen")
        LIST = "list", _("Liste")
        EXPORT = "export", _("Datei mitgenommen")
        PRINT = "print", _("gedruckt")
        SEARCH = "search", _("gesucht")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=now)
    account_id = models.UUIDField()
    unit_id = models.UUIDField()
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField(null=True)
    about_id = models.UUIDField(null=True)
    page = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.VIEW)
    number = models.IntegerField(default=1)
    reason = models.CharField(max_length=20, blank=True)
    reason_text = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "-at", "-id"], name="reading_by_unit"),
            models.Index(
                fields=["about_id", "-at"], name="reading_about", condition=models.Q(about_id__isnull=False)
            ),
            models.Index(
                fields=["account_id", "-at"],
                name="reading_found_nothing",
                condition=models.Q(kind="search", number=0),
            ),
        ]

    class Privacy:
        purpose = "Nachweis, wer welche geschützten Datensätze gelesen hat (Art. 32 DSGVO)"
        owners = (Owner("unit_id", view=Permission.READING_VIEW),)
        plain = {"id", "at", "unit_id", "record_type", "page", "kind", "number", "reason"}
        personal = {"account_id", "record_id", "about_id", "reason_text"}
        sensitive: set[str] = set()
        retention = "L14"
        starts = From("at")
