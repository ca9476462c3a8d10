"""The person's own copy on paper and as a file: the frame in the person's language, the data as they are stored."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from stafette.kernel.rules.dated import LANDS
from stafette.rights import rules
from stafette.rights.copying import Copy, Part
from stafette.web.sheets import GERMAN, Bullets, Fields, Section, Sheet, Text, sheet_pdf

FILE = Path(__file__).with_name("frame.toml")
VERSION = 1


@cache
def frames() -> dict[str, dict[str, Any]]:
    """Read the words once; raises tomllib.TOMLDecodeError where the file is broken."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def copy_pdf(copy: Copy, *, number: str, language: str) -> bytes:
    """Print the copy: first the frame in the person's language, where that is not German, then the German one."""
    german = _german_sheet(copy, number)
    code = language if language in frames() else GERMAN
    return sheet_pdf(german) if code == GERMAN else sheet_pdf(_frame_sheet(copy, number, code), german)


def _said(copy: Copy, code: str) -> dict[str, Any]:
    """The frame with unit and Land filled in."""
    marks = {"{unit}": copy.unit.name, "{land}": LANDS.get(copy.unit.authority.land, "")}

    def filled(text: str) -> str:
        for mark, value in marks.items():
            text = text.replace(mark, value)
        return text

    return {
        key: [filled(one) for one in value] if isinstance(value, list) else filled(value)
        for key, value in frames()[code].items()
    }


def _frame_sheet(copy: Copy, number: str, code: str) -> Sheet:
    words = _said(copy, code)
    sections = (
        Section("", [Text(words["next"])]),
        Section(words["decide_heading"], [Text(words["decide"])]),
        Section(words["others_heading"], [Text(words["others"])]),
        Section(words["missing_heading"], [Text(words["missing"])]),
        Section(words["rights_heading"], [Bullets(words["rights"])]),
    )
    return Sheet(words["title"], copy.unit.name, sections, language=code, lead=words["lead"], mark=number)


def _german_sheet(copy: Copy, number: str) -> Sheet:
    words = _said(copy, GERMAN)
    who = [
        (_("Person"), copy.person.full_name),
        (_("Stelle"), f"{copy.unit.name}, {copy.unit.authority.name}"),
        (_("Telefon"), copy.unit.phone or "–"),
        (_("Stand"), f"{copy.made_on:%d.%m.%Y}"),
        (_("Nummer"), number),
    ]
    sections = [
        Section("", [Fields(who)]),
        *(_section(part) for part in copy.parts),
        Section(words["decide_heading"], [Text(words["decide"])]),
        Section(words["others_heading"], [Text(words["others"])]),
        Section(
            words["missing_heading"],
            [
                Text(_("Folgendes geben wir nicht heraus, und zwar aus diesen Gründen:")),
                Bullets(_omitted(copy)),
            ],
        ),
        Section(words["rights_heading"], [Bullets(words["rights"])]),
    ]
    return Sheet(words["title"], copy.unit.name, sections, lead=words["lead"], mark=number)


def _section(part: Part) -> Section:
    head = _("Zweck: {purpose}. Aufbewahrung: {period}.").format(
        purpose=part.purpose, period=part.period or _("mit der Akte")
    )
    return Section(part.title, [Text(head), *(Fields(_printable(lines)) for lines in part.records)])


def _printable(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """An empty value would print a line to write on; here nothing is to be filled in."""
    return [(label, value or "–") for label, value in lines]


def _omitted(copy: Copy) -> list[str]:
    return [rules.reason(code).said for code in copy.left_out]


def copy_json(copy: Copy, *, number: str) -> bytes:
    """The same as a file that a program can read: labels as on paper, kinds of records by their own names."""
    data = {
        "version": VERSION,
        "number": number,
        "unit": copy.unit.name,
        "authority": copy.unit.authority.name,
        "person": copy.person.full_name,
        "made_on": copy.made_on.isoformat(),
        "automated_decisions": False,
        "parts": [
            {
                "kind": part.model,
                "title": part.title,
                "purpose": part.purpose,
                "retention": part.period,
                "records": [
                    [{"label": label, "value": value} for label, value in lines] for lines in part.records
                ],
            }
            for part in copy.parts
        ],
        "left_out": [
            {"code": code, "reason": rules.reason(code).label, "source": str(rules.reason(code).head.source)}
            for code in copy.left_out
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2).encode()
