"""The file that editors take over, and for whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory.queries import organization_codes


def _providers() -> list[tuple[str, Any]]:
    named = sorted(organization_codes().items(), key=lambda one: one[1].lower())
    return [("", _("keiner: solche Angebote bleiben draußen")), *named]


class ExchangeForm(forms.Form):
    """A file in one of the formats, who it is from, and whose services are without a provider."""

    file = forms.FileField(
        label=_("Datei"),
        help_text=_(
            "HSDS als JSON oder als ZIP mit Tabellen, oder XZuFi als XML. Geschrieben wird erst später."
        ),
        error_messages={"required": _("Bitte wählen Sie eine Datei aus.")},
    )
    origin = forms.CharField(
        label=_("Von wem ist die Datei?"),
        max_length=200,
        required=False,
        help_text=_("Steht als Herkunft an neuen Einträgen, zum Beispiel „Landesredaktion“."),
    )
    provider = forms.ChoiceField(
        label=_("Träger für Angebote ohne Träger"), required=False, choices=_providers
    )


class TakeForm(forms.Form):
    """Which preview is taken over; the file itself waits on the server."""

    ticket = forms.RegexField(r"^[A-Za-z0-9_-]{20,64}$")
