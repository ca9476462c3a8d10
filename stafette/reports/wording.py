"""The words of sheets for people, one file per language (texts/<language>.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from stafette.kernel.rules.deadline_rules import RetentionClass

FOLDER = Path(__file__).parent / "texts"
SLAVIC = {"pl", "uk"}


@cache
def texts(language: str) -> dict[str, Any]:
    """Read the words of a language once; raises FileNotFoundError where we have none."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def counted(language: str, count: int, forms: list[str]) -> str:
    """Say a number with its noun: one, few, many; Arabic and Slavic languages have a form for few."""
    return forms[_form(language, count)].replace("{n}", str(count))


def _form(language: str, count: int) -> int:
    if count == 1:
        return 0
    if language in SLAVIC:
        few = 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14
    elif language == "ar":
        few = 3 <= count <= 10
    else:
        few = True
    return 1 if few else 2


def period(language: str, rule: RetentionClass) -> str:
    """Say the period of a class in the language."""
    words = texts(language)["periods"]
    if rule.is_unlimited:
        return str(words["unlimited"])
    if rule.hours:
        return counted(language, rule.hours, words["hours"])
    if rule.days:
        return counted(language, rule.days, words["days"])
    years, months = divmod(rule.months, 12)
    if not months and years > 1:
        return counted(language, years, words["years"])
    return counted(language, rule.months, words["months"])
