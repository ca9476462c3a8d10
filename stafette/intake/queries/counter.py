"""The answer at the counter: services and sheets that fit what is asked, and what of them the catalogues know.

Nobody's data is asked for: directory and sheets are catalogues, and what was searched is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from stafette.accounts.models import Unit
from stafette.directory.cards import ServiceCard, card
from stafette.directory.hours import next_opening, open_at
from stafette.directory.queries import services as listed_services
from stafette.directory.search import Query, find
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.materials.data import FolderView, SheetView
from stafette.materials.queries import aids, folder_view, folders, material_codes, published_sheets
from stafette.people.languages import language_name
from stafette.web.sheets import LANGUAGES

SHOWN, MOST_AIDS = 8, 4


@dataclass(frozen=True)
class Offer:
    """A service to be ticked: its card, when it is open in `opens`, and whether they speak the person's language."""

    card: ServiceCard
    is_open: bool
    opens: datetime | None
    closes: datetime | None
    speaks: bool
    languages: str
    is_chosen: bool


@dataclass(frozen=True)
class Paper:
    """A sheet to be ticked, and in which language people get it."""

    sheet: SheetView
    language: str
    is_chosen: bool


@dataclass(frozen=True)
class Answer:
    """What the page shows at the right; `is_asked` is false as long as there is no question."""

    is_asked: bool
    offers: tuple[Offer, ...] = ()
    papers: tuple[Paper, ...] = ()
    folders: tuple[tuple[FolderView, bool], ...] = ()
    aids: tuple[Any, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    more: int = 0

    @property
    def count(self) -> int:
        """How many services and sheets are shown; folders stand there whatever was asked."""
        return len(self.offers) + len(self.papers)


@dataclass(frozen=True)
class Given:
    """Codes of what was handed out, in the order in which it was ticked."""

    services: list[str]
    sheets: list[str]

    def __bool__(self) -> bool:
        """Whether anything was given along at all."""
        return bool(self.services or self.sheets)


def known_given(services: Sequence[str], sheets: Sequence[str]) -> Given:
    """Keep the codes that the directory and the sheets know, each once."""
    wanted, papers = list(dict.fromkeys(services)), list(dict.fromkeys(sheets))
    known = set(listed_services().filter(code__in=wanted).values_list("code", flat=True)) if wanted else set()
    shown = set(material_codes()) if papers else set()
    return Given([code for code in wanted if code in known], [code for code in papers if code in shown])


def answer_to(
    *,
    actor: Actor,
    topics: Sequence[str],
    words: str,
    language: str,
    paper: str,
    services: Sequence[str],
    sheets: Sequence[str],
) -> Answer:
    """Find what fits; what is ticked already stays, wherever the question has gone since."""
    if not (topics or words or services or sheets):
        return Answer(False)
    moment = timezone.localtime(now())
    found = find(
        Query(words=words, language=language or "de", topics=tuple(topics), limit=SHOWN), moment=moment
    )
    hits = [hit.code for hit in found.hits] if topics or words else []
    meant = [*topics, *(one.topic for one in found.understood if one.topic)]
    return Answer(
        True,
        offers=_offers([*services, *hits], services, language, moment),
        papers=_papers(meant, words, paper, sheets),
        folders=_folders(paper, sheets),
        aids=_aids(actor, meant),
        corrected=found.corrected,
        more=max(found.total - len(hits), 0) if hits else 0,
    )


def _offers(
    codes: Sequence[str], chosen: Sequence[str], language: str, moment: datetime
) -> tuple[Offer, ...]:
    order = list(dict.fromkeys(codes))
    rows = sorted(listed_services().filter(code__in=order), key=lambda row: order.index(row.code))
    return tuple(_offer(card(row), chosen, language, moment) for row in rows)


def _offer(one: ServiceCard, chosen: Sequence[str], language: str, moment: datetime) -> Offer:
    span = open_at(one.schedules, moment)
    following = None if span else next_opening(one.schedules, moment)
    return Offer(
        card=one,
        is_open=span is not None,
        opens=datetime.combine(following.day, following.opens_at) if following else None,
        closes=datetime.combine(span.day, span.closes_at) if span else None,
        speaks=bool(language) and language != "de" and language in one.languages,
        languages=", ".join(language_name(code) for code in one.languages),
        is_chosen=one.code in chosen,
    )


def _papers(topics: Sequence[str], words: str, language: str, chosen: Sequence[str]) -> tuple[Paper, ...]:
    """Sheets on these topics or with these words in the title; those that are ticked come first."""
    found = [
        sheet
        for sheet in published_sheets(language)
        if sheet.code in chosen or set(topics) & set(sheet.topics) or _in_title(words, sheet.title)
    ]
    found.sort(key=lambda sheet: sheet.code not in chosen)
    return tuple(
        Paper(sheet, LANGUAGES.get(sheet.language, sheet.language), sheet.code in chosen) for sheet in found
    )


def _folders(language: str, chosen: Sequence[str]) -> tuple[tuple[FolderView, bool], ...]:
    """Every folder that has sheets; what is in it is not asked for, somebody may simply want all of it."""
    found = [folder_view(folder.code, language) for folder in folders()]
    return tuple((one, one.code in chosen) for one in found if one and one.sheets)


def _in_title(words: str, title: str) -> bool:
    return bool(words) and words.lower() in title.lower()


def _aids(actor: Actor, topics: Sequence[str]) -> tuple[Any, ...]:
    return tuple(aids(actor=actor).filter(topics__overlap=list(topics))[:MOST_AIDS]) if topics else ()


def counter_unit(unit_id: UUID) -> Unit:
    """The unit whose counter it is."""
    return Unit.objects.get(pk=unit_id)


def sender_of(unit_id: UUID) -> str:
    """Who hands it out, for the paper: name, place and telephone of the unit, a line each."""
    unit = counter_unit(unit_id)
    return "\n".join(filter(None, (unit.name, unit.place, unit.phone)))
