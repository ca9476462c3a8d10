"""Plain forms of the properties room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.properties import words


class HintFilter(forms.Form):
    """What narrows the list of hints."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=words.STATE_FILTER)
    indication = forms.ChoiceField(
        label=_("Anzeichen"), required=False, choices=[("", _("alle")), *words.INDICATIONS]
    )
    street = forms.CharField(label=_("Straße"), required=False)


class CloseForm(forms.Form):
    """What came of a hint."""

    hide_required = True
    result = forms.ChoiceField(label=_("Ergebnis der Prüfung"), choices=words.RESULTS)
