"""A reader says that something is wrong: no name, no mail address, no cookie."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from stafette.accounts.queries import home_unit
from stafette.portal import commands, forms, queries
from stafette.portal.access import public_actor
from stafette.portal.brake import may_send
from stafette.portal.proof import proof, proves
from stafette.portal.public import Shown, is_embedded, protected
from stafette.portal.shown.contact import contact
from stafette.portal.shown.frame import frame
from stafette.portal.shown.said import Said
from stafette.portal.shown.services import shown_service
from stafette.portal.words import words
from stafette.web.ratelimit import TooManyCalls, limited


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@limited("portal_feedback", per_minute=20)
def feedback(request: HttpRequest, language: str) -> HttpResponse:
    """Ask what is wrong, and thank for it; whatever fills the trap is thanked as well, and kept nowhere."""
    if request.method != "POST":
        return _page(request, language, forms.subject_of(request.GET))
    form, subject = forms.FeedbackForm(request.POST), forms.subject_of(request.POST)
    if not form.is_valid():
        return _page(request, language, subject, problem=words(language)["fb_choose"], status=422)
    if form.cleaned_data["telefon"]:
        return _page(request, language, subject, done=True)
    if not proves(form.cleaned_data["stempel"]):
        return _page(request, language, subject, problem=words(language)["fb_again"], status=422)
    return _noted(request, language, subject, form.cleaned_data)


feedback.is_public_page = True  # type: ignore[attr-defined]


def _noted(
    request: HttpRequest, language: str, subject: dict[str, str], given: dict[str, Any]
) -> HttpResponse:
    """Keep it and say thanks; where the day is full, say how else one reaches the office."""
    where = {"service": subject["service"], "page": subject["page"], "language": language}
    reason, text = given["grund"], given["text"]
    kept = may_send(request)
    try:
        if kept:
            commands.note_feedback(
                actor=public_actor(), unit_id=home_unit(), reason=reason, text=text, **where
            )
    except TooManyCalls:
        kept = False
    if kept:
        return _page(request, language, subject, done=True)
    full = words(language)["fb_full"]
    return _page(request, language, subject, problem=full, contact=contact(), status=429)


def _page(
    request: HttpRequest, language: str, subject: dict[str, str], *, status: int = 200, **more: Any
) -> HttpResponse:
    """The form is made anew for each reader, because it holds the time; it is kept nowhere."""
    w = words(language)
    context = frame(request, language, "feedback", title=w["feedback"], **more)
    context |= {
        "subject": subject,
        "about": _about(subject, language),
        "proof": proof(),
        "reasons": [(code, w["fb_reasons"][code]) for code in forms.REASONS],
        "chosen": request.POST.get("grund", ""),
        "text": request.POST.get("text", "")[:400],
    }
    page = Shown("portal/feedback.html", context)
    response = HttpResponse(page.body(), status=status, content_type=page.kind)
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
    return protected(response, embedded=is_embedded(request))


def _about(subject: dict[str, str], language: str) -> Said | None:
    row = queries.public_service(subject["service"]) if subject["service"] else None
    return shown_service(row, language).name if row is not None else None
