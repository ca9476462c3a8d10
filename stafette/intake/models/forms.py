"""Forms and topic lists as the town published them. A version in use is never changed, only followed by another."""

from functools import lru_cache
from uuid import UUID

from django.db import models

from stafette.accounts.models import Unit
from stafette.intake.definition import FormDefinition, TopicListDefinition, read_form, read_topic_list
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class TopicList(BaseModel):
    """Topics of advice in one version, so that years stay comparable (W-72)."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="topic_list_version_once")]

    class Privacy:
        purpose = "Themen der Beratung"
        owners = ()
        plain = {"id", "created_at", "code", "version", "content"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog mit Fassungen")

    def read(self) -> TopicListDefinition:
        """Return the list as plain values."""
        return read_topic_list(self.content)


class FormVersion(BaseModel):
    """One version of a unit's form; a talk keeps the version it was begun with."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    topics = models.ForeignKey(TopicList, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code", "version"], name="form_version_once")]

    class Privacy:
        purpose = "Wortlaut der Fragen"
        owners = ()
        plain = {"id", "created_at", "unit", "code", "version", "content", "topics"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog mit Fassungen")

    def read(self) -> FormDefinition:
        """Return the form as plain values."""
        return form_definition(self.pk)


@lru_cache(maxsize=64)
def form_definition(form_id: UUID) -> FormDefinition:
    """Read a form once per process: a version never changes, and its text is too long to fetch with every talk."""
    return read_form(FormVersion.objects.values_list("content", flat=True).get(pk=form_id))


@lru_cache(maxsize=64)
def form_topics(form_id: UUID) -> TopicListDefinition | None:
    """Read the topics of a form once per process."""
    content = FormVersion.objects.values_list("topics__content", flat=True).get(pk=form_id)
    return read_topic_list(content) if content else None
