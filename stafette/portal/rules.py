"""What no program can know, as dated data: emergency numbers, and who enforces accessibility in each Land."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, open_rules


@dataclass(frozen=True)
class Enforcement:
    """To whom one turns when the town does not mend a barrier; `law` is the Land's."""

    land: str
    body: str
    law: str
    head: Dated


@dataclass(frozen=True)
class EmergencyNumber:
    """A number for help at once; `code` names its purpose in the words of each language. No `lands`: everywhere."""

    code: str
    number: str
    lands: tuple[str, ...]
    head: Dated


@cache
def enforcements(folder: Path = RULES) -> tuple[Enforcement, ...]:
    """Who enforces accessibility, per Land."""
    entries = open_rules("accessibility", folder).tables("enforcement")
    return tuple(
        Enforcement(one.text("land"), one.text("body"), one.text("law"), read_dated(one)) for one in entries
    )


@cache
def _numbers(folder: Path = RULES) -> tuple[EmergencyNumber, ...]:
    entries = open_rules("emergency", folder).tables("number")
    return tuple(
        EmergencyNumber(one.text("code"), one.text("number"), tuple(one.words("lands")), read_dated(one))
        for one in entries
    )


def enforcement_in(land: str, on: date) -> Enforcement | None:
    """The body of a Land on a day; None where the data name none."""
    return next((one for one in enforcements() if one.land == land and one.head.holds_on(on)), None)


def emergency_numbers(land: str, on: date) -> list[EmergencyNumber]:
    """The numbers that hold in a Land on a day, in the order of the file."""
    return [one for one in _numbers() if one.head.holds_on(on) and (not one.lands or land in one.lands)]
