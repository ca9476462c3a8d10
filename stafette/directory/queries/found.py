"""What the search page shows: the services that were found, with reasons, and where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from stafette.directory.cards import ServiceCard, card
from stafette.directory.models import SearchRow
from stafette.directory.queries.listed import services
from stafette.directory.search import Found, Query, Suggestion, find, suggest
from stafette.directory.search.reasons import Said, say
from stafette.directory.sketch import Sketch, Spot, draw, landmarks, minutes
from stafette.directory.words import LANGUAGES, named
from stafette.kernel.clock import now


@dataclass(frozen=True)
class Shown:
    """A hit of the list: its number on the sketch, its card, why it stands here, and how far it is."""

    number: int
    card: ServiceCard
    url: str
    languages: str
    reasons: list[Said]
    distance: int | None
    minutes: int


@dataclass(frozen=True)
class Results:
    """Everything below the search field."""

    found: Found
    rows: list[Shown]
    sketch: Sketch | None
    suggestions: list[Suggestion]


def results(values: Mapping[str, Any]) -> Results:
    """Answer what stands in the form (cleaned values)."""
    query = _query(values)
    found = find(query, moment=timezone.localtime(now()).replace(tzinfo=None))
    cards = {row.pk: card(row) for row in services().filter(pk__in=[hit.pk for hit in found.hits])}
    rows = [
        Shown(
            number=number,
            card=cards[hit.pk],
            url=reverse("directory:service", args=[hit.code]),
            languages=named(cards[hit.pk].languages, LANGUAGES),
            reasons=say(hit.reasons),
            distance=hit.distance,
            minutes=minutes(hit.distance or 0),
        )
        for number, hit in enumerate((hit for hit in found.hits if hit.pk in cards), start=1)
    ]
    return Results(found, rows, _sketch(rows), _suggestions(query))


def _query(values: Mapping[str, Any]) -> Query:
    near = next(((one.latitude, one.longitude) for one in landmarks() if one.name == values["near"]), None)
    return Query(
        words=values["words"],
        language=values["language"] or "de",
        topics=(values["topic"],) if values["topic"] else (),
        spoken=(values["spoken"],) if values["spoken"] else (),
        target_groups=(values["group"],) if values["group"] else (),
        status=int(values["status"]) if values["status"] else None,
        district=values["district"],
        near=near,
        open_now=values["open_now"],
        accessible=values["accessible"],
        free=values["free"],
        age=values["age"],
    )


def _suggestions(query: Query) -> list[Suggestion]:
    """What one may be about to type; what stands there already is no suggestion."""
    found = suggest(query.words, query.language)
    return [one for one in found if one.fill.casefold() != query.words.strip().casefold()][:6]


def _sketch(rows: list[Shown]) -> Sketch | None:
    return draw(
        [
            Spot(row.number, row.card.name, row.card.latitude, row.card.longitude, f"#treffer-{row.number}")
            for row in rows
            if row.card.latitude is not None and row.card.longitude is not None
        ]
    )


def districts() -> list[str]:
    """The districts in which something is offered, as they are written."""
    return list(
        SearchRow.objects.filter(service__places__location__district__gt="")
        .values_list("service__places__location__district", flat=True)
        .order_by("service__places__location__district")
        .distinct()
    )


def near_choices() -> list[str]:
    """The landmarks of the town, by name."""
    return [one.name for one in landmarks()]
