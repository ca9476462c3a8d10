"""The start page of the demo: one click per role."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from stafette.demo.queries import demo_account, demo_roles, shows_counter

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Answer 404 outside the demo: there nobody gets in without password and second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **kwargs)

    return guarded


@login_not_required
@demo_only
def start(request: HttpRequest) -> HttpResponse:
    """Offer every role, and say what the way of this town shows."""
    return render(request, "demo/start.html", {"roles": demo_roles(), "is_counter": shows_counter()})


@login_not_required
@demo_only
@require_POST
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Log in as a role of the demo and begin at the start page."""
    account = demo_account(code)
    if account is None:
        raise Http404
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("web:start")
