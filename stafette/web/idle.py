"""A session ends after idling; an active one is refreshed at most once a minute, so that reading costs no write."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

REFRESH_SECONDS = 60


class IdleMiddleware:
    """Move the end of the session along with use (SESSION_COOKIE_AGE after the last request)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note the minute of use in the session of whoever is logged in."""
        if "_auth_user_id" in request.session:
            stamp = int(time.time())
            if stamp - request.session.get("seen", 0) > REFRESH_SECONDS:
                request.session["seen"] = stamp
        return self.get_response(request)
