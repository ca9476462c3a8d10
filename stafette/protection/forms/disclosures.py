"""What narrows the log of disclosures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.protection.data import Channel, Mode
from stafette.protection.flow import flow_rules
from stafette.web.forms import DateField


class DisclosureFilter(forms.Form):
    """Ground, rule, way, receiver, number, period. A receiver may be a landlord: its name enters no address."""

    private = ("receiver",)
    kind = forms.ChoiceField(label=_("Weg"), required=False, choices=[("", _("alle")), *Channel.choices])
    mode = forms.ChoiceField(label=_("Grundlage"), required=False, choices=[("", _("alle")), *Mode.choices])
    rule = forms.ChoiceField(label=_("Regel"), required=False)
    receiver = forms.CharField(label=_("Empfänger"), required=False, max_length=80)
    reference = forms.CharField(label=_("Nummer"), required=False)
    since = DateField(label=_("Seit"), required=False)
    until = DateField(label=_("Bis"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        codes = dict.fromkeys(rule.id for rule in flow_rules())
        rule: Any = self.fields["rule"]
        rule.choices = [("", _("alle")), *((code, code) for code in codes)]
