"""What the search reads: one flat row per service, and the words that stand in the directory."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from stafette.directory.models.providers import CATALOGUE
from stafette.directory.models.services import Service
from stafette.kernel.models import BaseModel


class SearchRow(BaseModel):
    """A service as the search compares it; made anew by `indexing.reindex` from the entry, never edited.

    `vector` holds folded word stems: A name, B provider, topics and place, C summary, D everything else, in all the
    languages the entry has. `needs` are the codes of the dictionary (search/words) that name, summary and topics speak
    of, `hints` those that only the long texts do. `opens` and `closes` are minutes of the week from Monday 0:00;
    `special` holds schedules that no week describes (exceptions, every second week), as plain values. `spots` are
    latitude and longitude of the places, one after the other.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="search_row")
    code = models.CharField(max_length=80)
    names = models.JSONField(default=dict)
    folded = models.TextField()
    vector = SearchVectorField()
    words = ArrayField(models.CharField(max_length=60), default=list)
    needs = ArrayField(models.CharField(max_length=80), default=list)
    hints = ArrayField(models.CharField(max_length=80), default=list)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    has_interpreters = models.BooleanField(default=False)
    target_groups = ArrayField(models.CharField(max_length=40), default=list)
    statuses = ArrayField(models.PositiveSmallIntegerField(), default=list)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    districts = ArrayField(models.CharField(max_length=100), default=list)
    spots = ArrayField(models.FloatField(), default=list)
    opens = ArrayField(models.PositiveSmallIntegerField(), default=list)
    closes = ArrayField(models.PositiveSmallIntegerField(), default=list)
    special = models.JSONField(default=list)
    is_accessible = models.BooleanField(default=False)
    is_free = models.BooleanField(null=True)
    status = models.CharField(max_length=18)
    room = models.CharField(max_length=7)
    has_alert = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
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
            *("id", "created_at", "service", "code", "names", "folded", "vector", "words", "needs", "hints"),
            *("topics", "languages", "has_interpreters", "target_groups", "statuses", "minimum_age"),
            *("maximum_age", "districts", "spots", "opens", "closes", "special", "is_accessible", "is_free"),
            *("status", "room", "has_alert", "is_public", "confirm_on"),
        }
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
