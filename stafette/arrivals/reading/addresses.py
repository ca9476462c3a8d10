"""Street, number, postal code and town out of the cells in which offices keep them together."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

_TOWN = re.compile(r"^(?:D[-\s])?(\d{5})\s+(.+)$")
_TOWN_LAST = re.compile(r"^(.+?)[,\s]+(?:D[-\s])?(\d{5})$")
_NUMBER = re.compile(
    r"^(?P<street>.*?[^\d\s,])[\s,]+(?P<number>\d{1,4}\s?[a-zA-Z]?(?:\s?[-/+]\s?\d{0,4}\s?[a-zA-Z]?)?(?:\s*(?:HH|VH|WE|Whg|"
    r"App)\.?\s*\d*)?)$"
)
_NUMBER_FIRST = re.compile(r"^(?P<number>\d{1,4}[a-zA-Z]?)\s+(?P<street>[^\d].*)$")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_STREET = re.compile(r"str(?:asse|aße)?(?:\b|$)")


@lru_cache(maxsize=4096)
def split_town(text: str) -> tuple[str, str]:
    """06667 Weißenfels."""
    if match := _TOWN.match(text):
        return match[1], match[2].strip()
    if match := _TOWN_LAST.match(text):
        return match[2], match[1].strip()
    return "", text


def split_street(text: str) -> tuple[str, str]:
    """Große Kalandstraße 43 a."""
    if match := _NUMBER.match(text):
        return match["street"].strip(), " ".join(match["number"].split())
    if match := _NUMBER_FIRST.match(text):
        return match["street"].strip(), match["number"]
    return text, ""


def split_address(text: str) -> tuple[str, str, str, str]:
    """Naumburger Straße 90, 06667 Weißenfels; also with line breaks, semicolons, or the town first."""
    parts = [part.strip() for part in re.split(r"[,;\n|]+", text) if part.strip()]
    if len(parts) == 1 and (match := re.match(r"^(.*\d\s?[a-zA-Z]?)\s+((?:D[-\s])?\d{5}\s+\D+)$", parts[0])):
        parts = [match[1], match[2]]
    street = number = postal = town = ""
    for part in parts:
        found_postal, found_town = split_town(part)
        if found_postal and not postal:
            postal, town = found_postal, found_town
        elif not street:
            street, number = split_street(part)
        elif not number and re.match(r"^\d{1,4}\s?[a-zA-Z]?$", part):
            number = part
        elif not town and not re.search(r"\d", part):
            town = part
    return street, number, postal, town


@lru_cache(maxsize=65536)
def address_key(street: str, house_number: str) -> str:
    """The same address however it is spelled: Große Kalandstr. 43a, Grosse Kalandstraße 43 A."""
    street = _STREET.sub("str", anyascii(street.replace("ß", "ss")).lower().replace("str.", "str "))
    return f"{_NOT_WORD.sub('', street)}|{_NOT_WORD.sub('', house_number.lower())}"
