"""Plain forms of the protection room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.protection.data import Mode
from stafette.web.forms import DateField


class DisclosureFilter(forms.Form):
    """What narrows the log of disclosures."""

    mode = forms.ChoiceField(label=_("Grundlage"), required=False, choices=[("", _("alle")), *Mode.choices])
    reference = forms.CharField(label=_("Nummer der Übergabe"), required=False)
    since = DateField(label=_("Seit"), required=False)
