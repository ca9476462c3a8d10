"""Codes of the arrivals room as sentences."""

from __future__ import annotations

from typing import Any

from django import template

from stafette.arrivals.reading import rejection
from stafette.people.languages import language_name

register = template.Library()


@register.filter
def reason_text(row: Any) -> str:
    """Why a row was refused, and what to do."""
    return rejection(row.reason, row.value) if row.reason else ""


@register.filter
def language_word(code: str) -> str:
    """The German name of a language."""
    return language_name(code)
