"""The published info sheets, so that Integreat and other guides can take them over: blocks of plain text."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any

from django.utils.translation import gettext as _

from stafette.kernel.errors import BadInput
from stafette.portal.languages import NAMES
from stafette.portal.queries.sheets import public_sheets


def sheets_in(language: str) -> dict[str, Any]:
    """All public sheets; one that is not there in this language comes in German and says so."""
    if language not in NAMES:
        raise BadInput(_("language muss eine von diesen sein: {codes}.").format(codes=", ".join(NAMES)))
    found = [
        {
            "code": one.code,
            "kind": one.kind,
            "title": one.title,
            "language": one.language,
            "is_fallback": one.is_fallback,
            "is_outdated": one.is_outdated,
            "is_reviewed": one.is_reviewed,
            "version": one.number,
            "published_on": one.published_on.isoformat(),
            "topics": list(one.topics),
            "target_groups": list(one.target_groups),
            "blocks": [_block(block) for block in one.blocks],
        }
        for one in public_sheets(language)
    ]
    return {"language": language, "total_items": len(found), "contents": found}


def _block(block: Any) -> dict[str, Any]:
    """What kind of block it is and its words; pictures stay with their sheet."""
    values = asdict(block) if is_dataclass(block) and not isinstance(block, type) else {"text": str(block)}
    said = {name: value for name, value in values.items() if _is_plain(value)}
    return {"block": type(block).__name__.lower(), **said}


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_plain(one) for one in value.values())
    if isinstance(value, list | tuple):
        return all(_is_plain(one) for one in value)
    return value is None or isinstance(value, str | int | float | bool)
