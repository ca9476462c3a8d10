"""Forms of the casework room; cleaned_data are the arguments of the commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stafette.casework.words import GROUNDS
from stafette.kernel.clock import today
from stafette.web.forms import DateField

LONGEST = 20_000


class TextForm(forms.Form):
    """Title and text. No draft is kept of them, neither here nor in the browser."""

    title = forms.CharField(
        label=_("Überschrift"),
        max_length=200,
        required=False,
        help_text=_("Wird mit verschlossen; in der Liste steht nur der Tag."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.CharField(
        label=_("Was anvertraut wurde"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
    )


class WriteForm(TextForm):
    """A new note: why it is sealed, and about whom."""

    ground = forms.ChoiceField(
        label=_("Warum verschlossen"), choices=GROUNDS, widget=forms.RadioSelect, initial="entrusted"
    )
    person_id = forms.TypedChoiceField(
        label=_("Betrifft"), coerce=UUID, required=False, empty_value=None, help_text=_("Leer: den Haushalt.")
    )
    field_order = ("ground", "person_id", "title", "body")

    def __init__(self, *args: Any, persons: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((str(pk), label) for pk, label in persons)]
        self.fields["person_id"].choices = choices  # type: ignore[attr-defined]


class DeputyForm(forms.Form):
    """Who may read it in one's stead, and since when the person agrees to that."""

    deputy_id = forms.TypedChoiceField(label=_("Vertretung"), coerce=UUID)
    is_agreed = forms.BooleanField(
        label=_("Die Person, die es mir anvertraut hat, willigt ein, dass die Vertretung es liest."),
        required=False,
    )
    consent_on = DateField(label=_("Eingewilligt am"), required=False)

    def __init__(
        self, *args: Any, deputies: Iterable[tuple[UUID, str]], asks_consent: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asks_consent = asks_consent
        choices = [("", "–"), *((str(pk), label) for pk, label in deputies)]
        self.fields["deputy_id"].choices = choices  # type: ignore[attr-defined]
        if not asks_consent:
            del self.fields["is_agreed"], self.fields["consent_on"]

    def clean(self) -> dict[str, Any]:
        """Tick and day belong together: the command gets the day."""
        values = super().clean() or self.cleaned_data
        agreed, day = values.pop("is_agreed", False), values.get("consent_on")
        if not self.asks_consent:
            return {**values, "consent_on": None}
        if not agreed:
            self.add_error(
                "is_agreed",
                ValidationError(
                    _(
                        "Ohne Einwilligung bleibt der Vermerk bei Ihnen (§ 65 Abs. 1 Nr. 1 SGB VIII). "
                        "Fragen Sie die Person zuerst."
                    )
                ),
            )
        elif day is None:
            self.add_error(
                "consent_on", ValidationError(_("Tragen Sie ein, wann die Person eingewilligt hat."))
            )
        elif day > today():
            self.add_error("consent_on", ValidationError(_("Dieser Tag liegt in der Zukunft.")))
        return values


class ManyForm(forms.Form):
    """The same deputy for several notes, as before leaving; each note whose person agreed is ticked by itself."""

    deputy_id = forms.TypedChoiceField(label=_("Vertretung"), coerce=UUID)
    notes = forms.TypedMultipleChoiceField(
        label=_("Für diese Vermerke"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Anvertrautes nur ankreuzen, wenn die Person eingewilligt hat (§ 65 Abs. 1 Nr. 1 SGB VIII)."
        ),
    )
    consent_on = DateField(label=_("Eingewilligt am"), required=False)

    def __init__(
        self,
        *args: Any,
        deputies: Iterable[tuple[UUID, str]],
        notes: Iterable[tuple[UUID, str, bool]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        found = list(notes)
        self.entrusted = {pk for pk, _label, asks in found if asks}
        people = [("", "–"), *((str(pk), label) for pk, label in deputies)]
        self.fields["deputy_id"].choices = people  # type: ignore[attr-defined]
        self.fields["notes"].choices = [(str(pk), label) for pk, label, _asks in found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was entrusted goes along with the day on which the person agreed."""
        values = super().clean() or self.cleaned_data
        chosen, day = values.get("notes", []), values.get("consent_on")
        if self.entrusted & set(chosen) and day is None:
            self.add_error(
                "consent_on", ValidationError(_("Tragen Sie ein, wann die Personen eingewilligt haben."))
            )
        elif day is not None and day > today():
            self.add_error("consent_on", ValidationError(_("Dieser Tag liegt in der Zukunft.")))
        consents = {pk: day if pk in self.entrusted else None for pk in chosen}
        return {"deputy_id": values.get("deputy_id"), "consents": consents}
