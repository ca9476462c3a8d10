"""What is asked when somebody agrees, agrees anew, or withdraws."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stafette.protection.kinds import BY_NAME, OWN_USE, WITH_TOPIC, Kind
from stafette.protection.numbers import read_number
from stafette.protection.saying import FORMS, LANGUAGE_CHOICES, SAID_BY
from stafette.web.forms import DateField

STATES = [
    ("", _("alle")),
    ("soon", _("läuft bald ab")),
    ("holds", _("gilt")),
    ("lapsed", _("abgelaufen")),
    ("withdrawn", _("widerrufen")),
]
Choice = tuple[str, Any]


class NumberField(forms.CharField):
    """The number of a consent as people type it; a slip of the finger is told before anything happens."""

    default_error_messages = {
        "wrong": _(
            "In der Nummer steckt ein Tippfehler. Sie steht auf dem Beleg und sieht so aus: E-7K4-M9Q-2TX."
        )
    }

    def clean(self, value: Any) -> str:
        """Return the number as it is written here."""
        text = super().clean(value)
        number = read_number(text) if text else ""
        if number is None:
            raise ValidationError(self.error_messages["wrong"], code="wrong")
        return number


class ConsentFilter(forms.Form):
    """What narrows the list of consents."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("alle")), *Kind.choices])
    number = NumberField(label=_("Nummer"), required=False)


class HowForm(forms.Form):
    """How it was said, and before whom; the token makes a second click harmless."""

    form = forms.ChoiceField(
        label=_("Wie wurde eingewilligt?"),
        choices=FORMS,
        initial="written",
        widget=forms.RadioSelect(attrs={"class": "horizontal"}),
    )
    witness = forms.CharField(
        label=_("Wer bezeugt eine mündliche Einwilligung?"),
        required=False,
        max_length=120,
        help_text=_("Funktion genügt, zum Beispiel „Kollegin am Schalter 2“."),
    )
    interpreter = forms.CharField(
        label=_("Sprachmittlung"),
        required=False,
        max_length=120,
        help_text=_("Zum Beispiel „Übersetzungsgerät“ oder „Dolmetscherpool“."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class AgreeForm(HowForm):
    """One sheet: whom, what, for whom. Nothing is ticked beforehand except the people of the household."""

    receiver_ids = forms.TypedMultipleChoiceField(
        label=_("Für welche Stellen gilt es? Jede zählt für sich."),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    names = forms.CharField(
        label=_("Wer noch, der keine Stelle im Programm ist?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Eine Zeile je Person oder Einrichtung, zum Beispiel „Hausarztpraxis am Markt“."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Was ist angekreuzt?"), widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(label=_("Zweck"), required=False)
    topic = forms.CharField(
        label=_("Thema"),
        required=False,
        max_length=300,
        help_text=_("In einem Satz, ohne Einzelheiten, zum Beispiel „Schulbesuch der Kinder“."),
    )
    person_ids = forms.TypedMultipleChoiceField(
        label=_("Für wen gilt das?"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    guardian_ids = forms.TypedMultipleChoiceField(
        label=_("Wer stimmt für Kinder zu?"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nur nötig, wenn die Einwilligung für Kinder gilt: Eltern oder Sorgeberechtigte."),
    )
    language = forms.ChoiceField(label=_("Sprache des Gesprächs"), choices=LANGUAGE_CHOICES)
    expires_on = DateField(
        label=_("Gilt bis"), required=False, help_text=_("Leer: die übliche Dauer, siehe unten.")
    )
    field_order = (
        *("receiver_ids", "names", "categories", "purpose", "topic", "person_ids", "guardian_ids"),
        *("language", "form", "witness", "interpreter", "expires_on", "key"),
    )

    def __init__(self, *args: Any, kind: Kind, choices: dict[str, list[Choice]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        dropped = [] if kind in WITH_TOPIC else ["topic"]
        dropped += [] if kind is Kind.DATA else ["purpose"]
        if kind in OWN_USE:
            dropped += ["receiver_ids", "names"]
        elif kind in BY_NAME:
            dropped.append("receiver_ids")
            self.fields["names"].label = _("Vermieterin, Vermieter oder Patin, Pate")
        for name in dropped:
            del self.fields[name]
        if "topic" in self.fields:
            self.fields["topic"].required = True

    def clean_names(self) -> list[str]:
        """One receiver per line."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class WithdrawForm(forms.Form):
    """Who withdrew, and how; a word is enough."""

    said_by = forms.ChoiceField(label=_("Wer widerruft?"), required=False, choices=SAID_BY, initial="person")
    form = forms.ChoiceField(
        label=_("Wie wurde widerrufen?"),
        required=False,
        choices=[(code, label if code != "spoken" else _("mündlich")) for code, label in FORMS],
        initial="spoken",
    )

    def clean_said_by(self) -> str:
        """Nothing said means the person itself."""
        return self.cleaned_data["said_by"] or "person"

    def clean_form(self) -> str:
        """Nothing said means by word."""
        return self.cleaned_data["form"] or "spoken"


class WithdrawByNumberForm(WithdrawForm):
    """A withdrawal for whatever unit: by the number on the receipt."""

    number = NumberField(
        label=_("Nummer auf dem Beleg"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "st-width-m"}),
        help_text=_("Zum Beispiel E-7K4-M9Q-2TX. Striche und Leerzeichen sind gleich."),
    )
    language = forms.ChoiceField(label=_("Sprache des Belegs"), choices=LANGUAGE_CHOICES)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("number", "said_by", "form", "language", "key")
