"""Plain forms of the coordination office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.web.forms import DateField


class PeriodForm(forms.Form):
    """From when to when; without an answer the last three months."""

    hide_required = True
    since = DateField(label=_("Gesendet von"), required=False)
    until = DateField(label=_("bis"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie die Daten."))
        return values
