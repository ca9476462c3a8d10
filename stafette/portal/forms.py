"""What everybody may ask and say: words and boxes of the search, a note that something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from stafette.portal.languages import NAMES

LONGEST = 120
MOST_CODES = 30
REASONS = ("closed", "phone", "address", "hours", "language", "text", "other")


@dataclass(frozen=True)
class Asked:
    """A search as the address holds it; whatever makes no sense is left out instead of refused."""

    words: str = ""
    topic: str = ""
    spoken: str = ""
    open_now: bool = False
    accessible: bool = False
    free: bool = False
    page: int = 1

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.words or self.topic or self.spoken or self.open_now or self.accessible or self.free)

    def query(self, *, page: int = 1) -> str:
        """The same search as the query of an address."""
        boxes = {"offen": self.open_now, "stufenlos": self.accessible, "kostenlos": self.free}
        values = {"frage": self.words, "thema": self.topic, "sprache": self.spoken}
        found = {name: value for name, value in values.items() if value}
        found |= {name: "1" for name, ticked in boxes.items() if ticked}
        return urlencode(found | ({"seite": str(page)} if page > 1 else {}))


def asked(values: QueryDict) -> Asked:
    """Read a search from the address."""
    page = values.get("seite", "")
    return Asked(
        words=" ".join(values.get("frage", "").replace("\x00", "").split())[:LONGEST],
        topic=_code(values.get("thema", "")),
        spoken=_code(values.get("sprache", "")),
        open_now=values.get("offen") == "1",
        accessible=values.get("stufenlos") == "1",
        free=values.get("kostenlos") == "1",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1,
    )


@dataclass(frozen=True)
class Named:
    """What a note page shows: codes of services and of sheets, in their order."""

    services: tuple[str, ...]
    sheets: tuple[str, ...]

    def query(self) -> str:
        """The same as the query of an address."""
        return urlencode({"angebot": self.services, "blatt": self.sheets}, doseq=True)


def named(values: QueryDict) -> Named:
    """Read the codes from the address: `angebot=` and `blatt=`, each as often as wanted or with commas."""
    services, sheets = (_codes(values.getlist(name)) for name in ("angebot", "blatt"))
    return Named(services, sheets)


def _codes(values: list[str]) -> tuple[str, ...]:
    found = (_code(part) for value in values for part in value.split(","))
    return tuple(dict.fromkeys(code for code in found if code))[:MOST_CODES]


def _code(value: str) -> str:
    """A code, or nothing: letters, digits, hyphen and underscore."""
    plain = value.strip()[:80]
    return plain if plain.isascii() and plain.replace("-", "").replace("_", "").isalnum() else ""


class FeedbackForm(forms.Form):
    """What is wrong, about which entry or page; `telefon` is a trap that people do not see."""

    grund = forms.ChoiceField(choices=[(one, one) for one in REASONS])
    text = forms.CharField(max_length=400, required=False)
    eintrag = forms.SlugField(max_length=80, required=False)
    seite = forms.SlugField(max_length=80, required=False)
    telefon = forms.CharField(required=False)
    stempel = forms.CharField(max_length=200)


def subject_of(values: QueryDict) -> dict[str, str]:
    """About what somebody writes: an entry, or a page of these."""
    return {"service": _code(values.get("eintrag", "")), "page": _code(values.get("seite", ""))}


LANGUAGES = tuple(NAMES)
