"""Small forms: one step each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory.showing import CHOICES
from stafette.directory.words import FIELDS

WORDS = ("name", "summary", "description", "eligibility", "application_process", "fees", "alert")
LONG = ("description", "eligibility", "application_process")
MAX = {"name": 200, "summary": 400, "fees": 400, "alert": 300}


class ReasonForm(forms.Form):
    """Why something is not taken over."""

    reason = forms.CharField(label=_("Grund für den Träger"), max_length=400)


class StatusForm(forms.Form):
    """End, rest, reopen."""

    status = forms.ChoiceField(label=_("Stand"), choices=list(CHOICES["status"].items()))


class RoomForm(forms.Form):
    """Whether people are taken in at present."""

    room = forms.ChoiceField(label=_("Aufnahme"), choices=list(CHOICES["room"].items()))
    waiting_weeks = forms.IntegerField(label=_("Wartezeit in Wochen"), required=False, min_value=0)
    available = forms.IntegerField(label=_("Freie Plätze"), required=False, min_value=0)
    maximum = forms.IntegerField(label=_("Plätze insgesamt"), required=False, min_value=0)


class TextForm(forms.Form):
    """The words of a service in another language, beside the German ones; only words that German has are asked for."""

    def __init__(
        self,
        data: Any,
        *,
        german: dict[str, str],
        documents: list[str],
        initial: dict[str, Any],
        language: str,
    ) -> None:
        super().__init__(data, initial=initial)
        attrs = {"lang": "de" if language == "ls" else language, "dir": "auto"}
        self.german: dict[str, str] = {}
        for name in WORDS:
            if german.get(name):
                widget = (
                    forms.Textarea(attrs=attrs | {"rows": 4})
                    if name in LONG
                    else forms.TextInput(attrs=attrs)
                )
                label = FIELDS[name]
                self.fields[name] = forms.CharField(
                    label=label, required=False, widget=widget, max_length=MAX.get(name)
                )
                self.german[name] = german[name]
        for number, document in enumerate(documents):
            name = f"document_{number}"
            self.fields[name] = forms.CharField(
                label=_("Mitbringen"), required=False, max_length=300, widget=forms.TextInput(attrs=attrs)
            )
            self.german[name] = document

    def pairs(self) -> list[tuple[str, Any]]:
        """The German words and the field for the other ones."""
        return [(self.german[name], self[name]) for name in self.fields]

    def words(self) -> dict[str, str]:
        """The words by field."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("document_")}

    def documents(self) -> list[str]:
        """What to bring, in the order of the German list."""
        return [value for name, value in self.cleaned_data.items() if name.startswith("document_")]


class UploadForm(forms.Form):
    """A table with services."""

    file = forms.FileField(
        label=_("Datei"),
        help_text=_(
            "XLSX, ODS oder CSV. Die erste Zeile nennt die Spalten, zum Beispiel Name, Träger, Telefon."
        ),
    )
