"""The search page of those who advise."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from stafette.directory.forms.search import SearchForm
from stafette.directory.queries.found import results
from stafette.directory.views.doors import tabs
from stafette.kernel.permissions import Permission
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import page_or_partial, wants_partial

PAGE, PARTIAL = "directory/search.html", "directory/partials/found.html"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.UNIT_VIEW)
def search(request: StaffRequest) -> HttpResponse:
    """Find services by words in any language; a topic may also stand in the address, words never do."""
    sent = _sent(request)
    form = SearchForm(sent)
    answer = results(form.cleaned_data) if form.is_valid() else None
    context = {
        "form": form,
        "answer": answer,
        "chips": _chips(form, sent) if answer else [],
        "is_filled": "fill" in request.POST and wants_partial(request),
        "tabs": tabs(request, "search"),
    }
    return page_or_partial(request, PAGE, PARTIAL, context, status=200 if answer else 422)


def _sent(request: StaffRequest) -> QueryDict:
    """What was sent: words only by POST, from the field or from a suggestion."""
    sent = (request.POST if request.method == "POST" else request.GET).copy()
    if request.method != "POST":
        sent.pop("words", None)
    elif sent.get("fill"):
        sent["words"] = sent.get("fill", "")
    for name in ("fill", "csrfmiddlewaretoken"):
        sent.pop(name, None)
    return sent


def _chips(form: SearchForm, sent: QueryDict) -> list[dict[str, Any]]:
    """Each filter that is set, with what remains when it is taken away."""
    chips = []
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        if bound.name in ("words", "language") or value in (None, "", False):
            continue
        options = dict(getattr(bound.field, "choices", ()))
        text = "" if value is True else options.get(value, value)
        kept = [(name, one) for name, one in sent.items() if name != bound.name and one]
        chips.append({"label": bound.label, "text": text, "kept": kept})
    return chips
