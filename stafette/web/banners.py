"""What stands above every page while it lasts, with the button that ends it; filled in config/wiring.py.

    banners.register(glass_banners)       # only in config/wiring.py

    def glass_banners(request: HttpRequest) -> list[Banner]: ...

Asked on every page: a maker looks at what the request already holds, and never into the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Banner:
    """A line above the page; `url` is posted to by the button `button`."""

    text: str
    url: str
    button: str


Maker = Callable[[HttpRequest], list[Banner]]
_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """Let a room say something above every page; naming it twice changes nothing."""
    if maker not in _makers:
        _makers.append(maker)


def banners_for(request: HttpRequest) -> list[Banner]:
    """Return what stands above this page."""
    return [banner for maker in _makers for banner in maker(request)]
