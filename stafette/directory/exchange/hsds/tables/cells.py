"""What both ways of the tables share: how objects hang on each other, and cells that no spreadsheet runs."""

from __future__ import annotations

import re
from typing import Any

from stafette.directory.tables import formulas

Object = dict[str, Any]
Tables = dict[str, list[Object]]
LINKED = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
REFERENCES = {"taxonomy_detail": "taxonomy_id"}  # where the column is not called as the field
GUARD = "stafette:guarded"
HARMLESS = re.compile(r"'*[+-][0-9 ()/.+-]*")  # at most a sum: it shows a wrong figure, but runs nothing


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula; plain numbers stay."""
    return cell if HARMLESS.fullmatch(cell) else formulas.guarded(cell)


def bare(cell: str) -> str:
    """The text as it was before it was guarded."""
    return cell if HARMLESS.fullmatch(cell) else formulas.bare(cell)
