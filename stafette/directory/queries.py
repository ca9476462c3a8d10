"""Questions about services."""

from typing import Any

from django.db.models import Q, QuerySet

from stafette.accounts.queries import topics
from stafette.directory.models import Service


def services() -> QuerySet[Service]:
    """Services that still exist, by name: a catalogue without people, open to all who advise."""
    return Service.objects.filter(is_active=True).order_by("name", "id")


def filtered(rows: QuerySet[Service], values: dict[str, Any]) -> QuerySet[Service]:
    """Narrow by topic, language and words in name or description."""
    if values.get("topic"):
        rows = rows.filter(topics__contains=[values["topic"]])
    if values.get("language"):
        rows = rows.filter(languages__contains=[values["language"]])
    if values.get("text"):
        text = values["text"].strip()
        rows = rows.filter(Q(name__icontains=text) | Q(provider__icontains=text) | Q(summary__icontains=text))
    return rows


def topic_choices() -> list[tuple[str, str]]:
    """Topics by which services can be found."""
    return [(topic.code, topic.label) for topic in topics()]
