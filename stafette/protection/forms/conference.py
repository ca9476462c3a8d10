"""A case conference: what about, who sits at the table, whom and what is spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.protection.data import Category


class ConferenceForm(forms.Form):
    """Each participant is a receiver of its own."""

    topic = forms.CharField(
        label=_("Thema"),
        max_length=200,
        help_text=_("So, wie es in der Einwilligung steht. Keine Namen, keine Einzelheiten."),
    )
    participants = forms.TypedMultipleChoiceField(
        label=_("Wer sitzt am Tisch?"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    person_ids = forms.TypedMultipleChoiceField(
        label=_("Über wen wird gesprochen?"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    categories = forms.MultipleChoiceField(
        label=_("Worüber darf gesprochen werden?"),
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, units: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["participants"].choices = list(units)
        fields["person_ids"].choices = list(people)
