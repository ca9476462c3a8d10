"""What a page shows of protected records, said once per address or on the request; the middleware keeps it.

    readings.register({"people:person": (Shows("people.Person"),)})     # config/reading_pages.py: all on one page
    readings.note_list(request, rows)                                   # a page of its own that lists people
    readings.note_search(request, "people.Person", found)               # how many were found; never the words

`show_list` notes its rows itself, unless its ListSpec says `about_people=False`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from stafette.audit.models import Reading
from stafette.audit.reading import Note, keep, owning_columns
from stafette.kernel.actor import NOBODY, Actor
from stafette.kernel.rows import owners_of

Kind = Reading.Kind
WHY = "oversight:why"


@dataclass(frozen=True)
class Shows:
    """An address shows the record of this model whose id is the argument; `asks` holds back a quiet file."""

    model: str
    argument: str = "pk"
    kind: str = Kind.VIEW
    asks: bool = False


_pages: dict[str, tuple[Shows, ...]] = {}


def register(pages: Mapping[str, tuple[Shows, ...]]) -> None:
    """Say of addresses whose record they show."""
    _pages.update(pages)


def shown_at(view_name: str) -> tuple[Shows, ...]:
    """Return whose records an address shows: its own entry, or that of its room."""
    own = _pages.get(view_name)
    return own if own is not None else _pages.get(f"{view_name.partition(':')[0]}:*", ())


def note_list(request: HttpRequest, rows: Iterable[Any], *, kind: str = Kind.LIST) -> None:
    """Say that these rows were listed: one entry per unit in whose books they stand, with how many there are."""
    actor = getattr(request, "actor", NOBODY)
    counted: Counter[tuple[str, UUID | None]] = Counter()
    for row in rows:
        counted[row._meta.label, unit_of(actor, row)] += 1
    for (label, unit), number in counted.items():
        _note(request, Note(label, _page(request), kind, unit_id=unit, number=number))


def note_search(request: HttpRequest, model: str, found: int) -> None:
    """Say that somebody searched, and how many were found."""
    _note(request, Note(model, _page(request), Kind.SEARCH, number=found))


def note_number(request: HttpRequest, model: str, number: int, *, kind: str = Kind.LIST) -> None:
    """Say that so many records were listed, where the rows themselves are no longer at hand."""
    _note(request, Note(model, _page(request), kind, number=number))


def unit_of(actor: Actor, row: Any) -> UUID | None:
    """The unit through which the actor sees the row; None where the row was read without it."""
    if not owners_of(row._meta.model):
        return None
    found = None
    for column, views in owning_columns(row._meta.model):
        unit = row.__dict__.get(column)
        found = found or unit
        if unit and any(actor.may(view, unit=unit) for view in views):
            return unit  # type: ignore[no-any-return]
    return found


def settle(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep what the answer shows; an answer that must wait for a reason gives way to the question for it."""
    actor: Actor = getattr(request, "actor", NOBODY)
    if response.status_code != 200 or actor.id == NOBODY.id:
        return response
    about = keep(actor, [*getattr(request, "reading_notes", []), *_shown(request)])
    return _ask(request, about) if about else response


def _ask(request: HttpRequest, household_id: UUID) -> HttpResponse:
    address = reverse(WHY, args=[household_id]) + "?" + urlencode({"weiter": request.get_full_path()})
    if getattr(request, "htmx", None):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _shown(request: HttpRequest) -> list[Note]:
    match = request.resolver_match
    if match is None or not match.view_name:
        return []
    return [
        Note(one.model, match.view_name, one.kind, record_id=match.kwargs[one.argument], asks=one.asks)
        for one in shown_at(match.view_name)
        if one.argument in match.kwargs
    ]


def _page(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _note(request: HttpRequest, note: Note) -> None:
    if not hasattr(request, "reading_notes"):
        request.reading_notes = []  # type: ignore[attr-defined]
    request.reading_notes.append(note)  # type: ignore[attr-defined]
