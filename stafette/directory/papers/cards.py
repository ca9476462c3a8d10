"""Cards of services for people: where, when, what to bring, in their language, and nothing about whom it was given to.

What a translation does not say yet, or says of an earlier German wording, stands in German with a mark (L3, W-24).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from stafette.directory.models import Location, Service, ServiceText, Status
from stafette.directory.papers.hours import date_text, hours_lines, hours_notes, number
from stafette.directory.papers.words import card_language, documents, language_names, texts
from stafette.directory.sketch import way_to
from stafette.kernel.clock import today
from stafette.web.sheets import EASY, GERMAN, Block, Bullets, Columns, Details, Picture, Section, Sheet, Text

Fact = tuple[str, Sequence[str], str]
Sketch = Callable[[Service], str]
LONG = 30  # characters of an address in the net that must be able to break
MAP_MM = 108  # width of the sketch: smaller than that nobody reads its names


def card_sheet(service: Service, language: str, sender: str, *, sketch: Sketch = way_to) -> Sheet:
    """One service on a page of its own.

    `sender` is who hands it out; it may have several lines (name, address, telephone). `sketch` draws the way as SVG
    and answers "" where it cannot.
    """
    code = card_language(language)
    card = _Card(service, code)
    return Sheet(
        title=card.said("name"),
        sender=_first_line(sender),
        language=code,
        lead=card.said("summary"),
        mark=card.as_of,
        sections=[Section("", list(card.blocks())), *card.way(sketch), *sender_section(sender, code)],
    )


def cards_sheet(services: Sequence[Service], language: str, sender: str) -> Sheet:
    """Several services on one sheet, a card each, as many on a page as fit whole; there is no room for sketches."""
    code = card_language(language)
    words = texts(code)
    cards = [_Card(service, code) for service in services]
    return Sheet(
        title=words["many"],
        sender=_first_line(sender),
        language=code,
        mark=words["as_of"].format(date=number(date_text(today()), code)),
        sections=[
            *(Section(card.said("name"), [*card.lead(), *card.blocks()], whole=True) for card in cards),
            *sender_section(sender, code),
        ],
    )


def _first_line(sender: str) -> str:
    return sender.partition("\n")[0]


def sender_section(sender: str, code: str) -> list[Section]:
    """Who handed it out: name, place, telephone, a line each."""
    lines = [line for line in sender.split("\n") if line]
    return (
        [Section("", [Details([(texts(code)["given_by"], _numbers(lines, code), GERMAN)])])] if lines else []
    )


def _numbers(lines: Iterable[str], code: str) -> list[str]:
    """German lines, each kept in its own order of reading."""
    return [number(line, code) for line in lines]


class _Card:
    """One service in one language: its translation where that still holds, else German."""

    def __init__(self, service: Service, code: str) -> None:
        self.service, self.code, self.words = service, code, texts(code)
        self.text = _translation(service, code)
        place = next(iter(service.places.all()), None)
        self.place = place
        self.location: Location | None = place.location if place else None

    @property
    def as_of(self) -> str:
        return str(self.words["as_of"].format(date=number(date_text(today()), self.code)))

    def said(self, name: str) -> str:
        """One of the service's texts: translated, or German with a mark."""
        translated = getattr(self.text, name) if self.text else ""
        return translated or self._german(getattr(self.service, name))

    def _german(self, text: str) -> str:
        if not text or self.code == GERMAN:
            return text
        return f"{number(text, self.code)} {self.words['german']}"

    def lead(self) -> list[Block]:
        summary = self.said("summary")
        return [Text(summary)] if summary else []

    def blocks(self) -> Iterator[Block]:
        """The card itself: on one side where and when, on the other what else matters."""
        where, reach, right = list(self._where()), list(self._reach()), list(self._beside())
        if _lines(Details(where)) <= sum(map(_lines, right)):
            yield Columns([Details([*where, *reach])], right, shares=(1, 1))
        else:  # two columns of like length: a card that is half empty takes a page for itself
            yield Columns([Details(where)], [*right, Details(reach)], shares=(1, 1))
        yield Text(self._assured())

    def way(self, sketch: Sketch) -> list[Section]:
        """The way there as a drawing, if there is one."""
        svg = sketch(self.service) if self.location else ""
        if not svg or self.location is None:
            return []
        alt = self.words["sketch"].format(place=self.location.address)
        return [Section(self.words["way"], [Picture(on_paper(svg), alt, MAP_MM)], whole=True)]

    def _beside(self) -> Iterator[Block]:
        if papers := self._papers():
            yield Details([(self.words["bring"], [], "")])
            yield Bullets(papers)
        if facts := list(self._rest()):
            yield Details(facts)

    def _where(self) -> Iterator[Fact]:
        words, service = self.words, self.service
        name = [service.name] if self.code not in (GERMAN, EASY) and self.text and self.text.name else []
        yield words["by"], _numbers([*name, service.organization.name], self.code), GERMAN
        if notes := list(self._important()):
            yield words["important"], notes, ""
        if self.location and self.location.address:
            house = [self.location.name] if self.location.name != self.location.address_1 else []
            lines = [*filter(None, house), *self.location.address.split(", ")]
            yield words["address"], _numbers(lines, self.code), GERMAN
        if self.location and self.location.transportation:
            yield words["stop"], _numbers([self.location.transportation], self.code), GERMAN
        if hours := self._hours():
            yield words["hours"], hours, ""
        if phones := self._phones():
            yield words["phone"], phones, ""

    def _reach(self) -> Iterator[Fact]:
        words, service = self.words, self.service
        if email := service.email or service.organization.email:
            yield words["email"], [number(_breakable(email), self.code)], GERMAN
        if website := service.website or service.organization.website:
            yield words["website"], [number(_breakable(website), self.code)], GERMAN
        if languages := language_names(list(service.languages), self.code):
            yield words["languages"], [words["hours_words"]["comma"].join(languages)], ""

    def _important(self) -> Iterator[str]:
        service, words = self.service, self.words
        if service.status == Status.PAUSED:
            yield words["paused"]
        elif service.room == Service.Room.FULL:
            yield words["full"]
        elif service.room == Service.Room.WAITING:
            yield words["waiting"]
        if alert := self.said("alert"):
            yield alert

    def _hours(self) -> list[str]:
        rows = _first_rows(self.place, self.service, self.location, name="schedules")
        return [*hours_lines(rows, self.code), *(self._german(note) for note in hours_notes(rows))]

    def _phones(self) -> list[str]:
        rows = _first_rows(self.place, self.service, self.location, self.service.organization, name="phones")
        return [number(one.number, self.code) for one in rows[:2]]

    def _papers(self) -> list[str]:
        german = [one.document for one in self.service.documents.all()]
        translated = list(self.text.documents) if self.text else []
        if len(translated) == len(german) and all(translated):
            return [str(one) for one in translated]
        return [self._paper(one) for one in german]

    def _paper(self, german: str) -> str:
        known = documents().get(german.strip().lower(), {}).get(self.code, "")
        if not known or self.code == EASY:
            return known or self._german(german)
        return f"{known} ({number(german, self.code)})"

    def _rest(self) -> Iterator[Fact]:
        words, service = self.words, self.service
        if cost := self._cost():
            yield words["cost"], cost, ""
        if service.interpretation_services:
            yield words["interpreting"], [self._german(service.interpretation_services)], ""
        if whom := [part for part in (self.said("eligibility"), self._ages()) if part]:
            yield words["for_whom"], whom, ""
        if apply := self.said("application_process"):
            yield words["apply"], [apply], ""
        if access := self._access():
            yield words["access"], access, ""

    def _cost(self) -> list[str]:
        lines = [self.words["free"]] if self.service.is_free else []
        return list(dict.fromkeys([*lines, *filter(None, [self.said("fees")])]))

    def _ages(self) -> str:
        low, high = self.service.minimum_age, self.service.maximum_age
        if low and high:
            return str(self.words["ages"].format(low=low, high=high))
        if low or high:
            return str(self.words["age_from" if low else "age_to"].format(low=low, high=high))
        return ""

    def _access(self) -> list[str]:
        rows = self.location.accessibility.all() if self.location else ()
        known = self.words["access_words"]
        return [known[one.kind] for one in rows if one.kind in known]

    def _assured(self) -> str:
        service = self.service
        if service.is_stale or service.assured_at is None:
            return str(self.words["unconfirmed"])
        date = number(date_text(service.assured_at), self.code)
        return str(self.words["confirmed"].format(date=date))


def _lines(block: Block) -> int:
    """About how high a block of a card is; the label of a fact is a line too."""
    if isinstance(block, Details):
        return sum(1 + len(lines) for _label, lines, _language in block.items)
    return len(block.items) if isinstance(block, Bullets) else 1


def on_paper(svg: str) -> str:
    """The same drawing in larger letters and the font of the sheets; no other is there when they are printed."""
    larger = svg.replace('font-size="13"', 'font-size="16"').replace('font-size="11"', 'font-size="14"')
    return larger.replace("Fira Sans, sans-serif", "Noto Sans")


def _translation(service: Service, code: str) -> ServiceText | None:
    """The approved words in that language, if they were made for the German ones of today."""
    found = [
        text
        for text in service.texts.all()
        if text.language == code and text.state == ServiceText.State.APPROVED
    ]
    return found[0] if found and found[0].made_for == service.german_digest else None


def _first_rows(*subjects: Any, name: str) -> list[Any]:
    """The rows of the most special subject that has any: those of the place go before the service's own."""
    lists = (list(getattr(subject, name).all()) for subject in subjects if subject is not None)
    return next((rows for rows in lists if rows), [])


def _breakable(text: str) -> str:
    """A long address in the net may break behind its signs."""
    plain = text.removeprefix("https://").removeprefix("http://").rstrip("/")
    if len(plain) <= LONG:
        return plain
    return "".join(f"{char}\u200b" if char in "/.@-_?=" else char for char in plain)
