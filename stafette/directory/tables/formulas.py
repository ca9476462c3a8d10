"""Texts that a spreadsheet would take for a formula and run (OWASP „CSV Injection“), and back without a loss.

A text that begins so, after any number of apostrophes, gets one more in front. Reading takes exactly one away again,
so that a text which had its apostrophe before keeps it.
"""

from __future__ import annotations

RISKY = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return MARK + cell if _is_risky(cell) else cell


def bare(cell: str) -> str:
    """The text as it was before it was guarded."""
    return cell[1:] if cell.startswith(MARK) and _is_risky(cell) else cell


def _is_risky(cell: str) -> bool:
    return cell.lstrip(MARK).startswith(RISKY)
