"""Opening and review of break-glass."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.notices import words
from stafette.notices.forms.outbound import StepForm


class GlassFilter(forms.Form):
    """What narrows the list."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=words.GLASS_STATES)


class OpenGlassForm(forms.Form):
    """Whose files and why; the ground stands in the address."""

    unit_id = forms.TypedChoiceField(
        label=_("Akten welcher Stelle?"),
        coerce=UUID,
        error_messages={"required": _("Wählen Sie die Stelle.")},
    )
    reason = forms.CharField(
        label=_("Was ist geschehen?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In eigenen Worten, ohne Namen. Leitung und Datenschutzbeauftragte lesen es."),
    )
    understood = forms.BooleanField(
        label=_("Ich habe gelesen, was jetzt geschieht."),
        error_messages={"required": _("Bitte lesen Sie oben, was geschieht, und bestätigen Sie es.")},
    )

    def __init__(self, *args: Any, units: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [("", _("Bitte wählen")), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The confirmation is read and not kept."""
        values: dict[str, Any] = super().clean() or {}
        values.pop("understood", None)
        return values


class ReviewForm(StepForm):
    """What one side found."""

    finding = forms.ChoiceField(
        label=_("Was hat die Prüfung ergeben?"), choices=words.GLASS_FINDINGS, widget=forms.RadioSelect
    )
