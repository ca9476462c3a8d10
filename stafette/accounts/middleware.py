"""Each request is one transaction, in the rows of whoever asks; what fails leaves no trace."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from stafette.accounts.extra_grants import extras_of
from stafette.accounts.models import Membership, User
from stafette.accounts.queries import actor_for, memberships_of
from stafette.kernel import scope
from stafette.kernel.actor import NOBODY
from stafette.kernel.errors import StafetteError
from stafette.web import readings
from stafette.web.responses import error_response

UNIT_IN_SESSION = "unit"


def chosen(memberships: list[Membership], unit_id: str) -> list[Membership]:
    """Return the memberships in the unit for which someone chose to work now, or all of them."""
    return [one for one in memberships if str(one.unit_id) == unit_id] or memberships


class ActorMiddleware:
    """Open a transaction, set who acts, and roll back on any answer that is an error.

    What the answer shows of protected records is kept in the same transaction (web/readings.py). Django turns an
    exception into a response before a middleware sees it, so the status decides, not the exception.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the transaction; 4xx and 5xx write nothing."""
        with transaction.atomic():
            user = request.user
            memberships = [] if isinstance(user, AnonymousUser) else list(memberships_of(user))
            if len(memberships) > 1 and hasattr(request, "session"):
                memberships = chosen(memberships, request.session.get(UNIT_IN_SESSION, ""))
            extras = () if isinstance(user, AnonymousUser) else extras_of(user)
            actor = (
                NOBODY
                if isinstance(user, AnonymousUser)
                else actor_for(user, memberships=memberships, extras=extras)
            )
            request.actor = actor  # type: ignore[attr-defined]
            request.memberships = memberships  # type: ignore[attr-defined]
            request.extras = extras  # type: ignore[attr-defined]
            scope.enter(actor)
            try:
                response = readings.settle(request, self.get_response(request))
            finally:
                scope.leave()
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show a broken rule as a page, or as a message in place when htmx asked."""
        if isinstance(exception, StafetteError):
            return error_response(request, exception)
        return None


class SecondFactorMiddleware:
    """Nobody works without a second factor: who has none is led to set it up (settings.SECOND_FACTOR_REQUIRED)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through whoever has a second factor, and everybody to the account pages."""
        from allauth.mfa.utils import is_mfa_enabled
        from django.conf import settings
        from django.shortcuts import redirect

        user = request.user
        free = request.path.startswith(("/konto/", "/static/"))
        if (
            settings.SECOND_FACTOR_REQUIRED
            and isinstance(user, User)
            and not free
            and not is_mfa_enabled(user)
        ):
            return redirect("mfa_activate_totp")
        return self.get_response(request)
