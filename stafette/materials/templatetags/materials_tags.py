"""How sheets look on a page: direction, language tag, telephone numbers that read from left to right."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from stafette.materials.choices import LANGUAGE_WORDS
from stafette.materials.queries.aids import START, STOP
from stafette.web.sheets import EASY, LANGUAGES, RIGHT_TO_LEFT

register = template.Library()
_NUMBER = re.compile(r"\+?\d[\d /-]{1,}\d")


@register.filter
def direction(language: str) -> str:
    """Which way the language is read."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@register.filter
def tag_of(language: str) -> str:
    """The language as browsers and screen readers know it: Leichte Sprache is German."""
    return "de" if language == EASY else language


@register.filter
def own_name(language: str) -> str:
    """What the language calls itself."""
    return LANGUAGES.get(language, language)


@register.filter
def with_numbers(text: Any) -> SafeString:
    """Escaped text in which numbers with gaps keep their order within text from right to left."""
    return mark_safe(_NUMBER.sub(r'<bdi dir="ltr">\g<0></bdi>', escape(text)))  # noqa: S308 - escaped before


@register.filter
def found_words(text: str) -> SafeString:
    """A passage of a text with the words that were found marked."""
    safe = str(escape(text)).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(safe)  # noqa: S308 - escaped before


@register.filter
def german_name(language: str) -> str:
    """What the language is called in German."""
    return str(LANGUAGE_WORDS.get(language, language))
