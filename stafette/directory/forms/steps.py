"""Small forms: one step each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory.papers.words import documents as paper_words
from stafette.directory.showing import CHOICES
from stafette.directory.words import FIELDS

WORDS = ("name", "summary", "description", "eligibility", "application_process", "fees", "alert")
LONG = ("description", "eligibility", "application_process")
ONE_LINE = 60  # letters; what is longer is cut off in a field of one line
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
                self.german[name] = german[name]
                widget = self._widget(name, attrs)
                self.fields[name] = forms.CharField(
                    label=FIELDS[name], required=False, widget=widget, max_length=MAX.get(name)
                )
        for number, document in enumerate(documents):
            name = f"document_{number}"
            self.german[name] = document
            known = paper_words().get(document.strip().lower(), {}).get(language, "")
            hint = _("Bleibt das Feld leer, steht auf der Karte: „{word}“.")
            self.fields[name] = forms.CharField(
                label=_("Mitbringen"), required=False, max_length=300, widget=self._widget(name, attrs),
                help_text=str(hint).format(word=known) if known else "",
            )  # fmt: skip

    def _widget(self, name: str, attrs: dict[str, str]) -> forms.Widget:
        """As much room as the words need, the German or the ones that are there already."""
        if name in LONG:
            return forms.Textarea(attrs=attrs | {"rows": "4"})
        longest = max(len(self.german[name]), len(str(self.initial.get(name) or "")))
        return (
            forms.Textarea(attrs=attrs | {"rows": "2"})
            if longest > ONE_LINE
            else forms.TextInput(attrs=attrs)
        )

    def clean(self) -> dict[str, Any]:
        """Keep what is one line on cards in one line, however much room its field had."""
        given = super().clean() or self.cleaned_data
        return {name: value if name in LONG else " ".join(value.split()) for name, value in given.items()}

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
