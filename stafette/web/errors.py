"""Pages for what went wrong outside a command, each with what to do next; htmx gets the message in place."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stafette.web.requests import StaffRequest
from stafette.web.responses import wants_partial


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The browser sent something that cannot be read."""
    return _answer(request, 400, _("Diese Anfrage war unvollständig. Laden Sie die Seite neu."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page exists for others."""
    return _answer(request, 403, _("Dafür fehlt Ihnen in dieser Stelle die Berechtigung."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing that this person may know of: both look the same."""
    return _answer(request, 404, _("Das gibt es nicht mehr, oder es gehört zu einer anderen Stelle."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; nothing was saved."""
    text = _(
        "Bei uns ist ein Fehler aufgetreten. Gespeichert wurde nichts. Bitte versuchen Sie es noch einmal."
    )
    return _answer(request, 500, text)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is older than the session: nothing is lost if one goes back."""
    text = _("Das Formular war zu lange offen oder die Anmeldung ist abgelaufen. Laden Sie die Seite neu.")
    return _answer(request, 403, text, message=text)


def _answer(request: HttpRequest, status: int, in_place: str, **context: str) -> HttpResponse:
    """Answer with the error's page; for a swap with a message that leaves the rest of the page alone."""
    if hasattr(request, "htmx") and wants_partial(request):
        said = {"message": in_place, "status": status}
        response = render(cast(StaffRequest, request), "web/partials/error.html", said, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
        return response
    if status == 500:
        return render(None, "500.html", status=500)  # no context: it must always work
    return render(request, f"{status}.html", context, status=status)
