"""Five clicks or fewer: topic, result, done; the rest is preset from the contact before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.intake.codes import Channel, Result
from stafette.intake.definition import TopicListDefinition
from stafette.people.languages import LANGUAGES

COMMON = ("bg", "ro", "pl", "uk", "tr", "ar", "en", "de")


class ContactForm(forms.Form):
    """A short contact: no name, no note."""

    hide_required = True
    topics = forms.MultipleChoiceField(
        label=_("Worum ging es?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "horizontal"}),
        help_text=_("Mehreres ist möglich."),
        error_messages={"required": _("Wählen Sie mindestens ein Thema.")},
    )
    language = forms.ChoiceField(
        label=_("Sprache"), required=False, widget=forms.RadioSelect(attrs={"class": "horizontal"})
    )
    channel = forms.ChoiceField(
        label=_("Weg"), choices=Channel.choices, widget=forms.RadioSelect(attrs={"class": "horizontal"})
    )
    result = forms.ChoiceField(
        label=_("Ergebnis"), choices=Result.choices, widget=forms.RadioSelect(attrs={"class": "horizontal"})
    )
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, topics: TopicListDefinition, **options: Any) -> None:
        """Offer the topics of the current list and the languages met most."""
        super().__init__(*args, **options)
        languages = [*((code, LANGUAGES[code]) for code in COMMON), ("", _("andere oder unbekannt"))]
        for name, offered in (
            ("topics", [(t.code, t.words["de"]) for t in topics.topics]),
            ("language", languages),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of count_contact; the unit is added by the view."""
        names = ("topics", "language", "channel", "result", "once")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def wanted_unit(self) -> UUID | None:
        """The counter that was shown, where somebody works at several."""
        unit: UUID | None = self.cleaned_data.get("unit")
        return unit
