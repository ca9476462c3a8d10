"""Codes of new entries: short, readable, and never a name of somebody."""

from __future__ import annotations

import re
from typing import Any

from django.utils.text import slugify

RESERVED = {  # pages of their own under /angebote/
    *(
        "neu",
        "suche",
        "traeger",
        "orte",
        "vorschlaege",
        "tabelle",
        "zeiten",
        "skizze",
        "austausch",
        "kalender",
    ),
}
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def free_code(name: str, model: Any) -> str:
    """A code for a new row of this model that none has yet, made from its name."""
    stem = re.sub(r"-+", "-", slugify(name.lower().translate(GERMAN)))[:60].strip("-") or "eintrag"
    taken = set(model.objects.filter(code__startswith=stem).values_list("code", flat=True)) | RESERVED
    return next(code for n in range(1, 100_000) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)
