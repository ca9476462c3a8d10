"""Filters of the list of talks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.intake.queries import TALK_STATES
from stafette.people.languages import LANGUAGES
from stafette.web.forms import DateField


class TalkFilter(forms.Form):
    """What one looks for in the list of talks."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=[("", _("alle")), *TALK_STATES])
    language = forms.ChoiceField(
        label=_("Sprache"),
        required=False,
        choices=[("", _("alle")), *sorted(LANGUAGES.items(), key=lambda item: str(item[1]))],
    )
    since = DateField(label=_("Begonnen ab"), required=False)
    until = DateField(label=_("bis"), required=False)
    mine = forms.BooleanField(label=_("Nur von mir geführte"), required=False)
