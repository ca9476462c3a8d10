"""Why a service stands where it stands, in words: what fits, and what makes it doubtful."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.directory.words import LANGUAGES

GOOD = {
    "open_now": gettext_lazy("jetzt offen"),
    "free": gettext_lazy("kostenlos"),
    "accessible": gettext_lazy("ohne Stufen"),
    "interpreters": gettext_lazy("mit Dolmetscher"),
    "for_group": gettext_lazy("für diese Gruppe"),
    "for_status": gettext_lazy("für diesen Aufenthaltsstatus"),
    "for_age": gettext_lazy("für dieses Alter"),
    "accepted": gettext_lazy("hat zuletzt angenommen"),
}
BAD = {
    "closed": gettext_lazy("vorübergehend geschlossen"),
    "full": gettext_lazy("nimmt zurzeit niemanden auf"),
    "waiting": gettext_lazy("Warteliste"),
    "stale": gettext_lazy("lange nicht bestätigt"),
    "other_group": gettext_lazy("für eine andere Gruppe"),
    "other_status": gettext_lazy("für einen anderen Aufenthaltsstatus"),
    "other_age": gettext_lazy("für ein anderes Alter"),
    "at_capacity": gettext_lazy("hat zuletzt wegen Kapazität abgelehnt"),
    "not_resp": gettext_lazy("hat sich zuletzt für nicht zuständig erklärt"),
    "link": gettext_lazy("Seite im Netz zuletzt nicht erreichbar"),
    "phone": gettext_lazy("Rufnummer zuletzt nicht wählbar"),
}


@dataclass(frozen=True)
class Said:
    """A reason in words; `is_good` says whether it speaks for the service."""

    text: str
    is_good: bool


def say(reasons: tuple[str, ...]) -> list[Said]:
    """The reasons of a hit in words, the good ones first; what needs no words is left out."""
    good = [Said(str(GOOD[one]), is_good=True) for one in reasons if one in GOOD]
    spoken = [one.partition(":")[2] for one in reasons if one.startswith("speaks:")]
    speaks = [
        Said(_("spricht {language}").format(language=LANGUAGES.get(one, one)), is_good=True) for one in spoken
    ]
    bad = [Said(str(BAD[one]), is_good=False) for one in reasons if one in BAD]
    return [*speaks, *good, *bad]
