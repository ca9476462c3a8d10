"""A list of the interface: as a page in the envelope of the standard, or as lines of everything (NDJSON).

Open Referral, openapi.json of HSDS 3.0: `format` "could be ndjson which should stream all the results without
pagination".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from stafette.directory.queries.published import page_of
from stafette.portal.api.asking import Paging

Object = dict[str, Any]
AT_ONCE = 100  # objects that are read together: memory stays small however long the list is


@dataclass(frozen=True)
class Listing:
    """Rows of the database: `tell` makes objects of the columns of some of them, in the same order."""

    rows: QuerySet[Any]
    columns: tuple[str, ...]
    tell: Callable[[list[tuple[Any, ...]]], list[Object]]

    def part(self, paging: Paging) -> tuple[list[Object], int]:
        """One page, and how many there are in all."""
        rows, total = page_of(self.rows, *self.columns, page=paging.page, per_page=paging.per_page)
        return self.tell(rows), total

    def pieces(self) -> Iterator[list[Object]]:
        """Everything, some at a time; what is no longer public when its turn comes is left out."""
        keys = list(self.rows.values_list("pk", flat=True))
        for at in range(0, len(keys), AT_ONCE):
            still = self.rows.filter(pk__in=keys[at : at + AT_ONCE])
            yield self.tell(list(still.values_list(*self.columns)))


@dataclass(frozen=True)
class Ready:
    """A list that is there as a whole."""

    found: Sequence[Object]

    def part(self, paging: Paging) -> tuple[list[Object], int]:
        """One page, and how many there are in all."""
        start = (paging.page - 1) * paging.per_page
        return list(self.found[start : start + paging.per_page]), len(self.found)

    def pieces(self) -> Iterator[list[Object]]:
        """Everything at once."""
        yield list(self.found)


@dataclass(frozen=True)
class Lines:
    """An answer that is written while it is sent: one object a line."""

    of: Listing | Ready

    def __iter__(self) -> Iterator[bytes]:
        """Bytes of some objects at a time; in German, whatever the thread speaks meanwhile."""
        with translation.override("de"):
            pieces = self.of.pieces()
        while True:
            with translation.override("de"):
                some = next(pieces, None)
                written = b"".join(map(_line, some or ()))
            if some is None:
                return
            yield written


def told(listing: Listing | Ready, paging: Paging) -> Object | Lines:
    """The list as it was asked for."""
    if paging.is_lines:
        return Lines(listing)
    contents, total = listing.part(paging)
    return envelope(contents, total, paging)


def envelope(contents: list[Object], total: int, paging: Paging) -> Object:
    """A page as the standard wraps it."""
    pages = -(-total // paging.per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": paging.page,
        "size": len(contents),
        "first_page": paging.page == 1,
        "last_page": paging.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _line(one: Object) -> bytes:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
