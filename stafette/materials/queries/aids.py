"""Questions about work aids and about what the counter could not answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Count, F, Func, Q, QuerySet

from stafette.accounts.queries import topics
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.materials.access import aids_visible_to, questions_visible_to
from stafette.materials.models import OpenQuestion, WorkAid

START, STOP = "\u2039", "\u203a"  # around the words that were found; the page turns them into <mark>


def aids(*, actor: Actor) -> QuerySet[WorkAid]:
    """Work aids in use, by title."""
    return aids_visible_to(actor).filter(withdrawn_on=None)


def filtered_aids(rows: QuerySet[WorkAid], values: dict[str, Any]) -> QuerySet[WorkAid]:
    """Narrow by words, topic, target group, language, kind and age; with words, the best come first."""
    for name, column in (("topic", "topics"), ("target_group", "target_groups")):
        if values.get(name):
            rows = rows.filter(**{f"{column}__contains": [values[name]]})
    for name in ("language", "kind"):
        if values.get(name):
            rows = rows.filter(**{name: values[name]})
    if values.get("stale"):
        rows = rows.filter(pk__in=[row.pk for row in rows if row.is_stale])
    words = (values.get("q") or "").strip()
    return _with_words(rows, words) if words else rows


def _with_words(rows: QuerySet[WorkAid], words: str) -> QuerySet[WorkAid]:
    """Words in German with their endings or as they stand, and the beginning of the last word as it is typed."""
    query = SearchQuery(words, config="german", search_type="websearch")
    query |= SearchQuery(words, config="simple", search_type="websearch")
    last = "".join(char for char in words.split()[-1] if char.isalnum())
    if last:
        query |= SearchQuery(f"{last}:*", config="simple", search_type="raw")
    found = rows.filter(Q(search=query) | Q(title__icontains=words))
    return found.annotate(
        rank=SearchRank(F("search"), query),
        snippet=SearchHeadline(
            "text", query, config="german", start_sel=START, stop_sel=STOP, max_words=24, min_words=10
        ),
    ).order_by("-rank", "title")


def aid_content(*, actor: Actor, pk: UUID) -> WorkAid | None:
    """A work aid with the bytes of its file."""
    return aids_visible_to(actor).defer(None).filter(pk=pk).exclude(content=None).first()


def stale_aids(*, actor: Actor) -> list[WorkAid]:
    """Work aids that somebody should look at."""
    return [row for row in aids(actor=actor) if row.is_stale]


def aids_by_topic(*, actor: Actor) -> dict[str, list[WorkAid]]:
    """Work aids under each of their topics, by code."""
    found: dict[str, list[WorkAid]] = {}
    for row in aids(actor=actor):
        for code in row.topics:
            found.setdefault(code, []).append(row)
    return found


def topic_choices() -> list[tuple[str, str]]:
    """Topics of today by code and word."""
    return [(topic.code, topic.label) for topic in topics()]


def topic_id(code: str) -> UUID | None:
    """The id of a topic, by which other rooms are asked what they have about it."""
    return topics().filter(code=code).values_list("pk", flat=True).first()


def questions(*, actor: Actor) -> QuerySet[OpenQuestion]:
    """Questions that the counter could not answer, the oldest first."""
    return questions_visible_to(actor).order_by("asked_on", "id")


def filtered_questions(rows: QuerySet[OpenQuestion], values: dict[str, Any]) -> QuerySet[OpenQuestion]:
    """Narrow by state and topic."""
    if values.get("state"):
        rows = rows.filter(state=values["state"])
    if values.get("topic"):
        rows = rows.filter(topics__contains=[values["topic"]])
    return rows


def open_questions_by_topic(*, actor: Actor) -> list[tuple[str, int]]:
    """Topic and how many open questions name it, the most frequent first; a question may name several."""
    rows = questions_visible_to(actor).filter(state=OpenQuestion.State.OPEN)
    counted = (
        rows.order_by()
        .annotate(topic=Func(F("topics"), function="unnest"))
        .values("topic")
        .annotate(number=Count("pk"))
    )
    words = dict(topic_choices())
    found = [(str(words.get(row["topic"], row["topic"])), int(row["number"])) for row in counted]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def oldest_open(*, actor: Actor) -> int | None:
    """For how many days the oldest open question has waited; None where none waits."""
    rows = questions_visible_to(actor).filter(state=OpenQuestion.State.OPEN)
    first = rows.order_by("asked_on").values_list("asked_on", flat=True).first()
    return (today() - first).days if first else None
