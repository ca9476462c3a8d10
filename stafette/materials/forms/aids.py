"""What editors fill in about work aids, and what narrows their list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.kernel.errors import BadInput
from stafette.materials.choices import LANGUAGE_WORDS, TARGET_GROUPS
from stafette.materials.forms.filters import TopicFilter
from stafette.materials.scanning import Scan, scan
from stafette.web.forms import DateField

KINDS = [
    ("overview", _("Übersicht")),
    ("list", _("Liste")),
    ("scan", _("Eingescanntes Blatt")),
    ("flyer", _("Flyer")),
    ("link", _("Link")),
]


class AidFilter(TopicFilter):
    """Words in titles and texts, and what a work aid is about."""

    q = forms.CharField(label=_("Suche in Titel und Text"), required=False, max_length=100)
    target_group = forms.ChoiceField(
        label=_("Zielgruppe"), required=False, choices=[("", _("alle")), *TARGET_GROUPS.items()]
    )
    language = forms.ChoiceField(
        label=_("Sprache"), required=False, choices=[("", _("alle")), *LANGUAGE_WORDS.items()]
    )
    kind = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("alle")), *KINDS])
    stale = forms.BooleanField(label=_("nur zu prüfende"), required=False)
    field_order = ("q", "topic")


class AidForm(forms.Form):
    """A work aid with its file; the text is taken from the file and may be corrected by hand."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    kind = forms.ChoiceField(label=_("Art"), choices=KINDS)
    summary = forms.CharField(label=_("Wofür ist das?"), max_length=400, required=False)
    language = forms.ChoiceField(label=_("Sprache"), choices=list(LANGUAGE_WORDS.items()), initial="de")
    dated_on = DateField(label=_("Stand des Blatts"), help_text=_("Das Datum, das darauf steht."))
    valid_until = DateField(
        label=_("Gilt bis"), required=False, help_text=_("Leer: wird nach einem Jahr zum Prüfen gemeldet.")
    )
    owner_function = forms.CharField(
        label=_("Wer hält es aktuell?"),
        max_length=120,
        required=False,
        help_text=_("Funktion, kein Name: „Leitung Willkommenszentrum“."),
    )
    topics = forms.MultipleChoiceField(label=_("Themen"), required=False, widget=forms.CheckboxSelectMultiple)
    target_groups = forms.MultipleChoiceField(
        label=_("Zielgruppen"),
        required=False,
        choices=list(TARGET_GROUPS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    url = forms.URLField(label=_("Adresse im Netz"), required=False, max_length=400, assume_scheme="https")
    file = forms.FileField(
        label=_("Datei"), required=False, help_text=_("PDF, JPEG oder PNG, ohne Angaben zu Ratsuchenden.")
    )
    text = forms.CharField(
        label=_("Text zum Suchen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Leer lassen: Der Text wird aus der Datei gelesen, wo das geht."),
    )

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topics"]
        field.choices = topics

    def clean_file(self) -> Scan | None:
        """Look into the file before anything is kept; what is wrong stands beside the field."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        try:
            return scan(file.read(), self.cleaned_data.get("language", "de"))
        except BadInput as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        """A link needs its address, an end comes after the beginning."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == "link" and not given.get("url"):
            self.add_error("url", _("Ein Link braucht seine Adresse."))
        if given.get("valid_until") and given.get("dated_on") and given["valid_until"] < given["dated_on"]:
            self.add_error("valid_until", _("Das Ende liegt vor dem Datum des Blatts."))
        return given
