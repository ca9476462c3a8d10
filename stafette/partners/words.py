"""Choices and words of the forms, so that forms and views hold no model."""

from django.utils.translation import gettext_lazy as _

from stafette.partners.models import PartnerKind, PartnerRequest

KINDS = PartnerKind.choices
STATE_FILTER = [
    ("", _("alle offenen")),
    *PartnerRequest.State.choices,
    ("ended", _("alle beendeten")),
    ("all", _("alle")),
]
MOVE_NAMES = {
    **PartnerRequest.NAMES,
    "fill": _("Inhalt zusammenstellen"),
    "leave_out": _("Ohne diese Angaben fragen"),
    "code": _("Code für das Telefon erzeugen"),
}
LINK_STATES = {
    "sent": _("gesendet, noch nicht geöffnet"),
    "opened": _("geöffnet, noch nicht beantwortet"),
    "used": _("beantwortet"),
    "ended": _("abgelaufen oder ersetzt"),
}
