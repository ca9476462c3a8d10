"""The languages of the public pages: codes in the address, names as their speakers write them, direction."""

from __future__ import annotations

from django.utils.translation.trans_real import parse_accept_lang_header

from stafette.web.sheets import EASY, GERMAN, LANGUAGES, RIGHT_TO_LEFT

NAMES = LANGUAGES
# What is spoken at a service, by its own name: whoever looks for a language recognises that one.
SPOKEN = {
    **{code: name for code, name in LANGUAGES.items() if code != EASY},
    "ru": "Русский",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
    "fa": "فارسی",
    "prs": "دری",
    "ps": "پښتو",
    "ku": "Kurdî",
    "ckb": "سۆرانی",
    "ti": "ትግርኛ",
    "am": "አማርኛ",
    "so": "Soomaali",
    "sq": "Shqip",
    "sr": "Srpski",
    "hr": "Hrvatski",
    "bs": "Bosanski",
    "mk": "Македонски",
    "el": "Ελληνικά",
    "hu": "Magyar",
    "cs": "Čeština",
    "sk": "Slovenčina",
    "vi": "Tiếng Việt",
    "zh": "中文",
    "hi": "हिन्दी",
    "ur": "اردو",
    "rom": "Romani",
    "ka": "ქართული",
    "hy": "Հայերեն",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "gsg": "Deutsche Gebärdensprache",
}
FROM_RIGHT = {"ar", "fa", "prs", "ps", "ckb", "ur"}
UNTAGGED = {"rom", "gsg"}  # no language of a screen reader


class LanguageConverter:
    """One of the nine codes; everything else is no page."""

    regex = "|".join(NAMES)

    def to_python(self, value: str) -> str:
        """Keep the code."""
        return value

    def to_url(self, value: str) -> str:
        """Keep the code."""
        return value


def tag(language: str) -> str:
    """The language of the page for browsers and screen readers: Leichte Sprache is German."""
    return GERMAN if language == EASY else language


def hreflang(language: str) -> str:
    """The language for search engines; Leichte Sprache has a tag of its own (BCP 47, variant „simple“)."""
    return "de-simple" if language == EASY else language


def direction(language: str) -> str:
    """Which way one reads."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def wished(header: str) -> str:
    """The first language of the browser that we have; German where there is none."""
    for code, _weight in parse_accept_lang_header(header):
        base = code.partition("-")[0]
        if base in NAMES and base != EASY:
            return base
    return GERMAN
