"""What was signed with a partner, and when it sits where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.partners import words
from stafette.people.languages import LANGUAGES
from stafette.web.forms import DateField

Choice = tuple[str, Any]


class AgreementForm(forms.Form):
    """What was signed with a partner; the field names are the arguments of the command."""

    file_number = forms.CharField(
        label=_("Aktenzeichen"),
        max_length=60,
        help_text=_("Unter dem die unterschriebene Vereinbarung abgelegt ist."),
    )
    signed_on = DateField(label=_("Vereinbart am"))
    starts_on = DateField(label=_("Gilt ab"))
    ends_on = DateField(label=_("Gilt bis"), required=False, help_text=_("Leer heißt: bis jemand kündigt."))
    notice_weeks = forms.IntegerField(
        label=_("Kündigungsfrist in Wochen"), required=False, min_value=1, max_value=104
    )
    services = forms.MultipleChoiceField(
        label=_("Angebote im Haus"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contacts = forms.CharField(
        label=_("Ansprechstellen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Eine je Zeile. Funktionen statt Namen, zum Beispiel „Leitung Mieterberatung, 030 23125 120“."
        ),
    )
    receipt_days = forms.IntegerField(
        label=_("Eingang bestätigen in Arbeitstagen"), required=False, min_value=1, max_value=60
    )
    answer_days = forms.IntegerField(
        label=_("Antworten in Arbeitstagen"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Diese Fristen gelten für Übergaben und Anfragen Ihrer Stelle an den Partner."),
    )
    clause = forms.ChoiceField(label=_("Datenschutz"), choices=words.CLAUSES)
    clause_on = DateField(label=_("Klausel vom"), required=False)
    clause_text = forms.CharField(
        label=_("Wo die Klausel steht"),
        required=False,
        max_length=200,
        help_text=_("Zum Beispiel „Anlage 2, § 4“."),
    )

    def __init__(self, *args: Any, services: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["services"].choices = services
        if not services:
            del self.fields["services"]

    def clean_contacts(self) -> list[str]:
        """One per line."""
        lines = [line.strip() for line in self.cleaned_data["contacts"].splitlines() if line.strip()]
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("Eine Zeile darf höchstens 200 Zeichen haben."))
        return lines

    def clean(self) -> dict[str, Any]:
        """Days in order; a clause has its day."""
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("starts_on"), values.get("ends_on")
        if since and until and until < since:
            self.add_error("ends_on", _("Das Ende liegt vor dem Beginn. Prüfen Sie die beiden Tage."))
        if values.get("clause", "none") != "none" and not values.get("clause_on"):
            self.add_error("clause_on", _("Geben Sie an, von welchem Tag die Klausel ist."))
        if values.get("clause") == "none":
            values["clause_on"], values["clause_text"] = None, ""
        return values


class NewAgreementForm(AgreementForm):
    """The same for a new one, with whom it was signed, and by which unit where more than one may be meant."""

    field_order = ("unit_id", "partner_id")
    unit_id = forms.TypedChoiceField(label=_("Stelle"), coerce=UUID)
    partner_id = forms.TypedChoiceField(label=_("Partner"), coerce=UUID)

    def __init__(self, *args: Any, units: list[Choice], partners: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["partner_id"].choices = [("", _("Bitte wählen")), *partners]
        fields["unit_id"].choices = [("", _("Bitte wählen")), *units]
        self.only = UUID(units[0][0]) if len(units) == 1 else None
        if self.only:
            del self.fields["unit_id"]

    def clean(self) -> dict[str, Any]:
        """Where there is only one unit nobody has to name it."""
        values = super().clean()
        return values | {"unit_id": self.only} if self.only else values


HOURS = ("%H:%M", "%H.%M", "%H")
WRONG_HOUR = {"invalid": _("Geben Sie die Uhrzeit so ein: 14:30.")}


def _hour(pattern: str) -> forms.TextInput:
    """A narrow field that shows how an hour is typed."""
    return forms.TextInput(attrs={"class": "st-width-s", "placeholder": pattern, "autocomplete": "off"})


class DeskTimeForm(forms.Form):
    """When the partner sits where."""

    hide_required = True
    weekday = forms.TypedChoiceField(label=_("Wochentag"), coerce=int, choices=words.WEEKDAYS)
    opens_at = forms.TimeField(
        label=_("Von"), input_formats=HOURS, widget=_hour("10:00"), error_messages=WRONG_HOUR
    )
    closes_at = forms.TimeField(
        label=_("Bis"), input_formats=HOURS, widget=_hour("12:30"), error_messages=WRONG_HOUR
    )
    desk = forms.IntegerField(label=_("Platz Nr."), min_value=1, max_value=20)
    every = forms.TypedChoiceField(label=_("Wie oft"), coerce=int, choices=words.RHYTHMS)
    first_on = DateField(
        label=_("Zum ersten Mal in der Woche vom"), required=False, help_text=_("Nur, wenn nicht jede Woche.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Sprachen"), required=False, choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "horizontal"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """From before until."""
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("opens_at"), values.get("closes_at")
        if since and until and until <= since:
            self.add_error(
                "closes_at", _("Das Ende liegt vor dem Anfang. Tauschen Sie die beiden Uhrzeiten.")
            )
        return values
