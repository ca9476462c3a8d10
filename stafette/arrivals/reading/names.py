"""Names as cells hold them: kept letter by letter, only blanks tidied."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from stafette.people.names.letters import clean_name

FORMULA = re.compile(r"^\s*[=+\-@](?=.)")
LOST = re.compile(r"\?|\ufffd")
DIGIT = re.compile(r"\d")
_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "la", "le", "di", "da", "dos", "del", "bin", "ibn", "zu"}
)
_NOT_LETTER = re.compile(r"[^a-z?]+")
_ENDING = re.compile(r"(?<=ov|ev|in)a$|(?<=sk|ck)(?:i|a|y|aya|ij|yj)$")


def tidy(text: str) -> str:
    """One name as it stands in the cell, without stray blanks and invisible signs."""
    if text.isprintable():  # nothing hidden in it: the short way
        return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())
    return clean_name(text.replace("\u00a0", " "))


def split_full_name(text: str) -> tuple[str, str, bool]:
    """Family and given names out of one cell, and whether the split is certain."""
    text = tidy(text)
    if "," in text:
        family, given = text.split(",", 1)
        return family.strip(), given.strip(), True
    words = text.split(" ")
    if len(words) == 1:
        return text, "", True
    shouted = [w for w in words if w.isupper() and len(w) > 1]
    if shouted and len(shouted) < len(words):
        return " ".join(shouted), " ".join(w for w in words if w not in shouted), True
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(words[at:]), " ".join(words[:at]), False


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A name in small plain letters, lost letters as question marks: to compare, never to show."""
    return _NOT_LETTER.sub("", anyascii(text.replace("\ufffd", "?")).lower())


@lru_cache(maxsize=16384)
def family_stem(text: str) -> str:
    """A family name without the ending that tells man from woman."""
    return _ENDING.sub("", plain(text))
