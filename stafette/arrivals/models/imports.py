"""A list of arrivals on its way in: the file, its rows with what became of each, what its columns mean."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stafette.kernel.keeping import Asked, From, Stays, With
from stafette.kernel.models import BaseModel, Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner

OWNERS = (Owner("unit", view=Permission.ARRIVAL_VIEW, edit=Permission.ARRIVAL_EDIT),)
PURPOSE = "Neu Zugezogene zum Ankunftsgespräch einladen"


class ArrivalSender(BaseModel):
    """An office that sends lists, and what the clerk said its columns mean: said once, known ever after."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="sender_once_per_unit")]

    class Privacy:
        purpose = "Listen derselben Absenderin ohne Rückfrage lesen"
        owners = OWNERS
        plain = {"id", "created_at", "unit", "name", "mapping"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Bedeutung der Spalten, ohne Angaben zu Personen")

    def __str__(self) -> str:
        return self.name


class ArrivalImport(Stateful):
    """One list: read, looked at by a human, taken over.

    `digest` tells the same file again. The counts are those of the preview; each row has exactly one outcome,
    so they add up to `rows_total`.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("hochgeladen")
        READING = "reading", _("wird gelesen")
        STAGED = "staged", _("zur Prüfung")
        APPLYING = "applying", _("wird übernommen")
        APPLIED = "applied", _("übernommen")
        FAILED = "failed", _("nicht lesbar")
        DISCARDED = "discarded", _("verworfen")

    MOVES = {
        "read": ({State.UPLOADED, State.READING, State.STAGED, State.FAILED}, State.READING),
        "stage": ({State.READING}, State.STAGED),
        "take": ({State.STAGED}, State.APPLYING),
        "apply": ({State.APPLYING}, State.APPLIED),
        "fail": ({State.READING, State.APPLYING}, State.FAILED),
        "discard": ({State.UPLOADED, State.STAGED, State.FAILED}, State.DISCARDED),
    }
    PEN = {State.UPLOADED: "unit", State.STAGED: "unit", State.FAILED: "unit"}
    NAMES = {
        "read": "Lesen", "stage": "Vorlegen", "take": "Übernehmen", "apply": "Abschließen", "fail": "Abbrechen",
        "discard": "Verwerfen",
    }  # fmt: skip

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(ArrivalSender, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=5, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    message = models.CharField(max_length=500, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    possible_duplicate = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    left_out = ArrayField(models.IntegerField(), default=list)
    applied_at = models.DateTimeField(null=True)
    actor_label = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["unit", "-created_at", "id"], name="import_new")]
        constraints = [
            models.CheckConstraint(
                name="import_applied_at_fits_state",
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at=None)),
            )
        ]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {
            *(
                "id",
                "created_at",
                "unit",
                "sender",
                "state",
                "file_name",
                "digest",
                "kind",
                "sheet",
                "size",
                "mapping",
            ),
            *(
                "message",
                "rows_total",
                "rows_done",
                "new",
                "known",
                "possible_duplicate",
                "changed",
                "rejected",
            ),
            *("households", "left_out", "applied_at"),
        }
        personal = {"actor_label"}
        sensitive: set[str] = set()
        retention = "L1"
        starts = Asked("list")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("arrivals:import", args=[self.pk])


class ArrivalFile(BaseModel):
    """The bytes of a list while it waits; gone as soon as it was taken over or thrown away."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.OneToOneField(ArrivalImport, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit", "source"}
        personal = {"content"}
        sensitive: set[str] = set()
        retention = "L0"
        starts = From("created_at")


class Outcome(models.TextChoices):
    """What became of a row; each row has exactly one."""

    NEW = "new", _("neu")
    KNOWN = "known", _("bekannt")
    POSSIBLE_DUPLICATE = "possible_duplicate", _("möglicherweise doppelt")
    CHANGED = "changed", _("geändert")
    REJECTED = "rejected", _("abgelehnt")


class Decision(models.TextChoices):
    """What the clerk says about a possible duplicate or a change."""

    OPEN = "", _("später entscheiden")
    SAME = "same", _("dieselbe Person")
    DIFFERENT = "different", _("andere Person")
    ACCEPT = "accept", _("Änderung übernehmen")
    KEEP = "keep", _("unsere Angabe behalten")


class ArrivalRow(BaseModel):
    """One row of a list as it was read. `twin_number` is the row of the same list that it may repeat."""

    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )  # the same for every row of a list, and the policies ask for it
    source = models.ForeignKey(ArrivalImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.IntegerField()
    household_number = models.IntegerField(default=0)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    value = models.CharField(max_length=60, blank=True)
    remarks = ArrayField(models.CharField(max_length=30), default=list)
    fingerprint = models.BigIntegerField()
    twin_number = models.IntegerField(null=True)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    differences = models.JSONField(default=dict)
    is_applied = models.BooleanField(default=False)
    family_name = models.TextField(blank=True)
    given_names = models.TextField(blank=True)
    birth_name = models.TextField(blank=True)
    birth_year = models.SmallIntegerField(null=True)
    birth_month = models.SmallIntegerField(null=True)
    birth_day = models.SmallIntegerField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    nationalities = ArrayField(models.CharField(max_length=3), default=list)
    street = models.TextField(blank=True)
    house_number = models.TextField(blank=True)
    postal_code = models.TextField(blank=True)
    town = models.TextField(blank=True)
    district = models.TextField(blank=True)
    moved_in_on = models.DateField(null=True)
    came_from = models.TextField(blank=True)
    guardian = models.TextField(blank=True)
    landlord = models.TextField(blank=True)
    address_locked = models.BooleanField(default=False)
    language = models.CharField(max_length=3, blank=True)
    phone = models.TextField(blank=True)
    email = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="row_once_per_import")]
        indexes = [
            models.Index(fields=["source", "outcome", "number"], name="rows_by_outcome"),
            models.Index(fields=["unit", "fingerprint"], name="rows_decided", condition=~Q(decision="")),
        ]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {
            *(
                "id",
                "created_at",
                "unit",
                "source",
                "number",
                "household_number",
                "outcome",
                "decision",
                "reason",
            ),
            *("remarks", "twin_number", "is_applied"),
        }
        personal = {
            *("value", "fingerprint", "person", "differences", "family_name", "given_names", "birth_name"),
            *("birth_year", "birth_month", "birth_day", "sex", "nationalities", "street", "house_number"),
            *(
                "postal_code",
                "town",
                "district",
                "moved_in_on",
                "came_from",
                "guardian",
                "landlord",
                "language",
            ),
            *("phone", "email"),
        }
        sensitive = {"address_locked"}
        retention = "L1"
        starts = With("source")

    @property
    def full_name(self) -> str:
        """Family name, given names."""
        return ", ".join(part for part in (self.family_name, self.given_names) if part)
