"""Plain forms of the retention room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.retention import words
from stafette.retention.kinds import kind_choices
from stafette.web.forms import DateField


class AnnouncedFilter(forms.Form):
    """What narrows the grace list."""

    kind = forms.ChoiceField(label=_("Was"), required=False, choices=kind_choices)


class HoldForm(forms.Form):
    """Why a deletion is held up, and until when."""

    hide_required = True
    reason = forms.ChoiceField(label=_("Grund"), choices=words.REASONS)
    until_on = DateField(
        label=_("Aufhalten bis"), help_text=_("Höchstens zwölf Monate; danach nur mit neuem Grund.")
    )
    reference = forms.CharField(
        label=_("Aktenzeichen"), required=False, max_length=60, help_text=_("Bitte keine Namen.")
    )
