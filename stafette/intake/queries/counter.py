"""What can be given along at the counter, and what of it the catalogues know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stafette.directory.queries import services as listed_services


@dataclass(frozen=True)
class Given:
    """Codes of what was handed out, in the order in which it was ticked."""

    services: list[str]
    sheets: list[str]

    def __bool__(self) -> bool:
        """Whether anything was given along at all."""
        return bool(self.services or self.sheets)


def known_given(services: Sequence[str], sheets: Sequence[str]) -> Given:
    """Keep the codes that the directory and the sheets know, each once."""
    wanted, papers = list(dict.fromkeys(services)), list(dict.fromkeys(sheets))
    known = set(listed_services().filter(code__in=wanted).values_list("code", flat=True)) if wanted else set()
    return Given([code for code in wanted if code in known], papers)
