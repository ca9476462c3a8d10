"""The addresses of the interface."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from stafette.directory.exchange.hsds.standard import version
from stafette.directory.exchange.hsds.terms import TAXONOMIES, Words
from stafette.directory.words import topic_words
from stafette.kernel.clock import now
from stafette.portal.api import answers, asking, openapi
from stafette.portal.api.calendars import calendar_of
from stafette.portal.api.doors import Answer, open_to_all
from stafette.portal.api.listing import Ready, told
from stafette.portal.api.sheets import sheets_in
from stafette.portal.queries.stamp import stamp


def _words() -> Words:
    return _words_at(stamp(), f"{now():%H%M}")


@lru_cache(maxsize=2)
def _words_at(stand: str, minute: str) -> Words:
    """The words of the topics, asked for once a minute."""
    return Words(topics=topic_words())


def _found(value: Any) -> Any:
    if value is None:
        raise Http404
    return value


def _root(request: HttpRequest) -> str:
    return f"{settings.STAFETTE_URL}{reverse('interface:root')}".rstrip("/")


@open_to_all()
def root(request: HttpRequest) -> Any:
    """Say what this is, and where its description stands."""
    return {
        "version": version(),
        "profile": "https://docs.openreferral.org/",
        "openapi_url": f"{_root(request)}/openapi.json",
        "description": openapi.ABOUT,
    }


@open_to_all()
def described(request: HttpRequest) -> Any:
    """Describe every address."""
    return openapi.description(_root(request))


@open_to_all()
def services(request: HttpRequest) -> Any:
    """List public services."""
    words, paging = _words(), asking.paging(request)
    return told(answers.services(asking.asked(request, words), paging, words), paging)


@open_to_all()
def service(request: HttpRequest, pk: UUID) -> Any:
    """Show one with all that hangs on it."""
    return _found(answers.one_service(pk, _words()))


@open_to_all()
def calendar(request: HttpRequest, pk: UUID) -> Any:
    """Show its hours as a calendar."""
    return Answer(_found(calendar_of(pk)), "text/calendar; charset=utf-8")


@open_to_all()
def organizations(request: HttpRequest) -> Any:
    """List public organisations."""
    words, paging = _words(), asking.paging(request)
    return told(answers.organizations(asking.asked(request, words, ranked=False), paging, words), paging)


@open_to_all()
def organization(request: HttpRequest, pk: UUID) -> Any:
    """Show one with its places and services."""
    full = asking.flag(request, "full_service")
    return _found(answers.one_organization(pk, _words(), full_services=full))


@open_to_all()
def places(request: HttpRequest) -> Any:
    """List public services at their places."""
    words, paging = _words(), asking.paging(request)
    return told(answers.places(asking.asked(request, words), paging, words), paging)


@open_to_all()
def place(request: HttpRequest, pk: UUID) -> Any:
    """Show one."""
    return _found(answers.one_place(pk, _words()))


@open_to_all()
def taxonomies(request: HttpRequest) -> Any:
    """List the systematics."""
    return told(Ready(answers.taxonomies(request.GET.get("search", ""))), asking.paging(request))


@open_to_all()
def taxonomy(request: HttpRequest, pk: UUID) -> Any:
    """Show one."""
    return TAXONOMIES[_found(asking.taxonomy_of(str(pk)) or None)].as_hsds()


@open_to_all()
def terms(request: HttpRequest) -> Any:
    """List the words of the systematics."""
    said = request.GET.get("taxonomy_id", "")
    taxonomy = (asking.taxonomy_of(said) or "-") if said else ""
    found = answers.terms(_words(), taxonomy=taxonomy, search=request.GET.get("search", ""))
    return told(Ready([] if request.GET.get("parent_id") else found), asking.paging(request))


@open_to_all()
def term(request: HttpRequest, pk: UUID) -> Any:
    """Show one."""
    words = _words()
    taxonomy, code = _found(asking.term_of(str(pk), words))
    return answers.whole_term(taxonomy, code, words)


@open_to_all(kept=False)
def sheets(request: HttpRequest) -> Any:
    """List the published sheets of a language."""
    return sheets_in(request.GET.get("language", "de"))
