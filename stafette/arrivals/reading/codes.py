"""Cells that hold one of few values: sex, yes and no, nationality, language."""

from __future__ import annotations

import re
from functools import lru_cache

from stafette.arrivals.reading.fields import heading_key
from stafette.people.nationalities import find_nationalities, find_nationality

_SEX = {
    "m": "m", "maennlich": "m", "male": "m", "mann": "m", "man": "m", "herr": "m", "mr": "m", "masculin": "m",
    "w": "w", "f": "w", "weiblich": "w", "female": "w", "frau": "w", "woman": "w", "mrs": "w", "ms": "w",
    "junge": "m", "maedchen": "w", "boy": "m", "girl": "w", "feminin": "w",
    "d": "d", "divers": "d", "x": "d", "diverse": "d", "nonbinary": "d", "other": "d",
    "u": "", "o": "", "unbekannt": "", "ohneangabe": "", "keineangabe": "", "unknown": "", "ka": "",
}  # fmt: skip
_NO = {
    "",
    "0",
    "n",
    "nein",
    "no",
    "false",
    "falsch",
    "keine",
    "kein",
    "none",
    "ohne",
    "-",
    "nicht",
    "f",
    "no lock",
}
LANGUAGES = {
    "de": "deutsch german ger deu", "en": "englisch english eng", "bg": "bulgarisch bulgarian bul български",
    "ro": "rumaenisch romanian ron rum romana moldauisch", "pl": "polnisch polish pol polski",
    "tr": "tuerkisch turkish tur tuerkce", "uk": "ukrainisch ukrainian ukr", "ru": "russisch russian rus",
    "ar": "arabisch arabic ara", "hu": "ungarisch hungarian hun magyar", "cs": "tschechisch czech ces cze",
    "sk": "slowakisch slovak slk", "sr": "serbisch serbian srp", "hr": "kroatisch croatian hrv",
    "bs": "bosnisch bosnian bos", "sq": "albanisch albanian sqi alb", "mk": "mazedonisch macedonian mkd",
    "el": "griechisch greek ell gre", "it": "italienisch italian ita", "es": "spanisch spanish spa",
    "pt": "portugiesisch portuguese por", "fr": "franzoesisch french fra fre", "fa": "persisch farsi persian dari",
    "ku": "kurdisch kurdish kurmandschi kurmanci", "vi": "vietnamesisch vietnamese vie", "lt": "litauisch lithuanian",
    "lv": "lettisch latvian", "et": "estnisch estonian", "sl": "slowenisch slovenian", "rom": "romani romanes",
    "zh": "chinesisch chinese", "hi": "hindi", "ur": "urdu", "ti": "tigrinya", "so": "somali", "ka": "georgisch",
    "nl": "niederlaendisch dutch",
}  # fmt: skip
_LANGUAGE_WORDS = {word: code for code, words in LANGUAGES.items() for word in (code, *words.split())}


@lru_cache(maxsize=512)
def sex(text: str) -> str | None:
    """m, w, d, empty for "not known"; None where the cell says something else."""
    return _SEX.get(heading_key(text))


@lru_cache(maxsize=512)
def lock(text: str) -> bool:
    """Whether a cell of the column for locks says that there is one: anything that is not a no."""
    return text.strip().lower() not in _NO


@lru_cache(maxsize=4096)
def is_key(text: str) -> bool:
    """An official key of three digits that exists."""
    return bool(re.fullmatch(r"\d{3}", text)) and find_nationality(text) is not None


@lru_cache(maxsize=4096)
def country_key(text: str) -> str | None:
    """The key for a country named in words or letters; bare numbers are no country here."""
    if not text or text[:1].isdigit() or len(text) < 2:
        return None
    return find_nationality(text)


@lru_cache(maxsize=4096)
def nationalities(text: str) -> tuple[tuple[str, ...], bool]:
    """The keys in a cell, and whether all of it could be read."""
    keys, unread = find_nationalities(text)
    return tuple(keys), not unread


@lru_cache(maxsize=512)
def language_code(text: str) -> str | None:
    """The language in a cell, None where it is none."""
    return _LANGUAGE_WORDS.get(heading_key(text))
