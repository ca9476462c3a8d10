"""German words of the protection room for screens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stafette.accounts.models import UnitKind
from stafette.protection.data import Category, Condition, Mode
from stafette.protection.flow import ANY, FlowRule

OUTSIDE: dict[str, Any] = {
    "AB": lazy("Ausländerbehörde"),
    "AG": lazy("Arbeitgeber"),
    "ARZ": lazy("Arztpraxis"),
    "BEH": lazy("andere Behörde"),
    "BUS": lazy("Bußgeldstelle"),
    "DOL": lazy("Sprachmittlung"),
    "FAM": lazy("die Person selbst"),
    "FW": lazy("Feuerwehr"),
    "GU": lazy("Gemeinschaftsunterkunft"),
    "IM": lazy("Integrationsmanagement der Stadt"),
    "POL": lazy("Polizei"),
    "SA": lazy("Sozialamt"),
    "SELF": lazy("die eigene Stelle"),
    "STAT": lazy("Statistik"),
    "UMW": lazy("Umweltamt"),
    "VM": lazy("Wohnungsgeber"),
    "ZOLL": lazy("Zoll"),
}
COLOURS = {Mode.FORBIDDEN: "danger", Mode.CONSENT: "warning", Mode.REQUEST: "warning"}


def party_word(kind: str) -> str:
    """The word for a kind of body, as the matrix means it."""
    if kind == ANY:
        return _("alle Stellen")
    return str(OUTSIDE[kind]) if kind in OUTSIDE else str(dict(UnitKind.choices).get(kind, kind))


def party_words(kinds: Iterable[str]) -> str:
    """Several, in the order of the alphabet."""
    return ", ".join(sorted(party_word(kind) for kind in kinds))


def category_words(categories: Iterable[str]) -> str:
    """Kinds of data in the order in which they are always named."""
    wanted = set(categories)
    return ", ".join(str(one.label) for one in Category if one in wanted)


def condition_words(rule: FlowRule) -> list[str]:
    """What a rule asks for beyond its ground."""
    words = [str(Condition(one).label) for one in rule.conditions]
    if rule.request_months:
        words.append(_("Ersuchen höchstens {number} Monate alt").format(number=rule.request_months))
    return words


def mode_colour(mode: str) -> str:
    """The colour of a ground; the word beside it says the same."""
    return COLOURS.get(Mode(mode), "info")
