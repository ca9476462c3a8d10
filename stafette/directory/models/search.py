"""What the search reads: flat rows per service, and the words that stand in the directory."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from stafette.directory.models.providers import CATALOGUE
from stafette.directory.models.services import Service
from stafette.kernel.models import BaseModel


class Compared(BaseModel):
    """What every search compares of a service, beside its words.

    `spots` are latitude and longitude of the places, one after the other. `opens` and `closes` are the minutes of the
    week, from Monday 0:00, at which one may come and must leave, each list in its order: where more opened than closed
    until a minute, it is open. `is_special` says that there are hours which no week describes.
    """

    code = models.CharField(max_length=80)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    target_groups = ArrayField(models.CharField(max_length=40), default=list)
    statuses = ArrayField(models.PositiveSmallIntegerField(), default=list)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    districts = ArrayField(models.CharField(max_length=100), default=list)
    spots = ArrayField(models.FloatField(), default=list)
    opens = ArrayField(models.PositiveSmallIntegerField(), default=list)
    closes = ArrayField(models.PositiveSmallIntegerField(), default=list)
    is_special = models.BooleanField(default=False, db_default=False)
    is_accessible = models.BooleanField(default=False)
    is_free = models.BooleanField(null=True)
    status = models.CharField(max_length=18)
    room = models.CharField(max_length=7)
    is_public = models.BooleanField(default=True)

    class Meta:
        abstract = True


COMPARED = {
    *(
        "id",
        "created_at",
        "service",
        "code",
        "topics",
        "languages",
        "target_groups",
        "statuses",
        "minimum_age",
    ),
    *(
        "maximum_age",
        "districts",
        "spots",
        "opens",
        "closes",
        "is_special",
        "is_accessible",
        "is_free",
        "status",
    ),
    *("room", "is_public"),
}


class SearchRow(Compared):
    """A service as the search compares it; made anew by `indexing.reindex` from the entry, never edited.

    `vector` holds folded word stems: A name, B provider, topics and place, C summary, D everything else, in all the
    languages the entry has. `needs` are the codes of the dictionary (search/words) that name, summary and topics speak
    of, `hints` those that only the long texts do. `special` holds the schedules that no week describes (exceptions,
    every second week), as plain values.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="search_row")
    names = models.JSONField(default=dict)
    folded = models.TextField()
    vector = SearchVectorField()
    words = ArrayField(models.CharField(max_length=60), default=list)
    needs = ArrayField(models.CharField(max_length=80), default=list)
    hints = ArrayField(models.CharField(max_length=80), default=list)
    has_interpreters = models.BooleanField(default=False)
    special = models.JSONField(default=list)
    has_alert = models.BooleanField(default=False)
    confirm_on = models.DateField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="search_by_word"),
            GinIndex(fields=["needs"], name="search_by_need"),
            GinIndex(fields=["topics"], name="search_by_topic"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="search_by_piece"),
        ]

    class Privacy:
        purpose = "Suche im Verzeichnis der Angebote"
        owners = ()
        plain = {
            *COMPARED,
            *("names", "folded", "vector", "words", "needs", "hints", "has_interpreters", "special"),
            *("has_alert", "confirm_on"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class SearchGlance(Compared):
    """The same without words: a search that names none compares every service, and these rows are a seventh as long."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="search_glance")

    class Privacy:
        purpose = "Suche im Verzeichnis der Angebote, ohne Wörter"
        owners = ()
        plain = COMPARED
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE


class SearchWord(BaseModel):
    """A folded word of the directory, whole, with the number of services in which it stands: rare words weigh more,
    and what somebody mistyped is looked for among them."""

    word = models.CharField(max_length=60, unique=True)
    stem = models.CharField(max_length=60)
    services = models.IntegerField(default=0)

    class Meta:
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_by_piece"),
            models.Index(fields=["stem"], name="word_by_stem"),
        ]

    class Privacy:
        purpose = "Suche im Verzeichnis: nachsichtig mit der Schreibweise"
        owners = ()
        plain = {"id", "created_at", "word", "stem", "services"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE
