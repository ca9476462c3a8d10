"""The sheet „Wer weiß was über mich“: the log in the words of the person, in nine languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from stafette.kernel.clock import today
from stafette.kernel.rules.dated import LANDS
from stafette.protection import wording
from stafette.protection.data import Category
from stafette.protection.models import Consent
from stafette.protection.printing import box_words
from stafette.protection.queries.knows import Known, Step
from stafette.web.sheets import (
    GERMAN,
    LANGUAGES,
    RIGHT_TO_LEFT,
    Block,
    Bullets,
    Fields,
    Section,
    Sheet,
    Table,
    Text,
    sheet_pdf,
)

FOLDER = Path(__file__).parent
WIDTHS = (2, 4, 4, 5)


@cache
def texts(language: str) -> dict[str, Any]:
    """The texts of a language; German where there is none."""
    code = language if language in LANGUAGES else GERMAN
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def sheet_for(known: Known, language: str) -> Sheet:
    """Put the sheet of one person together: nothing but log, categories, purposes and norms in plain words."""
    code = language if language in LANGUAGES else GERMAN
    words = texts(code)
    facts = _facts(known)
    return Sheet(
        title=words["title"],
        sender=known.unit.name,
        language=code,
        lead=_filled(words["lead"], facts),
        mark="" if words["state"] == "own" else words["review"],
        sections=[
            Section("", [Fields(_head(known, words))]),
            Section(words["passed"], _table(known.passed, code, words["passed_none"])),
            Section(words["received"], _came(known, code)),
            *([Section(words["printed"], _table(known.printed, code, ""))] if known.printed else []),
            Section(words["consents"], _consents(known.consents, code)),
            Section(words["scope"], _scope(known, words)),
            Section(words["rights"], [Bullets([_filled(one, facts) for one in words["rights_list"]])]),
            Section(words["ask"], [Fields([(known.unit.name, _reach(known))])]),
            *([] if code == GERMAN else [Section("", [Text(words["german"])])]),
        ],
    )


def pdf_for(known: Sequence[Known], language: str) -> bytes:
    """Print the sheets, each person's in the language and then in German, so that both sides can read it."""
    codes = [language] if language == GERMAN else [language, GERMAN]
    return sheet_pdf(*(sheet_for(one, code) for one in known for code in codes))


def _facts(known: Known) -> dict[str, str]:
    authority = known.unit.authority
    return {
        "unit": known.unit.name,
        "authority": authority.name,
        "land": LANDS.get(authority.land, authority.land),
    }


def _filled(text: str, facts: dict[str, str]) -> str:
    for mark, value in facts.items():
        text = text.replace(f"{{{mark}}}", value)
    return text


def _head(known: Known, words: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (words["name"], known.person.full_name),
        (words["unit"], known.unit.name),
        (words["day"], _day(today())),
    ]


def _reach(known: Known) -> str:
    unit = known.unit
    return ", ".join(part for part in (unit.phone, unit.email, unit.place) if part) or unit.authority.name


def _table(steps: Sequence[Step], language: str, nothing: str) -> list[Block]:
    words = texts(language)
    if not steps:
        return [Text(nothing)]
    head = [words["when"], words["way"], words["what"], words["why"]]
    return [Table(head, [_row(step, language) for step in steps], WIDTHS)]


def _row(step: Step, language: str) -> list[str]:
    words = texts(language)
    receiver = step.receiver or words["self"]
    way = f"{words['ways'].get(step.kind, '')}: {step.sender} – {receiver}"
    why = [
        f"{wording.purpose_in(language, step.purpose)}.",
        words["modes"].get(step.mode, ""),
        f"{words['law']}: {step.norm}" + ("" if language in (GERMAN, "ls") else " (deutsch)"),
    ]
    if step.opened_at is not None:
        why.append(words["opened"].replace("{day}", _day(step.opened_at)))
    return [_day(step.at), way, categories_in(language, step.categories), "\n".join(filter(None, why))]


def categories_in(language: str, categories: Iterable[str]) -> str:
    """Kinds of data in a language, in the order in which they are always named."""
    words, wanted = wording.category_words(language), set(categories)
    joint = "، " if language in RIGHT_TO_LEFT else ", "
    return joint.join(words[one] for one in Category.values if one in wanted)


def _came(known: Known, language: str) -> list[Block]:
    words = texts(language)
    if not known.received and known.unclear:
        return [Text(words["received_unclear"])]
    blocks = _table(known.received, language, words["received_none"])
    return [*blocks, Text(words["received_unclear"])] if known.unclear else blocks


def _consents(consents: Sequence[Consent], language: str) -> list[Block]:
    words = texts(language)
    if not consents:
        return [Text(words["consents_none"])]
    return [Bullets([_consent(one, language) for one in consents])]


def _consent(consent: Consent, language: str) -> str:
    words, boxes = texts(language), box_words(consent.kind, language)
    joint = "، " if language in RIGHT_TO_LEFT else ", "
    what = joint.join(boxes.get(one, one) for one in consent.categories)
    said = (
        words["given"].replace("{day}", _day(consent.given_on)).replace("{until}", _day(consent.expires_on))
    )
    ended = ""
    if consent.withdrawn_at is not None:
        ended = " – " + words["withdrawn"].replace("{day}", _day(consent.withdrawn_at))
    elif not consent.is_valid():
        ended = " – " + words["expired"].replace("{until}", _day(consent.expires_on))
    return f"{consent.receiver_name}: {what}. {said.rstrip('.') if ended else said}{ended}"


def _scope(known: Known, words: dict[str, Any]) -> list[Block]:
    if not known.others:
        return [Text(words["scope_none"])]
    return [Text(words["scope_text"]), Bullets([": ".join(filter(None, one)) for one in known.others])]


def _day(value: date | datetime) -> str:
    return f"{timezone.localdate(value) if isinstance(value, datetime) else value:%d.%m.%Y}"
