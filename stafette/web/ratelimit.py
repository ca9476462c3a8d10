"""Brakes against guessing and bulk reading: so many calls per minute and person, across all processes."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from stafette.kernel.actor import NOBODY
from stafette.kernel.clock import now
from stafette.kernel.errors import StafetteError
from stafette.web.cache import ALIAS

P = ParamSpec("P")
KEPT = 60  # seconds: a count is of no use after its minute


class TooManyCalls(StafetteError):
    """Somebody, or a program, asks faster than a person works."""

    status = 429


def limited(
    name: str, *, per_minute: int
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let one person, or one address without login, call a view so many times a minute; then answer 429.

    Counts in a window of one minute in the shared cache, on a connection of its own: a call that ends in an error
    counts as well. Put it on searches and on pages behind links. No address is written down: the key is a keyed digest
    of it, and what has run out is deleted, because readers of the public pages are told so.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            actor = getattr(request, "actor", NOBODY)
            who = get_adapter().get_client_ip(request) if actor is NOBODY else actor.id
            if count_up(_key(name, who, f"{now():%H%M}"), kept=KEPT) > per_minute:
                raise TooManyCalls(
                    _(
                        "Das waren sehr viele Abfragen in kurzer Zeit. Bitte warten Sie eine Minute und "
                        "versuchen es erneut."
                    )
                )
            return view(request, *args, **kwargs)

        return counted

    return wrap


def _key(name: str, who: object, minute: str) -> str:
    """The name of a count, from which nobody reads whose it is; another one each minute."""
    return f"limit:{salted_hmac('stafette.limit', f'{name}:{who}:{minute}', algorithm='sha256').hexdigest()}"


def forget() -> None:
    """Delete what has run out; Django does so only when its table is full. The worker does it each minute."""
    table = settings.CACHES["default"]["LOCATION"]
    alias = ALIAS if ALIAS in settings.DATABASES else "default"
    with connections[alias].cursor() as cursor:
        cursor.execute(f"delete from {table} where expires < %s", [timezone.now()])


def count_up(key: str, *, kept: int) -> int:
    """Count one more under this key and return the number; `kept` seconds after the last one it is forgotten."""
    if cache.add(key, 1, timeout=kept):
        return 1
    try:
        number = cache.incr(key)
    except ValueError:  # gone in between
        return 1
    cache.touch(key, kept)  # Django's own incr writes with the timeout of the cache, which is another one
    return number
