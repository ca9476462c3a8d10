"""The search of everybody: the directory's own, asked for public entries only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from stafette.directory.search import Query, find
from stafette.portal.queries.listed import public_services

if TYPE_CHECKING:
    from stafette.directory.models import Service

FURTHEST = 10  # pages; whoever needs more asks better


def found(asked: Any, language: str, moment: datetime, *, per_page: int) -> tuple[list[Service], int]:
    """The services of one page of the answer, the best first, and how many there are in all.

    `asked` is a search as stafette/portal/forms.py reads it.
    What the index gives is asked for again among the public ones, so that a late index can show nothing hidden.
    """
    page = min(asked.page, FURTHEST)
    answer = find(
        Query(
            words=asked.words,
            language=language,
            topics=(asked.topic,) if asked.topic else (),
            spoken=(asked.spoken,) if asked.spoken else (),
            open_now=asked.open_now,
            accessible=asked.accessible,
            free=asked.free,
            public_only=True,
            limit=page * per_page,
        ),
        moment=moment,
    )
    ids = [hit.pk for hit in answer.hits[(page - 1) * per_page :]]
    rows = {row.pk: row for row in public_services().filter(pk__in=ids)}
    return [rows[pk] for pk in ids if pk in rows], answer.total
