"""Who may open a page at all: asked before the view runs; what exists behind it is decided by the queries."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.utils.translation import gettext as _

from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.web.requests import StaffRequest

View = Callable[..., HttpResponse]


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Refuse with 403 whoever holds none of these permissions in any unit, instead of showing an empty page."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not any(request.actor.may(permission) for permission in permissions):
                raise NotAllowed(
                    _("Diese Seite gehört nicht zu Ihren Aufgaben. Wählen Sie oben eine andere.")
                )
            return view(request, *args, **kwargs)

        return guarded

    return wrap
