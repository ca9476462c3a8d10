"""From a figure to the telephone: which units to call first, and why. Never a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.steering import words
from stafette.steering.queries import Picture, UnitName

MOST = 4
TOO_FEW_IN_TIME = 80


@dataclass(frozen=True)
class Call:
    """A unit to call, with its reasons."""

    unit: UnitName
    why: list[str]
    url: str


def units_to_call(picture: Picture) -> list[Call]:
    """Units where things are late now or answers come late, the worst first."""
    answers = {node.path[0]: node for node in picture.root.children}
    found = []
    for load in picture.loads:
        why = []
        if load.late:
            why.append(
                _("{late} von {open} offenen Übergaben sind überfällig").format(
                    late=load.late, open=words.count(load.open)
                )
            )
        node = answers.get(load.unit.pk)
        percent = words.percent(node.part("in_time", 0), node.whole("in_time")) if node else None
        if node and percent is not None and percent < TOO_FEW_IN_TIME:
            said = words.share(node.part("in_time", 0), node.whole("in_time"))
            why.append(_("rechtzeitig beantwortet: {share}").format(share=said))
        if why:
            found.append(Call(load.unit, why, reverse("accounts:unit", args=[load.unit.code])))
    return found[:MOST]
