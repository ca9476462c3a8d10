"""Emergency numbers, how to use these pages, accessibility, privacy, who publishes them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from stafette.kernel.clock import today
from stafette.portal import rules
from stafette.portal.public import LONG, Shown, public
from stafette.portal.shown.contact import contact
from stafette.portal.shown.frame import frame
from stafette.portal.shown.said import Said, said
from stafette.portal.shown.sections import parts
from stafette.portal.shown.services import dial
from stafette.portal.words import words


@public(age=LONG)
def emergency(request: HttpRequest, language: str) -> Shown:
    """Show whom to call at once."""
    w, here = words(language), contact()
    known = rules.emergency_numbers(here.land if here else "", today())
    numbers = [
        {"number": one.number, "dial": dial(one.number), "what": w["emergency_names"][one.code]}
        for one in known
    ]
    context = frame(request, language, "emergency", title=w["emergency"], numbers=numbers)
    return Shown("portal/emergency.html", context)


@public(age=LONG)
def instructions(request: HttpRequest, language: str) -> Shown:
    """Tell how to find one's way on these pages (BITV 2.0, § 4: what is here, how to navigate)."""
    return _text(request, language, "help")


@public(age=LONG)
def accessibility(request: HttpRequest, language: str) -> Shown:
    """Tell what is accessible and what is not yet, whom to tell, and who enforces it."""
    here = contact()
    body = rules.enforcement_in(here.land if here else "", today())
    facts = [said(language, f"{body.body}\n{body.law}\n{_source(body)}")] if body else []
    return _text(request, language, "accessibility", facts={"enforcement": facts}, contact=here)


@public(age=LONG)
def privacy(request: HttpRequest, language: str) -> Shown:
    """Tell what these pages know of their readers: next to nothing."""
    return _text(request, language, "privacy", contact=contact())


@public(age=LONG)
def imprint(request: HttpRequest, language: str) -> Shown:
    """Tell who publishes these pages."""
    here = contact()
    facts = [Said(here.authority, "de", "ltr")] if here else []
    return _text(request, language, "imprint", facts={"publisher": facts}, contact=here)


def _source(body: rules.Enforcement) -> str:
    """Where that is known from, and how surely."""
    source = body.head.source
    return f"Quelle: {source}, Stand {source.date:%d.%m.%Y} ({body.head.status.label})"


def _text(
    request: HttpRequest, language: str, name: str, *, facts: dict[str, list[Said]] | None = None, **more: Any
) -> Shown:
    w = words(language)
    shown = {
        "heading": w[name],
        "lead": w["texts"][name].get("lead", ""),
        "sections": parts(w["texts"][name]["parts"], facts),
        "contact_heading": w["contact_heading"],
    }
    return Shown("portal/text.html", frame(request, language, name, title=w[name], **shown, **more))
