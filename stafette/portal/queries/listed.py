"""What everybody may read: listed public services of public providers, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from stafette.accounts.queries import topics, town
from stafette.directory import queries as directory

if TYPE_CHECKING:
    from stafette.accounts.models import Topic, Town
    from stafette.directory.models import Service

MORE = ("texts", "costs", "places__location__accessibility")


def public_services() -> QuerySet[Service]:
    """Services for everybody's eyes, with what their card shows: theirs and their provider's word decide."""
    rows = directory.services().filter(
        is_public=True, organization__is_public=True, organization__is_active=True
    )
    return rows.prefetch_related(*MORE)


def public_service(code: str) -> Service | None:
    """One of them; None for whatever is not public, as if it did not exist."""
    return public_services().filter(code=code).first()


def services_on(topic: str) -> QuerySet[Service]:
    """Public services on a topic."""
    return public_services().filter(topics__contains=[topic])


def services_named(codes: list[str]) -> list[Service]:
    """Public services by their codes, in the order in which they were named."""
    found = {row.code: row for row in public_services().filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def public_topics() -> list[Topic]:
    """Topics that may be chosen today."""
    return list(topics())


def counts_by_topic() -> dict[str, int]:
    """How many public services there are on each topic."""
    counts: dict[str, int] = {}
    for codes in public_services().prefetch_related(None).order_by().values_list("topics", flat=True):
        for code in codes:
            counts[code] = counts.get(code, 0) + 1
    return counts


def spoken_languages() -> list[str]:
    """In which languages any public service is given."""
    rows = public_services().prefetch_related(None).order_by().values_list("languages", flat=True)
    return sorted({code for codes in rows for code in codes})


def public_codes() -> list[str]:
    """The codes of all public services, for the sitemap."""
    return list(public_services().prefetch_related(None).order_by("code").values_list("code", flat=True))


def here() -> Town | None:
    """The town of these pages."""
    return town()
