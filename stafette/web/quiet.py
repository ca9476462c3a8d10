"""Errors that say where they happened and nothing of what was typed: for pages with entrusted text.

Django hides marked variables only where DEBUG is off, and an error's own message may quote what it could not digest.
`quiet` lets such a message die at the door of the page: log, error page and mail get its kind and its place.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from traceback import extract_tb
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.debug import SafeExceptionReporterFilter
from django.views.decorators.debug import sensitive_post_parameters

from stafette.kernel.errors import StafetteError

View = Callable[..., HttpResponse]
ANSWERED = (
    StafetteError,
    Http404,
    PermissionDenied,
    SuspiciousOperation,
)  # pages of their own, with our words


class QuietFilter(SafeExceptionReporterFilter):
    """Leaves out what is marked as sensitive on a developer's machine as well."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always."""
        return True


class QuietError(Exception):
    """Something broke on a page with entrusted text; what it was about died with it."""


def quiet(view: View) -> View:
    """Let nothing of the form or the text leave this page by way of an error."""

    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ANSWERED:
            raise
        except Exception as error:
            place = extract_tb(error.__traceback__)[-1]
            said = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno} ({place.name})"
        raise QuietError(said)  # outside the handler, so that the first error is not even its context

    return guarded
