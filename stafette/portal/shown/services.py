"""A service in the language of the page, in plain values, from what everybody may know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from stafette.directory.cards import ServiceCard, card
from stafette.directory.papers.words import documents
from stafette.directory.papers.words import texts as card_texts
from stafette.kernel.clock import now
from stafette.portal.languages import FROM_RIGHT, NAMES, SPOKEN, UNTAGGED
from stafette.portal.shown.hours import Opening, opening
from stafette.portal.shown.said import Said, said
from stafette.portal.words import words

if TYPE_CHECKING:
    from stafette.directory.models import Service


@dataclass(frozen=True)
class Spoken:
    """A language by its own name, with what a screen reader needs to say it."""

    code: str
    name: str
    lang: str
    dir: str


@dataclass(frozen=True)
class ShownService:
    """What a page says about a service; `warnings` are said before everything else."""

    code: str
    name: Said
    summary: Said
    provider: str
    place: str
    address: str
    district: str
    directions: Said
    phone: str
    dial: str
    email: str
    website: str
    opening: Opening
    warnings: tuple[Said, ...]
    description: Said
    who_for: Said
    groups: str
    ages: str
    how: Said
    bring: tuple[Said, ...]
    cost: tuple[Said, ...]
    languages: tuple[Spoken, ...]
    interpreter: Said
    access: tuple[Said, ...]
    topics: tuple[str, ...]
    assured_at: date | None
    is_stale: bool
    has_sketch: bool
    german: bool
    card: ServiceCard


def shown_service(row: Service, language: str, moment: datetime | None = None) -> ShownService:
    """Put together what stands on a page; words that were made for an earlier German wording count as missing."""
    w, one = words(language), card(row)
    moment = moment or timezone.localtime(now())
    own = own_words(row, language)
    places = list(row.places.all())
    location = places[0].location if places else None
    words_of = {name: said(language, getattr(row, name), getattr(own, name, "")) for name in WORDS}
    access = location.accessibility.all() if location else ()
    paused = row.status == "temporarily closed"
    return ShownService(
        code=row.code,
        name=words_of["name"],
        summary=words_of["summary"],
        provider=one.provider,
        place=location.name if location else "",
        address=one.address,
        district=location.district if location else "",
        directions=said(language, one.transportation),
        phone=one.phone,
        dial=dial(one.phone),
        email=one.email,
        website=one.website,
        opening=opening(one.schedules, moment, w=w, language=language, paused=paused),
        warnings=tuple(_warnings(row, one, w, words_of["alert"], paused)),
        description=words_of["description"],
        who_for=words_of["eligibility"],
        groups=w["comma"].join(w["groups"][code] for code in row.target_groups if code in w["groups"]),
        ages=_ages(row, w),
        how=words_of["application_process"],
        bring=_bring(one.documents, language, own),
        cost=tuple(_cost(row, w, language, words_of["fees"])),
        languages=tuple(spoken(code) for code in one.languages),
        interpreter=said(language, row.interpretation_services),
        access=tuple(_access(access, language)),
        topics=one.topics,
        assured_at=one.assured_at,
        is_stale=one.is_stale,
        has_sketch=one.latitude is not None,
        german=words_of["summary"].is_german or words_of["name"].is_german,
        card=one,
    )


WORDS = ("name", "summary", "description", "eligibility", "application_process", "fees", "alert")


def own_words(row: Service, language: str) -> Any:
    """The approved translation for today's German words, or None."""
    if language == "de" or language not in NAMES:
        return None
    fitting = (one for one in row.texts.all() if one.language == language and one.state == "approved")
    return next((one for one in fitting if one.made_for == row.german_digest), None)


def spoken(code: str) -> Spoken:
    """A language by its own name; one without a name here keeps its code."""
    lang = "" if code in UNTAGGED else code
    return Spoken(code, SPOKEN.get(code, code), lang, "rtl" if code in FROM_RIGHT else "ltr")


def dial(number: str) -> str:
    """A number for `tel:`: digits, and a plus at its beginning."""
    digits = "".join(char for char in number.replace("(0)", "") if char.isdigit())
    return f"+{digits}" if number.strip().startswith("+") else digits


def _warnings(row: Any, one: ServiceCard, w: Mapping[str, Any], alert: Said, paused: bool) -> list[Said]:
    found = [Said(w["paused"])] if paused else []
    if row.room == "full":
        found.append(Said(w["full"]))
    elif row.room == "waiting":
        weeks = w["waiting_weeks"].format(weeks=row.waiting_weeks) if row.waiting_weeks else w["waiting"]
        found.append(Said(weeks))
    if alert:
        found.append(alert)
    if one.is_stale:
        found.append(Said(w["stale"]))
    return found


def _ages(row: Any, w: Mapping[str, Any]) -> str:
    low, high = row.minimum_age, row.maximum_age
    if low is not None and high is not None:
        return str(w["ages_between"].format(low=low, high=high))
    if low is not None:
        return str(w["ages_from"].format(low=low))
    return str(w["ages_to"].format(high=high)) if high is not None else ""


def _cost(row: Any, w: Mapping[str, Any], language: str, fees: Said) -> list[Said]:
    found = [Said(w["free_of_charge"])] if row.is_free else []
    if fees:
        found.append(fees)
    for one in row.costs.all():
        amount = f"{one.amount:.2f} {one.currency}".replace(".", ",") if one.amount is not None else ""
        text = " · ".join(part for part in (one.option, amount, one.amount_description) if part)
        if text:
            found.append(said(language, text))
    return found


def _bring(papers: Sequence[str], language: str, own: Any) -> tuple[Said, ...]:
    """What to bring: as translated for this service, else by what such papers are called everywhere."""
    if own and len(own.documents) == len(papers):
        return tuple(Said(text) for text in own.documents)
    known = documents()
    return tuple(said(language, paper, known.get(paper.lower(), {}).get(language, "")) for paper in papers)


def _access(rows: Iterable[Any], language: str) -> Iterator[Said]:
    """How one gets in: our word for the kind, and what the provider wrote, in German."""
    names = card_texts(language)["access_words"]
    for row in rows:
        if row.kind in names:
            yield Said(names[row.kind])
        if row.description:
            yield said(language, row.description)


def bare_address(url: str) -> str:
    """An address in the net as people write it: without scheme and last slash."""
    return url.partition("://")[2].rstrip("/") or url
