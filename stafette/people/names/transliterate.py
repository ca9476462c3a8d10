"""Cyrillic names in Latin letters, by the systems that papers really use.

A Bulgarian passport follows the Transliteration Act of 2009, a birth certificate ISO 9:1995 (Bern
convention of 1973, article 3), older travel papers ICAO, a German clerk writes by ear. One person
therefore arrives under several spellings; all of them must be offered and found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from anyascii import anyascii

_COMMON = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True))

BULGARIAN = {**_COMMON, "ж": "zh", "й": "y", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht",
             "ъ": "a", "ь": "y", "ю": "yu", "я": "ya", "ѝ": "i"}  # fmt: skip
ISO_9 = {**_COMMON, "ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "ŝ", "ъ": "ʺ",
         "ы": "y", "ь": "ʹ", "э": "è", "ю": "û", "я": "â", "ё": "ë", "є": "ê", "і": "ì", "ї": "ï",
         "ґ": "g̀", "ђ": "đ", "ј": "ǰ", "љ": "l̂", "њ": "n̂", "ћ": "ć", "џ": "d̂", "ѓ": "ǵ", "ќ": "ḱ",
         "ѕ": "ẑ", "ў": "ŭ", "ѝ": "ì"}  # fmt: skip
ICAO = {**_COMMON, "ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ё": "e", "є": "ie", "і": "i",
        "ї": "i", "ґ": "g", "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "g",
        "ќ": "k", "ѕ": "dz", "ў": "u", "ѝ": "i"}  # fmt: skip
ICAO_BULGARIAN = {**ICAO, "щ": "sht", "ъ": "a"}
ENGLISH = {**ICAO, "й": "y", "ъ": "", "ю": "yu", "я": "ya", "ё": "yo", "є": "ye", "ї": "yi"}
GERMAN = {**_COMMON, "в": "w", "з": "s", "ж": "sch", "й": "j", "х": "ch", "ц": "z", "ч": "tsch",
          "ш": "sch", "щ": "schtsch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja",
          "ё": "jo", "є": "je", "і": "i", "ї": "ji", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj",
          "ћ": "c", "ђ": "dj", "џ": "dsch", "ѝ": "i"}  # fmt: skip
GERMAN_BULGARIAN = {**GERMAN, "щ": "scht", "ъ": "a"}
UKRAINIAN = {**ICAO, "г": "h", "и": "y", "й": "i", "’": "", "ʼ": "", "'": ""}
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
GERMAN_UKRAINIAN = {**GERMAN, "г": "h", "и": "y"}

SYSTEMS: Mapping[str, Mapping[str, str]] = {
    "bulgarian": BULGARIAN,
    "iso9": ISO_9,
    "icao": ICAO,
    "icao_bulgarian": ICAO_BULGARIAN,
    "english": ENGLISH,
    "german": GERMAN,
    "german_bulgarian": GERMAN_BULGARIAN,
    "ukrainian": UKRAINIAN,
    "german_ukrainian": GERMAN_UKRAINIAN,
}
_LIKELY = {
    "bg": ("bulgarian", "iso9", "icao_bulgarian", "german_bulgarian", "english"),
    "uk": ("ukrainian", "icao", "german_ukrainian", "english", "iso9"),
    "ru": ("icao", "english", "german", "iso9"),
}
_PASSPORT = {"bg": "icao_bulgarian", "uk": "ukrainian", "ru": "icao"}
_UKRAINIAN_SIGNS = re.compile(r"[іїєґ]|[сц]ьк|енко\b")
_RUSSIAN_SIGNS = re.compile(r"[ыэё]|ий\b|ая\b")
_WORD = re.compile(r"[Ѐ-ӿ’ʼ']+")
_FINAL_IA = re.compile(r"ия$")
_MRZ = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "ẞ": "SS", "Å": "AA", "Æ": "AE", "Ø": "OE", "Œ": "OE",
                      "Ñ": "N", "Þ": "TH", "Ð": "D", "Đ": "D", "Ĳ": "IJ", "Ł": "L", "Ə": "E"})  # fmt: skip


def transliterate(text: str, system: str) -> str:
    """The Latin spelling of a Cyrillic name by one of SYSTEMS; what is not Cyrillic stays."""
    table = SYSTEMS[system]
    return unicodedata.normalize("NFC", _WORD.sub(lambda m: _word(m.group(), system, table), text))


def _word(word: str, system: str, table: Mapping[str, str]) -> str:
    lower = unicodedata.normalize("NFC", word).lower()
    shout = len(word) > 1 and word.isupper()
    if system == "bulgarian":  # Transliteration Act: the ending -ия is -ia, and the country is "Bulgaria"
        lower = "bulgariя" if lower == "българия" else _FINAL_IA.sub("ia", lower)
        lower = lower.replace("bulgariя", "bulgaria")
    if system == "ukrainian":
        lower = lower.replace("зг", "zgh")
        lower = _UKRAINIAN_FIRST.get(lower[:1], lower[:1]) + lower[1:]
    latin = "".join(table.get(c, ICAO.get(c, c)) for c in lower)
    if shout:
        return latin.upper()
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin


def cyrillic_language(text: str) -> str:
    """Whose Cyrillic it most likely is: "uk", "ru" or, as the common case of this house, "bg"."""
    lower = text.lower()
    if _UKRAINIAN_SIGNS.search(lower):
        return "uk"
    return "ru" if _RUSSIAN_SIGNS.search(lower) else "bg"


def latin_spellings(text: str) -> list[str]:
    """All Latin spellings under which a name in another script may stand in a paper, likeliest first."""
    if _WORD.search(text):
        return list(dict.fromkeys(transliterate(text, s) for s in _LIKELY[cyrillic_language(text)]))
    latin = anyascii(text)
    return [latin.title() if text != latin else text]


def mrz_form(text: str) -> str:
    """A name as it stands in the machine readable zone: A–Z and the filler only (ICAO 9303-3)."""
    text = unicodedata.normalize("NFC", text.replace("ß", "ẞ")).upper()
    text = transliterate(text, _PASSPORT[cyrillic_language(text)]).upper()
    text = anyascii(text.translate(_MRZ)).upper().replace("'", "")
    return re.sub(r"[^A-Z]+", "<", text).strip("<")
