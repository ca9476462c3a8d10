"""A request of another authority, and why it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.protection.data import Category
from stafette.web.forms import DateField

REFUSALS = [
    ("", _("bitte wählen")),
    ("not_allowed", _("die Regel erlaubt es nicht")),
    ("too_old", _("Ersuchen ist zu alt")),
    ("no_reason", _("Begründung fehlt oder reicht nicht")),
    ("protected", _("schutzwürdige Belange der Person gehen vor")),
    ("unknown", _("dazu liegt nichts vor")),
]


class RequestForm(forms.Form):
    """Who asks, when, what for, about whom."""

    unit_id = forms.TypedChoiceField(label=_("Für welche Stelle?"), coerce=UUID)
    body_kind = forms.ChoiceField(label=_("Wer fragt?"))
    body_name = forms.CharField(label=_("Behörde und Dienststelle"), max_length=200)
    their_reference = forms.CharField(label=_("Aktenzeichen dort"), required=False, max_length=80)
    dated_on = DateField(label=_("Datum des Ersuchens"))
    categories = forms.MultipleChoiceField(
        label=_("Was wird gefragt?"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )
    justification = forms.CharField(
        label=_("Begründung der Behörde"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("So, wie sie im Ersuchen steht. Ohne Begründung wird nichts beantwortet."),
    )
    household_id = forms.TypedChoiceField(
        label=_("Um wen geht es?"),
        coerce=UUID,
        required=False,
        empty_value=None,
        help_text=_("Leer lassen, wenn hier niemand bekannt ist."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        units: Sequence[tuple[str, str]],
        bodies: Sequence[tuple[str, str]],
        households: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["unit_id"].choices = list(units)
        fields["body_kind"].choices = list(bodies)
        fields["household_id"].choices = [("", _("niemand bekannt")), *households]


class RefusalForm(forms.Form):
    """Why it is turned down: a code, no text."""

    refusal = forms.ChoiceField(label=_("Grund"), choices=REFUSALS)
