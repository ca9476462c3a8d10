"""Forms of the register of breaches; cleaned_data are the arguments of the commands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stafette.oversight.wordlists import CONSEQUENCES, DATA_KINDS, NATURES, QUESTIONS, RISKS, TELLINGS
from stafette.web.forms import DateField

Choices = Iterable[tuple[str, str]]
WORDS = {"rows": 4}


def _text(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=4000, help_text=hint, widget=forms.Textarea(attrs=WORDS)
    )


def _boxes(label: Any, choices: Any, *, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, widget=forms.CheckboxSelectMultiple
    )


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, input_formats=["%H:%M", "%H.%M", "%H%M", "%H"],
        widget=forms.TimeInput(attrs={"class": "st-width-s", "placeholder": "14:30", "autocomplete": "off"}),
        error_messages={"invalid": _("Geben Sie die Uhrzeit als Stunde:Minute ein, zum Beispiel 14:30.")},
    )  # fmt: skip


class Momentous(forms.Form):
    """A form in which a day and a time make one moment in the time of the town."""

    MOMENT = ("", "")  # name of the moment, prefix of its two fields

    def clean(self) -> dict[str, Any]:
        """Put the two together; a wrong part has its own message already."""
        data = super().clean() or {}
        name, prefix = self.MOMENT
        day, clock = data.pop(f"{prefix}_on", None), data.pop(f"{prefix}_time", None)
        if day and clock is not None:
            data[name] = timezone.make_aware(datetime.combine(day, clock))
        return data


class ReportForm(Momentous):
    """What a colleague tells in two minutes: when noticed, where, what."""

    MOMENT = ("detected_at", "detected")
    unit_id = forms.TypedChoiceField(label=_("In welcher Stelle?"), coerce=UUID)
    detected_on = DateField(label=_("Bemerkt am"))
    detected_time = _time(_("Uhrzeit"))
    natures = _boxes(_("Was ist geschehen?"), NATURES, required=False)
    what = _text(_("Beschreibung"), _("Zwei Sätze reichen. Keine Namen von Betroffenen."))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = list(units)  # type: ignore[attr-defined]


class AssessForm(Momentous):
    """What the notification asks for (Art. 33(3)), and how great the risk is."""

    MOMENT = ("aware_at", "aware")
    aware_on = DateField(label=_("Kenntnis seit"), help_text=_("Ab hier laufen die 72 Stunden."))
    aware_time = _time(_("Uhrzeit"))
    what = _text(_("Was ist geschehen?"), _("Ohne Namen: Dieser Text steht in der Meldung."))
    natures = _boxes(_("Art der Verletzung"), NATURES)
    data_kinds = _boxes(_("Arten von Daten"), DATA_KINDS)
    units = forms.MultipleChoiceField(
        label=_("Beteiligte Stellen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    people_count = forms.IntegerField(label=_("Zahl der Personen, ungefähr"), required=False, min_value=0)
    records_count = forms.IntegerField(label=_("Zahl der Datensätze, ungefähr"), required=False, min_value=0)
    consequences = _boxes(_("Wahrscheinliche Folgen"), CONSEQUENCES, required=False)
    effects = _text(_("Folgen, näher beschrieben"), required=False)
    measures = _text(_("Maßnahmen"), _("Was schon getan ist und was noch geschieht."))
    risk = forms.ChoiceField(label=_("Risiko für die Personen"), choices=RISKS, widget=forms.RadioSelect)
    risk_reason = _text(_("Warum dieses Risiko?"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ids of units as such."""
        data = super().clean()
        return data | {"units": [UUID(one) for one in data.get("units", [])]}


class NotifyForm(Momentous):
    """When the authority was told, and why so late if it was."""

    MOMENT = ("at", "at")
    authority = forms.CharField(label=_("Aufsichtsbehörde"), max_length=200)
    at_on = DateField(label=_("Gemeldet am"))
    at_time = _time(_("Uhrzeit"))
    late_reason = _text(_("Grund der Verzögerung"), _("Nur nach Ablauf der 72 Stunden."), required=False)


class LeaveForm(forms.Form):
    """Why the authority is not told."""

    reason = _text(
        _("Warum besteht kein Risiko?"), _("Diese Begründung weist das Register nach (Art. 33 Abs. 5).")
    )


class TellingForm(forms.Form):
    """Whether the people are told."""

    telling = forms.ChoiceField(
        label=_("Benachrichtigung der Personen"), choices=TELLINGS, widget=forms.RadioSelect
    )
    told_on = DateField(label=_("Benachrichtigt am"), required=False)


class WantedForm(forms.Form):
    """By which question the people concerned are found."""

    question = forms.ChoiceField(label=_("Wen betrifft es?"), choices=QUESTIONS, widget=forms.RadioSelect)
    units = forms.MultipleChoiceField(
        label=_("In welchen Stellen suchen?"), widget=forms.CheckboxSelectMultiple
    )
    since = DateField(label=_("Von"))
    until = DateField(label=_("Bis"))
    account_id = forms.TypedChoiceField(
        label=_("Konto, das gelesen hat"), coerce=UUID, required=False, empty_value=None
    )
    receiver_id = forms.TypedChoiceField(
        label=_("Stelle, an die übergeben wurde"), coerce=UUID, required=False, empty_value=None
    )
    street = forms.CharField(
        label=_("Straße"), required=False, max_length=120, help_text=_("Ohne Hausnummer.")
    )

    def __init__(
        self, *args: Any, units: Choices, accounts: Choices, receivers: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        none = [("", "–")]
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]
        self.fields["account_id"].choices = none + list(accounts)  # type: ignore[attr-defined]
        self.fields["receiver_id"].choices = none + list(receivers)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each question needs its own answer; days become moments of the town."""
        data = super().clean() or {}
        needed = {"readings": "account_id", "referrals": "receiver_id", "street": "street"}
        field = needed.get(data.get("question", ""))
        if field and not data.get(field):
            self.add_error(field, _("Diese Angabe braucht die Frage."))
        for name, clock in (("since", time.min), ("until", time.max)):
            if data.get(name):
                data[name] = timezone.make_aware(datetime.combine(data[name], clock))
        data["units"] = [UUID(one) for one in data.get("units", [])]
        return data
