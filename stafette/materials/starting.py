"""Read the files of the starter set (blueprints/sheets/*.toml) into plain values."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from stafette.kernel.errors import BadInput
from stafette.materials.data import StarterFolder, StarterSheet, StarterText
from stafette.materials.notation import blocks_of
from stafette.web.sheets import LANGUAGES

FOLDERS = "mappen.toml"


def starter_folder() -> Path:
    """Where the files lie that come with the program."""
    return Path(settings.BASE_DIR) / "blueprints" / "sheets"


def read_sheets(folder: Path) -> list[StarterSheet]:
    """Every sheet of a folder, in its order; raises BadInput with file and language where one cannot be read."""
    files = sorted(path for path in folder.glob("*.toml") if path.name != FOLDERS)
    return sorted(map(_sheet, files), key=lambda sheet: sheet.position)


def read_folders(folder: Path) -> list[StarterFolder]:
    """The folders of sheets, if there are any."""
    path = folder / FOLDERS
    if not path.exists():
        return []
    entries = _parsed(path)["folder"]
    return [StarterFolder(one["code"], dict(one["title"]), tuple(one["sheets"])) for one in entries]


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            _("{file} lässt sich nicht lesen: {error}").format(file=path.name, error=error)
        ) from error


def _sheet(path: Path) -> StarterSheet:
    content = _parsed(path)
    try:
        return StarterSheet(
            code=content["code"],
            kind=content["kind"],
            position=content["position"],
            topics=tuple(content["topics"]),
            target_groups=tuple(content.get("target_groups", ())),
            statuses=tuple(content.get("statuses", ())),
            is_public=content.get("is_public", True),
            texts=tuple(
                _text(path, language, content[language]) for language in LANGUAGES if language in content
            ),
        )
    except KeyError as error:
        raise BadInput(_("{file}: Es fehlt {field}.").format(file=path.name, field=error)) from error


def _text(path: Path, language: str, entry: dict[str, Any]) -> StarterText:
    body = entry["body"].strip()
    try:
        blocks_of(body)
    except BadInput as error:
        raise BadInput(f"{path.name}, {language}: {error.message}") from error
    return StarterText(language, entry["title"].strip(), body, bool(entry.get("reviewed", False)))
