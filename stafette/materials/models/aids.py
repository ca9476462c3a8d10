"""Work aids: what staff look things up in. Never shown to the public."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.kernel.clock import today
from stafette.kernel.models import BaseModel
from stafette.materials.models.sheets import CATALOGUE

STALE_DAYS = 365  # [default] a flyer without an end is looked at once a year


class AidKind(models.TextChoices):
    """What it is."""

    OVERVIEW = "overview", _("Übersicht")
    LIST = "list", _("Liste")
    SCAN = "scan", _("Eingescanntes Blatt")
    FLYER = "flyer", _("Flyer")
    LINK = "link", _("Link")


class TextBy(models.TextChoices):
    """Where the searchable text comes from: machines misread, so the page says it."""

    NONE = "none", _("kein Text")
    FILE = "file", _("aus der Datei gelesen")
    OCR = "ocr", _("per Texterkennung gelesen, kann Fehler enthalten")
    HAND = "hand", _("von Hand eingegeben")


class WorkAid(BaseModel):
    """A leaflet, list, overview or link with language, date and owner; its text is searched.

    `dated_on` is the date that stands on it, `valid_until` the last day on which it may be used. The file's bytes
    stand in the row, so that a copy of the database is complete and nothing stays behind.
    """

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=AidKind.choices)
    summary = models.CharField(max_length=400, blank=True)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    target_groups = ArrayField(models.CharField(max_length=40), default=list)
    language = models.CharField(max_length=8, default="de")
    dated_on = models.DateField()
    valid_until = models.DateField(null=True)
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    owner_function = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=400, blank=True)
    content = models.BinaryField(null=True)
    mime = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    text_by = models.CharField(max_length=4, choices=TextBy.choices, default=TextBy.NONE)
    withdrawn_on = models.DateField(null=True)
    changed_at = models.DateTimeField(auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="german")
        + SearchVector("summary", weight="B", config="german")
        + SearchVector("text", weight="D", config="german")
        + SearchVector("title", "summary", "text", weight="D", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["title", "id"]
        indexes = [GinIndex(fields=["search"], name="work_aid_search")]
        constraints = [
            models.CheckConstraint(
                name="work_aid_file_is_whole",
                condition=Q(content=None, mime="", size=0)
                | Q(content__isnull=False, size__gt=0) & ~Q(mime=""),
            ),
            models.CheckConstraint(name="work_aid_link_has_address", condition=~Q(kind="link") | ~Q(url="")),
            models.CheckConstraint(
                name="work_aid_text_has_source",
                condition=Q(text="", text_by="none") | ~Q(text="") & ~Q(text_by="none"),
            ),
        ]

    class Privacy:
        purpose = "Arbeitshilfen für die Beratung"
        owners = ()
        plain = {
            *("id", "created_at", "title", "kind", "summary", "topics", "target_groups", "language"),
            *("dated_on", "valid_until", "owner_unit", "owner_function", "url", "content", "mime", "size"),
            *("text", "text_by", "withdrawn_on", "changed_at", "search"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE

    def __str__(self) -> str:
        return self.title

    @property
    def is_expired(self) -> bool:
        """Whether its own last day is over."""
        return self.valid_until is not None and self.valid_until < today()

    @property
    def is_stale(self) -> bool:
        """Whether it should be looked at: its end has come, or it has none and is old."""
        return self.is_expired or (self.valid_until is None and self.age_days > STALE_DAYS)

    @property
    def age_days(self) -> int:
        """Days since the date that stands on it."""
        dated: date = self.dated_on
        return (today() - dated).days
