"""What is wrong with a file or an entry of it, in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """`where` is a path such as „phones › 2 › number“; a fault keeps the entry out, a remark only tells."""

    where: str
    says: str
    is_fault: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.says}" if self.where else self.says


def path(*parts: object) -> str:
    """The way to a value, as people read it."""
    return " › ".join(str(part) for part in parts if part not in ("", None))


def missing(where: str) -> Problem:
    """A field that the standard does not do without."""
    return Problem(where, _("fehlt; der Standard verlangt diese Angabe."))
