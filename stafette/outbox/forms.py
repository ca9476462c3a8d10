"""Forms of the outbox; cleaned_data are the arguments of the commands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import today
from stafette.outbox.queries import PAUSE_REASONS, RHYTHMS, STATES
from stafette.web.forms import DateField


class MessageFilter(forms.Form):
    """Which mails the list shows."""

    hide_required = True
    state = forms.ChoiceField(label=_("Stand"), required=False, choices=[("", _("alle")), *STATES])
    reference = forms.CharField(label=_("Nummer"), required=False, max_length=60)


class ChoiceForm(forms.Form):
    """How one wants to hear of things."""

    rhythm = forms.ChoiceField(label=_("Wie oft?"), choices=RHYTHMS, widget=forms.RadioSelect)
    pause_reason = forms.ChoiceField(
        label=_("Pause: warum?"), required=False, choices=[("", _("keine Pause")), *PAUSE_REASONS]
    )
    paused_until = DateField(
        label=_("Pause: bis einschließlich"),
        required=False,
        help_text=_(
            "Was bis dahin anfällt, bekommen Sie danach gesammelt. Ist eine Frist schon abgelaufen, geht die Mail an "
            "Ihre Vertretung; gibt es keine, trotz Pause an Sie."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """A pause needs its reason and an end that lies ahead; without a reason there is none."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        until, reason = values.get("paused_until"), values.get("pause_reason", "")
        if reason and until is None and "paused_until" not in self.errors:
            self.add_error("paused_until", ValidationError(_("Bis wann soll die Pause dauern?")))
        if until is not None and not reason:
            self.add_error("pause_reason", ValidationError(_("Bitte sagen Sie, warum Sie pausieren.")))
        if until is not None and until < today():
            self.add_error("paused_until", ValidationError(_("Dieser Tag ist schon vorbei.")))
        return values
