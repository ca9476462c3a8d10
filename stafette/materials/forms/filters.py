"""What all filters of this room have in common: topics to choose from, and no error for nonsense."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TopicFilter(forms.Form):
    """Narrows a list by topic; what narrows it besides says the list."""

    topic = forms.ChoiceField(label=_("Thema"), required=False)

    def __init__(self, data: Any, *, topics: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field: Any = self.fields["topic"]
        field.choices = [("", _("alle")), *topics]

    def values(self) -> dict[str, Any]:
        """What was asked for; a form that was not filled in well narrows nothing."""
        return self.cleaned_data if self.is_valid() else {}
