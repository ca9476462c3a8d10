"""Which page a note leads to; thousands of notes ask, so the address is put together once per kind."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from stafette.referrals.batons import BatonKind

Pages = Callable[[UUID], str]
_ANY = UUID(int=0)


def page_of(kind: BatonKind) -> Pages:
    """Return the page of a thing of this kind; one's own day where the kind has no page."""
    try:
        pattern = reverse(kind.url_name, args=[_ANY])
    except NoReverseMatch:
        pattern = reverse("referrals:my_day")
    return lambda thing_id: pattern.replace(str(_ANY), str(thing_id))


def escalated_page() -> str:
    """Return the coordination office's list of what nobody dealt with."""
    return reverse("steering:escalated")
