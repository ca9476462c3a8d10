"""Words together with their language: what is not translated stands there in German, and says so."""

from __future__ import annotations

from dataclasses import dataclass

from stafette.portal.languages import direction, tag


@dataclass(frozen=True)
class Said:
    """A text; `lang` and `dir` are empty where it is in the language of the page."""

    text: str
    lang: str = ""
    dir: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def said(language: str, german: str, own: str = "") -> Said:
    """The own words where there are any; else the German ones, marked unless the page is German anyway."""
    if own or tag(language) == "de":
        return Said(own or german)
    return Said(german, "de", "ltr" if direction(language) == "rtl" else "") if german else Said("")
