"""What the public pages say, per language: `stafette/portal/words/<language>.toml`, whole in each (a test compares)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from stafette.portal.languages import NAMES

FOLDER = Path(__file__).parent / "words"


@cache
def words(language: str) -> Mapping[str, Any]:
    """The words of one language."""
    return MappingProxyType(tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")))


def check() -> list[str]:
    """Name what is missing or too much in a language, measured by the German file."""
    wanted = _keys(words("de"))
    return [
        f"{language}: {sorted(wanted ^ found)}"
        for language in NAMES
        if (found := _keys(words(language))) != wanted
    ]


def _keys(value: Any, at: str = "") -> set[str]:
    if isinstance(value, Mapping):
        return {key for name, one in value.items() for key in _keys(one, f"{at}.{name}")}
    return {at}
