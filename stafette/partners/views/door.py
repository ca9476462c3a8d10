"""The page behind a link. GET shows nothing and changes nothing: mail scanners open links, people press buttons.

`same-origin` is as far as the referrer may be kept back: with `no-referrer` browsers send forms without their origin,
and the protection against forged requests would refuse the answer. No other site ever gets the address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stafette.kernel.scope import acting
from stafette.partners import commands, forms, queries
from stafette.partners.access import link_actor
from stafette.partners.queries import Asked, Opening
from stafette.partners.tokens import proof_of, proves
from stafette.partners.wishes import wish_for_link
from stafette.web.ratelimit import limited

DOOR, CODE, QUESTION = "partners/door.html", "partners/code.html", "partners/question.html"
THANKS, CLOSED, WISH = "partners/thanks.html", "partners/closed.html", "partners/new_link.html"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("partner_link", per_minute=30)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Lead through the few steps: show, prove, answer. Whatever opens nothing looks the same."""
    found = queries.opening(token)
    if found.state == "answered":
        return _page(request, THANKS, {})
    if found.state != "open":
        return _page(request, CLOSED, {"form": forms.NewLinkForm()})
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        return _page(request, DOOR, {})
    actor = link_actor(found.request_id)
    with acting(actor):
        asked = queries.asked(actor=actor, request_id=found.request_id)
        return step(request, found, asked) if asked is not None else _page(request, DOOR, {})


def _show(request: HttpRequest, found: Opening, asked: Asked) -> HttpResponse:
    """A person pressed the button: the question, or first the code."""
    actor = link_actor(found.request_id)
    commands.note_opened(actor=actor, request_id=found.request_id, link_id=found.link_id)
    if asked.request.needs_code:
        return _ask_code(request, asked)
    return _ask(request, asked, "")


def _check(request: HttpRequest, found: Opening, asked: Asked) -> HttpResponse:
    """Compare the code; a wrong one is counted, so the answer is no error that would be rolled back."""
    form = forms.CodeForm(request.POST)
    if not form.is_valid():
        return _ask_code(request, asked, form)
    actor = link_actor(found.request_id)
    if commands.check_code(actor=actor, request_id=found.request_id, **form.cleaned_data):
        return _ask(request, asked, proof_of(found.request_id, asked.request.code_hash))
    form.add_error("code", _("Dieser Code stimmt nicht. Bitte prüfen Sie ihn oder rufen Sie die Stelle an."))
    again = queries.asked(actor=actor, request_id=found.request_id) or asked
    return _ask_code(request, again, form)


def _answer(request: HttpRequest, found: Opening, asked: Asked) -> HttpResponse:
    """Keep the answer; without a fresh proof where one is needed it begins again with the code."""
    proof = request.POST.get("proof", "")
    if asked.request.needs_code and not proves(proof, found.request_id, asked.request.code_hash):
        return _ask_code(request, asked)
    request.watched_unit = asked.request.unit_id  # type: ignore[attr-defined]
    form = forms.AnswerForm(request.POST, question=asked.question)
    if not form.is_valid():
        return _ask(request, asked, proof, form)
    commands.answer_request(
        actor=link_actor(found.request_id),
        request_id=found.request_id,
        link_id=found.link_id,
        proof=proof,
        **form.cleaned_data,
    )
    return _page(request, THANKS, {"just_now": True})


def _ask_code(request: HttpRequest, asked: Asked, form: forms.CodeForm | None = None) -> HttpResponse:
    locked = asked.request.is_locked
    context = {"form": form or forms.CodeForm(), "locked": locked, "unit": asked.unit, "phone": asked.phone}
    return _page(request, CODE, context | {"waiting": not asked.request.code_hash})


def _ask(
    request: HttpRequest, asked: Asked, proof: str, form: forms.AnswerForm | None = None
) -> HttpResponse:
    form = form or forms.AnswerForm(question=asked.question)
    return _page(request, QUESTION, {"asked": asked, "form": form, "proof": proof})


STEPS: dict[str, Callable[[HttpRequest, Opening, Asked], HttpResponse]] = {
    "show": _show,
    "code": _check,
    "answer": _answer,
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("partner_wish", per_minute=5)
def new_link(request: HttpRequest) -> HttpResponse:
    """Take the number and say the same whatever it is worth: a new link goes to the known address only."""
    form = forms.NewLinkForm(request.POST or None)
    if not form.is_valid():
        return _page(request, WISH, {"form": form, "done": False})
    wish_for_link(form.cleaned_data["number"])
    return _page(request, WISH, {"done": True})


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    response["Referrer-Policy"] = "same-origin"
    return response
