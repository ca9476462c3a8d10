"""The day on which a body committed itself in writing, and until when."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.web.forms import DateField


class DeclarationForm(forms.Form):
    """What stands on the paper."""

    given_on = DateField(label=_("Unterschrieben am"))
    expires_on = DateField(
        label=_("Gilt bis vor dem"),
        required=False,
        help_text=_("Nur ausfüllen, wenn die Verpflichtung selbst ein Ende nennt: der erste Tag ohne sie."),
    )
