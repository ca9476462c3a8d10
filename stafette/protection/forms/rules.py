"""What narrows the table of flow rules, and the period of which their use is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import today
from stafette.protection.data import Mode
from stafette.protection.flow import flow_rules
from stafette.protection.words import party_word
from stafette.web.forms import DateField


class RuleFilter(forms.Form):
    """Unit, ground, words and day; without a day the rules of today."""

    stelle = forms.ChoiceField(label=_("Stelle"), required=False)
    grundlage = forms.ChoiceField(
        label=_("Grundlage"), required=False, choices=[("", _("alle")), *Mode.choices]
    )
    text = forms.CharField(label=_("Wort, Norm oder Nummer"), required=False, max_length=60)
    tag = DateField(label=_("Stand am"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = {kind for rule in flow_rules() for kind in rule.senders | rule.receivers} - {"*"}
        stelle: Any = self.fields["stelle"]
        stelle.choices = [
            ("", _("alle")),
            *sorted(((kind, party_word(kind)) for kind in kinds), key=lambda one: one[1]),
        ]

    def facts(self) -> dict[str, Any]:
        """What was asked for; a form that was not filled in well narrows nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        return {**given, "tag": given.get("tag") or today()}


class PeriodForm(forms.Form):
    """From when to when; without days the current year up to today."""

    hide_required = True
    von = DateField(label=_("Von"), required=False)
    bis = DateField(label=_("Bis"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given: dict[str, Any] = super().clean() or {}
        since, until = self._days(given)
        if until < since:
            self.add_error("bis", _("Der Zeitraum endet vor seinem Anfang. Bitte prüfen Sie die Daten."))
        return given

    def days(self) -> tuple[date, date]:
        """First and last day."""
        return self._days(self.cleaned_data if self.is_valid() else {})

    @staticmethod
    def _days(given: dict[str, Any]) -> tuple[date, date]:
        until = given.get("bis") or today()
        return given.get("von") or until.replace(month=1, day=1), until
