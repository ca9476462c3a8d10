"""What stands around every public page: languages, menu, addresses of the same page in the other languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from stafette.portal import queries
from stafette.portal.languages import NAMES, direction, hreflang, tag, wished
from stafette.portal.public import EMBED, Shown, is_embedded
from stafette.portal.words import words

MENU = ("topics", "needs", "sheets", "folder", "emergency")
FOOT = ("help", "feedback", "accessibility", "privacy", "imprint")


@dataclass(frozen=True)
class OtherLanguage:
    """The same page in another language."""

    code: str
    name: str
    tag: str
    hreflang: str
    url: str
    dir: str
    is_here: bool


def address(name: str, language: str, *args: str, query: str = "", embedded: bool = False) -> str:
    """The address of a public page; in the bare frame one stays in it."""
    parts = [part for part in (query, f"{EMBED}=1" if embedded else "") if part]
    return reverse(f"portal:{name}", args=[language, *args]) + (f"?{'&'.join(parts)}" if parts else "")


def frame(
    request: HttpRequest,
    language: str,
    name: str,
    args: Sequence[str] = (),
    /,
    *,
    title: str = "",
    keeps: str = "",
    **more: Any,
) -> dict[str, Any]:
    """The context of a page; `keeps` is the part of the query that goes along into the other languages."""
    w, embedded, town = words(language), is_embedded(request), queries.here()
    return {
        "w": w,
        "language": language,
        "tag": tag(language),
        "dir": direction(language),
        "is_easy": language == "ls",
        "page": name,
        "title": title or w["title"],
        "town": town.name if town else "",
        "embedded": embedded,
        "others": [_other(code, language, name, args, keeps, embedded) for code in NAMES],
        "canonical": settings.STAFETTE_URL + address(name, language, *args, query=keeps),
        "origin": settings.STAFETTE_URL,
        "menu": [(w[one], address(one, language, embedded=embedded), one == name) for one in MENU],
        "foot": [(w[one], address(one, language, embedded=embedded), one == name) for one in FOOT],
        "home_url": address("home", language, embedded=embedded),
        "search_url": address("search", language),
        "embed_name": EMBED,
        **more,
    }


def _other(code: str, here: str, name: str, args: Sequence[str], keeps: str, embedded: bool) -> OtherLanguage:
    url = address(name, code, *args, query=keeps, embedded=embedded)
    return OtherLanguage(code, NAMES[code], tag(code), hreflang(code), url, direction(code), code == here)


def language_of(request: HttpRequest) -> str:
    """The language that the address names, or else the browser's."""
    named = request.path_info.removeprefix("/wegweiser/").partition("/")[0]
    return named if named in NAMES else wished(request.headers.get("Accept-Language", ""))


def problem_page(request: HttpRequest, status: int) -> Shown:
    """Say in the reader's language that a page is missing, or that too much was asked for."""
    language = language_of(request)
    w = words(language)
    texts = {404: ("missing_title", "missing_text"), 429: ("busy_title", "busy_text")}
    heading, text = texts.get(status, ("failed_title", "failed_text"))
    context = frame(request, language, "home", title=w[heading], text=w[text])
    return Shown("portal/problem.html", context, robots="noindex", status=status)
