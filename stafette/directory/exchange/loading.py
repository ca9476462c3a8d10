"""A file of somebody else, read into plain values after it was looked at: what it is, and whether it means harm."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from stafette.directory.exchange.hsds.tables import unpack
from stafette.kernel.errors import BadInput
from stafette.web.uploads import check_upload

DEEPEST = 60
KINDS = {"zip", "csv", "json", "xml"}


def kind_of(content: bytes) -> str:
    """json, zip or xml by what the file begins with; BadInput for anything else."""
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith((b"{", b"[")):
        return "json"
    if head.startswith(b"<"):
        return "xml"
    raise BadInput(
        _(
            "Diese Datei ist weder HSDS (JSON oder ZIP mit Tabellen) noch XZuFi (XML). Bitte wählen Sie eine andere."
        )
    )


def load(content: bytes) -> Any:
    """The objects of an HSDS file, JSON or zip, nested as in JSON."""
    if kind_of(content) == "zip":
        check_upload(content, {"zip"})
        return _clean(unpack(content))
    check_upload(content, {"csv"})  # text without programs in it, and not larger than may come in
    try:
        return _clean(json.loads(content.removeprefix(b"\xef\xbb\xbf")))
    except RecursionError:
        raise BadInput(_("Die Datei ist zu tief verschachtelt.")) from None
    except (ValueError, UnicodeDecodeError) as error:
        where = f" (Zeile {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput(
            _("Die Datei ist kein lesbares JSON{where}. Bitte lassen Sie sie neu erzeugen.").format(
                where=where
            )
        ) from error


def _clean(value: Any, depth: int = 0) -> Any:
    """Without zero bytes, which no database takes, and without numbers that JSON does not know."""
    if depth > DEEPEST:
        raise BadInput(_("Die Datei ist zu tief verschachtelt."))
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_clean(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {str(_clean(name)): _clean(one, depth + 1) for name, one in value.items()}
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value
