"""How readings are narrowed down, reviewed and explained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.oversight.asking import Reason
from stafette.oversight.wordlists import KINDS, VERDICTS
from stafette.web.forms import DateField

Choices = Iterable[tuple[str, str]]


class ReadingFilter(forms.Form):
    """Account, unit, kind, period, number of a record, and whether a reason was asked for."""

    hide_required = True
    account_id = forms.ChoiceField(label=_("Konto"), required=False)
    unit_id = forms.ChoiceField(label=_("Stelle"), required=False)
    kind = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("alle")), *KINDS])
    since = DateField(label=_("Von"), required=False)
    until = DateField(label=_("Bis"), required=False)
    number = forms.CharField(
        label=_("Nummer"), required=False, max_length=12, min_length=4,
        help_text=_("Die letzten Zeichen der Nummer von Datensatz oder Akte."),
    )  # fmt: skip
    asked = forms.BooleanField(label=_("nur mit Begründung"), required=False)


def reading_filter(units: Choices, accounts: Choices) -> type[ReadingFilter]:
    """The filter with the units and accounts that this officer oversees."""

    class Filter(ReadingFilter):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["account_id"].choices = [("", _("alle")), *accounts]  # type: ignore[attr-defined]
            self.fields["unit_id"].choices = [("", _("alle")), *units]  # type: ignore[attr-defined]

    return Filter


class ReviewForm(forms.Form):
    """What came of looking at a reading."""

    verdict = forms.ChoiceField(label=_("Ergebnis"), choices=VERDICTS, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Vermerk"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wonach Sie fragen oder was die Nachfrage ergab. Keine Namen von Betroffenen."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A question needs words."""
        data = super().clean() or {}
        if data.get("verdict") == "ask" and not data.get("note", "").strip():
            self.add_error("note", _("Schreiben Sie auf, wonach Sie fragen."))
        return data


class WhyForm(forms.Form):
    """Why somebody opens a file in which nothing is going on."""

    reason = forms.ChoiceField(
        label=_("Warum öffnen Sie diese Akte?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Stichwort"),
        required=False,
        max_length=200,
        help_text=_("Kurz, ohne Namen."),
    )

    def clean(self) -> dict[str, Any]:
        """Another reason needs a word."""
        data = super().clean() or {}
        if data.get("reason") == Reason.OTHER and not data.get("text", "").strip():
            self.add_error("text", _("Nennen Sie den Grund in einem Stichwort."))
        return data
