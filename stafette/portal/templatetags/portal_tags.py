"""Tags of the public pages: words with their language, one sentence per line in Leichte Sprache, structured data."""

from __future__ import annotations

import json
import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from stafette.materials.templatetags.materials_tags import with_numbers
from stafette.portal.shown.frame import address
from stafette.portal.shown.said import Said
from stafette.portal.shown.services import dial

register = template.Library()
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÄÖÜ„0-9])")
_CALL = re.compile(
    r"(?<![\w+.:])(?:116 ?\d{3}|11\d|(?:\+49|\(?0)(?:[\d ()-]|/(?! ?[+(0])){5,}\d)(?!\w|[.:]\d)"
)
_SHORT, _AFTER_SHORT = 3, re.compile(r"\s*(?:$|[,;.(·])")  # 110 and 112 are also an amount: „110 Euro“
_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def to(context: dict[str, Any], name: str, *args: str, query: str = "") -> str:
    """The address of a public page in the language of this one."""
    return address(name, context["language"], *args, query=query, embedded=context["embedded"])


@register.simple_tag
def say(said: Said) -> SafeString:
    """Words in their language: those that are not translated are marked for browsers and screen readers."""
    if not said.lang:
        return conditional_escape(said.text)
    return format_html('<span lang="{}"{}>{}</span>', said.lang, _dir(said), said.text)


@register.simple_tag(takes_context=True)
def say_long(context: dict[str, Any], said: Said) -> SafeString:
    """A text of several lines; where it is German on a page in another language, a word says so."""
    mark = format_html('<p class="wg-mark">{}</p>', context["w"]["in_german"]) if said.is_german else ""
    parts = [part for part in said.text.splitlines() if part.strip()]
    if context["is_easy"] and not said.is_german:
        parts = [one for part in parts for one in _SENTENCE.split(part)]
    lang = format_html(' lang="{}"{}', said.lang, _dir(said)) if said.lang else ""
    body = format_html_join("", "<p>{}</p>", ((part,) for part in parts))
    return format_html("{}<div{}>{}</div>", mark, lang, body)


def _dir(said: Said) -> SafeString:
    return format_html(' dir="{}"', said.dir) if said.dir else SafeString("")


@register.simple_tag(takes_context=True)
def lines(context: dict[str, Any], text: str) -> SafeString:
    """A text of ours; in Leichte Sprache each sentence stands on its own line."""
    if not context["is_easy"]:
        return conditional_escape(text)
    return format_html_join(mark_safe("<br>"), "{}", ((part,) for part in _SENTENCE.split(text)))


@register.filter
def with_calls(text: str) -> SafeString:
    """The value of a fact in which a telephone number can be called; it reads from left to right everywhere."""
    parts, end = [], 0
    for found in _CALL.finditer(text):
        if len(found[0]) == _SHORT and not _AFTER_SHORT.match(text, found.end()):
            continue
        link = format_html('<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>', dial(found[0]), found[0])
        parts += [with_numbers(text[end : found.start()]), link]
        end = found.end()
    return format_html_join("", "{}", ((part,) for part in (*parts, with_numbers(text[end:]))))


@register.filter
def fill(text: str, value: Any) -> str:
    """Put a value into a text: „Wegweiser für {}“."""
    return text.replace("{}", str(value))


@register.simple_tag
def structured(data: dict[str, Any]) -> SafeString:
    """What machines read (schema.org), as a block of data that no browser runs."""
    text = json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
