"""Words that forms and pages offer, so that neither holds a model."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from stafette.people.models import ClosedFile
from stafette.rights.models import Channel, Identity, Kind, SubjectRequest

KINDS: list[tuple[str, Any]] = list(Kind.choices)
HINTS: dict[str, Any] = {
    Kind.ACCESS: _("Was weiß die Stelle über mich?"),
    Kind.CORRECTION: _("Etwas ist falsch oder fehlt."),
    Kind.CONTESTED: _("Die Person sagt: stimmt nicht. Beweisen lässt es sich nicht."),
    Kind.RESTRICTION: _("Die Daten sollen bleiben, aber niemand soll sie benutzen."),
    Kind.OBJECTION: _("Die Stelle soll aufhören, obwohl ihre Aufgabe es erlaubt."),
    Kind.ERASURE: _("Die Daten sollen weg."),
    Kind.PORTABILITY: _("Als Datei, was mit Einwilligung gespeichert ist."),
}
CHANNELS: list[tuple[str, Any]] = [pair for pair in Channel.choices if pair[0] != Channel.PASSED_ON]
IDENTITIES: list[tuple[str, Any]] = list(Identity.choices)
CHECKED: list[tuple[str, Any]] = [pair for pair in IDENTITIES if pair[0]]
MOVE_NAMES: dict[str, Any] = dict(SubjectRequest.NAMES)
STATE_FILTER: list[tuple[str, Any]] = [
    ("", _("offen")),
    *SubjectRequest.State.choices,
    ("all", _("alle")),
]
GROUNDS: list[tuple[str, Any]] = [
    (ClosedFile.Reason.CONTESTED, _("Richtigkeit bestritten, wird geprüft (Art. 18 Abs. 1 Buchst. a)")),
    (ClosedFile.Reason.UNLAWFUL, _("Verarbeitung unrechtmäßig, Person will keine Löschung (Buchst. b)")),
    (ClosedFile.Reason.CLAIM, _("Person braucht die Daten für einen Rechtsanspruch (Buchst. c)")),
    (ClosedFile.Reason.OBJECTION, _("Widerspruch wird noch geprüft (Buchst. d)")),
]
