"""Brakes against guessing and bulk reading: so many calls per minute and person, across all processes."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stafette.kernel.actor import NOBODY
from stafette.kernel.clock import now
from stafette.kernel.errors import StafetteError

P = ParamSpec("P")


class TooManyCalls(StafetteError):
    """Somebody, or a program, asks faster than a person works."""

    status = 429


def limited(
    name: str, *, per_minute: int
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let one person, or one address without login, call a view so many times a minute; then answer 429.

    Counts in a window of one minute in the shared cache, on a connection of its own: a call that ends in an error
    counts as well. Put it on searches and on pages behind links.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            actor = getattr(request, "actor", NOBODY)
            who = get_adapter().get_client_ip(request) if actor is NOBODY else actor.id
            if _count(f"limit:{name}:{who}:{now():%H%M}") > per_minute:
                raise TooManyCalls(
                    _(
                        "Das waren sehr viele Abfragen in kurzer Zeit. Bitte warten Sie eine Minute und "
                        "versuchen es erneut."
                    )
                )
            return view(request, *args, **kwargs)

        return counted

    return wrap


def _count(key: str) -> int:
    if cache.add(key, 1, timeout=120):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # gone in between
        return 1
