"""Words together with their language: what is not translated stands there in German, and says so."""

from __future__ import annotations

from dataclasses import dataclass

from stafette.portal.languages import direction, tag
from stafette.web.sheets import GERMAN


@dataclass(frozen=True)
class Said:
    """A text; `lang` and `dir` are empty where it is in the language of the page.

    `is_german`: it stands in for words that are missing, in Leichte Sprache too, where the language is the same.
    """

    text: str
    lang: str = ""
    dir: str = ""
    is_german: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


def said(language: str, german: str, own: str = "") -> Said:
    """The own words where there are any; else the German ones, marked unless the page is German."""
    if own or language == GERMAN:
        return Said(own or german)
    if not german:
        return Said("")
    if tag(language) == GERMAN:
        return Said(german, is_german=True)
    return Said(german, GERMAN, "ltr" if direction(language) == "rtl" else "", is_german=True)
