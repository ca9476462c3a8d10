"""Choices and words of the forms, so that forms and views hold no model."""

from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import UnitKind
from stafette.notices.models import BreakGlass, ChildNotice, OutboundNotice

TALKS = ChildNotice.Talk.choices
ADVICES = ChildNotice.Consulted.choices
HELPS = ChildNotice.Help.choices
TOLD = ChildNotice.Told.choices
REPLIES = ChildNotice.Reply.choices
GROUNDS = OutboundNotice.Ground.choices
CHILD_NAMES = ChildNotice.NAMES
OUTBOUND_NAMES = OutboundNotice.NAMES
CHILD_STATES = [
    ("", _("alle offenen")),
    *ChildNotice.State.choices,
    ("ended", _("alle beendeten")),
    ("all", _("alle")),
]
OUTBOUND_STATES = [
    ("", _("alle offenen")),
    *OutboundNotice.State.choices,
    ("ended", _("alle beendeten")),
    ("all", _("alle")),
]
STEP_LABELS = {
    "observed": _("Beobachtet"),
    "talk": _("Gespräch"),
    "consult": _("Fachberatung"),
    "help": _("Hilfe"),
    "decide": _("Entscheidung"),
    "feedback": _("Rückmeldung"),
}
UNIT_KINDS = {str(kind): label for kind, label in UnitKind.choices}
GLASS_FINDINGS = BreakGlass.Finding.choices
GLASS_STATES = [("", _("zu prüfen")), *BreakGlass.State.choices[1:], ("all", _("alle"))]
