"""The official key list of nationalities (Destatis, 2021) and every way a nationality is written.

Registers send "154", machine readable zones "ROU", people type "rumänisch" or "Rumänien": all mean
the same key. Keys of states that no longer exist stay readable because papers still carry them.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from anyascii import anyascii

STATELESS, UNCLEAR, NOT_STATED = "997", "998", "999"
FORMER = frozenset({"120", "132", "133", "138", "159", "162", "276"})
_INTERNAL = frozenset({"910"})
_SPLIT = re.compile(r"\s*[;/|\n]\s*|\s+und\s+(?=\w+isch\b)|,\s+(?=\d|\w+isch\b)|,(?=\S)")


@dataclass(frozen=True)
class Nationality:
    """One line of the official list with its ISO codes and further words for it."""

    key: str
    name: str
    iso2: str
    iso3: str
    words: tuple[str, ...]

    @property
    def is_former(self) -> bool:
        """The state no longer exists; only old papers still name it."""
        return self.key in FORMER


def _rows(name: str) -> list[dict[str, str]]:
    text = files("stafette.people").joinpath("tables", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def nationalities() -> dict[str, Nationality]:
    """All nationalities by their official key, in the order of the list."""
    codes = {row["key"]: row for row in _rows("nationality_codes.csv")}
    return {
        key: Nationality(
            key,
            row["Staatsangehoerigkeit_Gebiet"],
            codes[key]["iso2"],
            codes[key]["iso3"],
            tuple(word for word in codes[key]["words"].split("|") if word),
        )
        for row in _rows("staatsangehoerigkeit_2021.csv")
        if (key := row["Schluessel"]) not in _INTERNAL
    }


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", anyascii(text.replace("ß", "ss")).lower()).strip()


@cache
def _by_word() -> dict[str, str]:
    found: dict[str, str] = {}
    for n in nationalities().values():
        for word in (n.key, n.name, n.iso2, n.iso3, *n.words):
            for plain in filter(None, (_plain(word), _plain(word.lower().translate(_UMLAUTS)))):
                found.setdefault(plain, n.key)
                if plain.endswith("isch"):
                    found.setdefault(plain + "e", n.key)
                    found.setdefault(plain + "er", n.key)
    return found


def find_nationality(text: str) -> str | None:
    """The official key for a key, ISO code, country or adjective; None when nothing fits."""
    plain = _plain(text)
    if plain.isdigit():
        plain = plain.zfill(3)
    return _by_word().get(plain)


def find_nationalities(text: str) -> tuple[list[str], list[str]]:
    """Several nationalities in one field: the keys found, in order, and what could not be read."""
    keys: list[str] = []
    unread: list[str] = []
    parts = [text] if find_nationality(text) else [p for p in _SPLIT.split(text.strip()) if p]
    for part in parts:
        key = find_nationality(part)
        if key is None:
            unread.append(part)
        elif key not in keys:
            keys.append(key)
    return keys, unread


def nationality_name(key: str) -> str:
    """The name on the official list; an unknown key is shown as it is."""
    known = nationalities().get(key)
    return known.name if known else key
