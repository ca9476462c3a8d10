"""Plain forms of the coordination office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.steering.words import quarter_label


class QuarterForm(forms.Form):
    """Which quarter. Periods lie side by side and cannot be chosen freely: two that overlap could be subtracted."""

    hide_required = True
    quartal = forms.ChoiceField(label=_("Zeitraum"), required=False)

    def __init__(self, data: Any, *, quarters: list[date]) -> None:
        super().__init__(data)
        field: Any = self.fields["quartal"]
        field.choices = [(f"{start:%Y-%m-%d}", quarter_label(start)) for start in quarters]
        self.initial["quartal"] = f"{quarters[0]:%Y-%m-%d}"
        self.latest = quarters[0]

    def start(self) -> date:
        """The first day of the chosen quarter; the present one without a choice."""
        chosen = self.cleaned_data.get("quartal") if self.is_valid() else ""
        return date.fromisoformat(chosen) if chosen else self.latest


class PairsForm(QuarterForm):
    """Which pairs: from whom, to whom, why."""

    von = forms.ChoiceField(label=_("Von"), required=False)
    an = forms.ChoiceField(label=_("An"), required=False)
    anlass = forms.ChoiceField(label=_("Feststellung"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        quarters: list[date],
        units: list[tuple[str, str]],
        findings: list[tuple[str, str]],
    ) -> None:
        super().__init__(data, quarters=quarters)
        fields: Any = self.fields
        fields["von"].choices = fields["an"].choices = [("", _("alle")), *units]
        fields["anlass"].choices = [("", _("alle")), *findings]

    def chosen(self) -> dict[str, str]:
        """Which lines are picked, by what; nothing where all are shown or the form was not filled in well."""
        facts = self.cleaned_data if self.is_valid() else {}
        return {name: facts[name] for name in ("von", "an", "anlass") if facts.get(name)}
