"""Begin a talk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.intake.codes import DocumentCheck, Interpreting
from stafette.intake.definition import FormDefinition


class StartForm(forms.Form):
    """Who takes part, in which language, and whether they agree; the consent stands alone, nothing is preset."""

    hide_required = True
    persons = forms.MultipleChoiceField(
        label=_("Um wen geht es?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens eine Person.")},
    )
    language = forms.ChoiceField(label=_("Sprache des Gesprächs"))
    interpreting = forms.ChoiceField(
        label=_("Wie verständigen Sie sich?"), choices=Interpreting.choices, widget=forms.RadioSelect
    )
    document_check = forms.ChoiceField(
        label=_("Papiere geprüft?"),
        choices=DocumentCheck.choices,
        initial=DocumentCheck.NOT_DONE,
        widget=forms.RadioSelect,
        help_text=_("Nur das Ergebnis. Keine Kopie, keine Nummern."),
    )
    agreed = forms.ChoiceField(
        label=_("Ist die Person einverstanden?"),
        choices=[("yes", _("Ja, wir beginnen")), ("no", _("Nein, kein Gespräch"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Fragen Sie, ob die Person einverstanden ist, und wählen Sie die Antwort.")
        },
    )
    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: Sequence[Any], form: FormDefinition, **options: Any) -> None:
        """Offer the household's members and the languages of the form."""
        super().__init__(*args, **options)
        self._choose(
            "persons",
            [(str(m.person_id), f"{m.person.full_name}, * {m.person.birth or '?'}") for m in members],
        )
        explain = {"hx-get": "", "hx-target": "#erklaerung", "hx-swap": "outerHTML", "hx-trigger": "change"}
        self.fields["language"].widget.attrs.update(explain)
        self._choose("language", [("", "–"), *((option.code, option.words["de"]) for option in form.spoken)])

    def _choose(self, name: str, options: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of start_interview."""
        values = self.cleaned_data
        return {
            "person_ids": [UUID(person) for person in values["persons"]],
            "agreed": values["agreed"] == "yes",
            "contact_id": values["contact"],
            **{name: values[name] for name in ("language", "interpreting", "document_check")},
        }
