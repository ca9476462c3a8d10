"""What a caller asks for, read from the address; nonsense is refused with the way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from stafette.directory.exchange.hsds.terms import TAXONOMIES, Words, made_id
from stafette.directory.queries.published import Asked, leika_keys
from stafette.directory.search import Query, find
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput

PER_PAGE, MOST, MOST_FULL, MOST_MINIMAL = 50, 200, 100, 10_000
LONGEST_SEARCH = 100
BEST = (
    80  # services that the search of the directory puts in order; others that have the very words follow them
)
LINES = "application/x-ndjson"
FORMATS = {"json": False, "ndjson": True}


@dataclass(frozen=True)
class Paging:
    """Which part of a list, and how much of each object."""

    page: int = 1
    per_page: int = PER_PAGE
    is_full: bool = False
    has_services: bool = False
    is_minimal: bool = False
    is_lines: bool = False


def paging(request: HttpRequest) -> Paging:
    """`page`, `per_page`, `full`, `full_service`, `minimal` and `format` as the standard names them."""
    services, minimal = flag(request, "full_service"), flag(request, "minimal")
    full = services or flag(request, "full")
    most = MOST_MINIMAL if minimal else MOST_FULL if full else MOST
    usual = MOST_MINIMAL if minimal else PER_PAGE
    return Paging(
        page=_number(request, "page", 1, 1_000_000),
        per_page=_number(request, "per_page", usual, most),
        is_full=full,
        has_services=services,
        is_minimal=minimal,
        is_lines=is_lines(request),
    )


def is_lines(request: HttpRequest) -> bool:
    """Whether lines of JSON are wanted: `format` says so, or without it the header Accept."""
    said = request.GET.get("format", "")
    if said and said not in FORMATS:
        raise BadInput(_("format muss json oder ndjson sein."))
    return FORMATS[said] if said else LINES in request.headers.get("Accept", "")


def asked(request: HttpRequest, words: Words, *, ranked: bool = True) -> Asked:
    """By what the caller narrows; `ranked` where services are looked for."""
    given = request.GET
    term = given.get("taxonomy_term_id", "")
    taxonomy = given.get("taxonomy_id", "")
    search = given.get("search", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    return Asked(
        search=search,
        found=found(search) if search and ranked else (),
        term=term_of(term, words) or ("", "") if term else None,
        taxonomy=(taxonomy_of(taxonomy) or "-") if taxonomy else "",
        organization=_uuid(given.get("organization_id", "")),
        modified_after=_moment(given.get("modified_after", "")),
    )


def found(search: str) -> tuple[UUID, ...]:
    """What the search of the directory finds, the best first: it knows other spellings, languages and needs.

    Asked for noon of today, so that all pages of a day have one order.
    """
    noon = datetime.combine(today(), time(12))
    hits = find(Query(words=search, public_only=True, limit=BEST), moment=noon).hits
    return tuple(hit.pk for hit in hits)


def taxonomy_of(identifier: str) -> str:
    """The code of a taxonomy, or nothing."""
    return next((one.code for one in TAXONOMIES.values() if one.id == identifier.lower()), "")


def term_of(identifier: str, words: Words) -> tuple[str, str] | None:
    """Taxonomy and code of a word by its identifier."""
    for taxonomy in TAXONOMIES:
        for code in codes_of(taxonomy, words):
            if made_id("term", taxonomy, code) == identifier.lower():
                return taxonomy, code
    return None


def codes_of(taxonomy: str, words: Words) -> list[str]:
    """All codes of a taxonomy; of the many LeiKa keys those in use."""
    return leika_keys() if taxonomy == "leika" else list(words.all_of(taxonomy))


def flag(request: HttpRequest, name: str) -> bool:
    """Whether a yes-or-no of the address says yes."""
    return request.GET.get(name, "").lower() in ("true", "1", "yes")


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    said = request.GET.get(name, "")
    if not said:
        return usual
    if not said.isascii() or not said.isdigit() or len(said) > 9 or int(said) < 1:
        raise BadInput(_("{name} muss eine Zahl ab 1 sein.").format(name=name))
    return min(int(said), most)


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        raise BadInput(_("organization_id muss eine UUID sein.")) from None


def _moment(said: str) -> datetime | None:
    if not said:
        return None
    try:
        found: Any = datetime.fromisoformat(
            said.replace(" ", "+")
        )  # a plus sign in an address reads as a space
        return found if found.tzinfo else timezone.make_aware(found)
    except (ValueError, OverflowError):
        raise BadInput(_("modified_after muss ein Zeitpunkt nach ISO 8601 sein.")) from None
