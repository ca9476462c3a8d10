"""Whose sheet, in which language, and who of the adults is here and agrees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.web.sheets import GERMAN, LANGUAGES


class LanguageForm(forms.Form):
    """In which language the sheet is read and printed."""

    hide_required = True
    sprache = forms.ChoiceField(label=_("Sprache"), required=False, choices=list(LANGUAGES.items()))

    def chosen(self, fallback: str) -> str:
        """The language that was asked for, else the one of the person, else German."""
        wanted = self.cleaned_data.get("sprache") if self.is_valid() else ""
        found = wanted or fallback
        return found if found in LANGUAGES else GERMAN


class PrintForm(forms.Form):
    """Print one person's sheet; for a child an adult of the household is named who takes it."""

    sprache = forms.ChoiceField(choices=list(LANGUAGES.items()))
    agreed_ids = forms.TypedMultipleChoiceField(
        label=_("Wer nimmt das Blatt für das Kind?"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, adults: Sequence[tuple[str, str]] = (), **rest: Any) -> None:
        super().__init__(data, **rest)
        agreed: Any = self.fields["agreed_ids"]
        agreed.choices = list(adults)


class FamilyForm(PrintForm):
    """One print for several people: every adult on it is here and says yes."""

    person_ids = forms.TypedMultipleChoiceField(
        label=_("Wessen Blätter?"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("sprache", "person_ids", "agreed_ids")

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[tuple[str, str]],
        adults: Sequence[tuple[str, str]],
        **rest: Any,
    ) -> None:
        super().__init__(data, adults=adults, **rest)
        fields: Any = self.fields
        fields["person_ids"].choices = list(people)
        fields["sprache"].label = _("Sprache")
        fields["agreed_ids"].label = _("Wer ist da und sagt Ja zum gemeinsamen Druck?")
