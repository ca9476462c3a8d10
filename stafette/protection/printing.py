"""The ten forms of domain.md 3.4 as sheets in nine languages, blank or filled in; words stand in papers/*.toml.

A sheet in another language carries the German one behind it. What no speaker of the language has checked yet says so
in its footer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stafette.kernel.clock import today
from stafette.kernel.rules.retention import retention_class
from stafette.protection.kinds import BOXES, Kind
from stafette.protection.life import Span, life_value
from stafette.protection.wording import GERMAN, category_words, direction, purpose_in, tag
from stafette.web.sheets import (
    LANGUAGES,
    Block,
    Boxes,
    Bullets,
    Fields,
    Section,
    Sheet,
    Signatures,
    Text,
    sheet_pdf,
)

FOLDER = Path(__file__).with_name("papers")
FORMS = (
    *("information", "extra", "data", "secrecy", "conference"),
    *("visit", "matching", "mentoring", "esf", "withdrawal"),
)
SIGNED = tuple(Kind.values)
WHO = {
    Kind.DATA: "receivers",
    Kind.SECRECY: "bodies",
    Kind.CONFERENCE: "participants",
    Kind.VISIT: "authorities",
    Kind.MATCHING: "landlord",
    Kind.MENTORING: "volunteer",
}
ONE_EACH = {Kind.MATCHING, Kind.MENTORING}
OWN_BOXES = {
    (Kind.MENTORING, "contact"): "reach",
    (Kind.MENTORING, "language"): "speaks",
}
WITH_CATEGORIES = {Kind.DATA, Kind.EXTRA, Kind.CONFERENCE}
BLANK_LINES = 4
LINE = "_" * 46


@dataclass(frozen=True)
class Filling:
    """What is printed into a form: nothing for a blank one; `receivers` with whether they are ticked."""

    unit: str = ""
    number: str = ""
    people: Sequence[str] = ()
    purpose: str = ""
    topic: str = ""
    receivers: Sequence[tuple[str, bool]] = ()
    boxes: Collection[str] = ()
    offered: Collection[str] | None = None
    until: str = ""
    interpreter: str = ""


@dataclass(frozen=True)
class Paper:
    """All words of one language."""

    language: str
    version: int
    is_reviewed: bool
    words: Mapping[str, str]
    boxes: Mapping[str, str]
    forms: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return LANGUAGES[self.language]

    @property
    def tag(self) -> str:
        """The tag that browsers know it by."""
        return tag(self.language)

    def mark(self, kind: str) -> str:
        """What stands in the footer: which form, which language, which version, and whether a speaker checked it."""
        parts = [kind, LANGUAGES[self.language], f"{self.words['version']} {self.version}"]
        return " · ".join([*parts, *([] if self.is_reviewed else [self.words["review"]])])


@cache
def paper(language: str) -> Paper:
    """Read one language once; German where there is none."""
    code = language if language in LANGUAGES else GERMAN
    found = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return Paper(
        code, found["version"], found["state"] != "to_review", found["words"], found["boxes"], found["forms"]
    )


def is_form(text_version: str) -> bool:
    """Tell whether a form was read, not the sheet of a referral with the blueprint's own words."""
    return text_version.startswith("Formular ")


def papers() -> list[Paper]:
    """Every language in its order."""
    return [paper(code) for code in LANGUAGES]


def paper_version() -> str:
    """Name the wording of the forms for the proof."""
    return f"Formular {paper(GERMAN).version}"


@dataclass(frozen=True)
class Reading:
    """The words of a form on the screen, to be read together before anybody ticks anything."""

    language: str
    tag: str
    direction: str
    heading: str
    paragraphs: list[str]
    boxes: list[tuple[str, str]]
    rights: list[str]


def reading(kind: str, language: str) -> Reading:
    """The words of a kind in a language."""
    words, form = paper(language).words, paper(language).forms[kind]
    return Reading(
        language=language,
        tag=tag(language),
        direction=direction(language),
        heading=form["title"],
        paragraphs=[filled(one) for one in form["text"]],
        boxes=list(box_words(kind, language).items()),
        rights=[words["voluntary"], words["withdraw"], filled(words["expires"])],
    )


def form_pdf(code: str, language: str, filling: Filling | None = None) -> bytes:
    """Print a form in a language, with the German one behind it."""
    return sheet_pdf(*_with_german(lambda one: form_sheet(code, one, filling or Filling()), language))


def _with_german(make: Any, language: str) -> list[Sheet]:
    """The sheet in the language, and the German one where that is another."""
    return [make(language)] if language == GERMAN else [make(language), make(GERMAN)]


def form_sheet(code: str, language: str, filling: Filling) -> Sheet:
    """Put one form together; raises KeyError for a code that is none of the ten."""
    words, form = paper(language).words, paper(language).forms[code]
    text = [filled(one) for one in form["text"]]
    head = [(words["unit"], filling.unit), (words["name"], "; ".join(filling.people))]
    if code == "withdrawal" or filling.number:
        head.append((words["number"], filling.number))
    body: list[Section] = [Section("", [Fields(head)])]
    if code in Kind.values:
        body += [Section("", [Text(one) for one in text]), *_choices(Kind(code), language, filling)]
        body += [_rights(language), _signatures(Kind(code), language, filling)]
    else:
        body.append(Section("", [Text(one) for one in text]))
        if code == "withdrawal":
            body.append(Section("", [Fields([(words["receiver"], ""), (words["data"], "")])]))
            body.append(Section("", [Signatures([words["signature"], words["guardian"], words["staff"]])]))
    return Sheet(
        title=form["title"],
        sender=filling.unit or "Stafette",
        language=language,
        sections=body,
        lead="" if language == GERMAN else words["german"],
        mark=paper(language).mark(str(FORMS.index(code) + 1)),
    )


def filled(text: str) -> str:
    """Put the periods that hold today into a sentence."""
    day = today()
    for name, value in (
        ("{months}", life_value(Span.LASTS, on=day).count),
        ("{days}", life_value(Span.CHECK, on=day).count),
        ("{years}", retention_class("L13").months // 12),
        ("{esf_years}", retention_class("L15").months // 12),
    ):
        text = text.replace(name, str(value))
    return text


def _choices(kind: Kind, language: str, filling: Filling) -> list[Section]:
    """Who and what, each with a box of its own."""
    words = paper(language).words
    sections = []
    if kind in ONE_EACH:
        names = ", ".join(name for name, _ticked in filling.receivers)
        sections.append(Section("", [Fields([(words[WHO[kind]], names)])]))
    elif kind in WHO:
        rows = list(filling.receivers) or [(LINE, False)] * BLANK_LINES
        sections.append(Section(words[WHO[kind]], [_boxes(rows)]))
    labels = box_words(kind, language)
    shown = [code for code in labels if filling.offered is None or code in filling.offered]
    sections.append(Section(words["what"], [_boxes([(labels[one], one in filling.boxes) for one in shown])]))
    facts = [(words["purpose"], purpose_in(language, filling.purpose))] if kind is Kind.DATA else []
    facts += [(words["topic"], filling.topic)] if kind in (Kind.SECRECY, Kind.CONFERENCE) else []
    sections.append(Section("", [Fields([*facts, (words["until"], filling.until)])]))
    return sections


def _boxes(rows: Sequence[tuple[str, bool]]) -> Block:
    return Boxes(
        [name for name, _ticked in rows], [place for place, (_name, ticked) in enumerate(rows) if ticked]
    )


def box_words(kind: str, language: str) -> dict[str, str]:
    """What each box of a kind is called in a language."""
    of = Kind(kind)
    if of in WITH_CATEGORIES:
        names = category_words(language)
        return {code: names[code] for code, _label in BOXES[of]}
    own = paper(language).boxes
    return {code: own[OWN_BOXES.get((of, code), code)] for code, _label in BOXES[of]}


def _rights(language: str) -> Section:
    words = paper(language).words
    rights = [words["voluntary"], words["withdraw"], filled(words["expires"])]
    return Section(words["rights"], [Bullets(rights)])


def _signatures(kind: Kind, language: str, filling: Filling) -> Section:
    words = paper(language).words
    lines = [words["signature"], words["guardian"], words["staff"]]
    if kind is Kind.MENTORING:
        lines.insert(1, words["helper"])
    return Section(
        "",
        [Text(words["read"]), Fields([(words["interpreter"], filling.interpreter)]), Signatures(lines)],
    )
