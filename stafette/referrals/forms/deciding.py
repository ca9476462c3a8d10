"""What follows from a finding, and the consent that it takes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import today
from stafette.protection.wording import languages
from stafette.referrals import words
from stafette.web.forms import DateField

Choice = tuple[str, Any]


class OnceForm(forms.Form):
    """A button that counts something: its token makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class DismissForm(forms.Form):
    """Why nothing follows."""

    hide_required = True
    reason = forms.ChoiceField(label=_("Warum folgt nichts daraus?"), choices=words.DISMISS_REASONS)


class ConsentForm(forms.Form):
    """What the family agrees to; each category is ticked on its own and none is ticked beforehand."""

    categories = forms.MultipleChoiceField(
        label=_("Diese Angaben dürfen weitergegeben werden"), widget=forms.CheckboxSelectMultiple
    )
    person_ids = forms.TypedMultipleChoiceField(
        label=_("Für wen gilt das?"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    guardian_ids = forms.TypedMultipleChoiceField(
        label=_("Wer stimmt für Kinder zu?"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nur nötig, wenn die Einwilligung für Kinder gilt: Eltern oder Sorgeberechtigte."),
    )
    language = forms.ChoiceField(label=_("Sprache des Gesprächs"), choices=languages)
    form = forms.ChoiceField(
        label=_("Wie wurde eingewilligt?"),
        choices=words.CONSENT_FORMS,
        widget=forms.RadioSelect(attrs={"class": "horizontal"}),
    )
    witness = forms.CharField(
        label=_("Wer bezeugt eine mündliche Einwilligung?"),
        required=False,
        max_length=120,
        help_text=_("Funktion genügt, zum Beispiel „Kollegin am Schalter 2“."),
    )
    interpreter = forms.CharField(
        label=_("Sprachmittlung"),
        required=False,
        max_length=120,
        help_text=_("Zum Beispiel „Übersetzungsgerät“ oder „Dolmetscherpool“."),
    )
    expires_on = DateField(label=_("Gilt bis"), required=False, help_text=_("Leer: zwölf Monate."))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, categories: list[Choice], adults: list[Choice], persons: list[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("categories", categories), ("person_ids", persons), ("guardian_ids", adults)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not any(key not in {adult for adult, _label in adults} for key, _label in persons):
            del self.fields["guardian_ids"]

    def clean_expires_on(self) -> Any:
        """A consent that has ended already proves nothing."""
        day = self.cleaned_data["expires_on"]
        if day is not None and day <= today():
            raise forms.ValidationError(_("Dieses Datum liegt nicht in der Zukunft."))
        return day


class PrepareForm(forms.Form):
    """Which way of the blueprint a finding takes."""

    route_id = forms.UUIDField(widget=forms.HiddenInput)


class SignpostForm(forms.Form):
    """To which service somebody was shown the way."""

    service_id = forms.UUIDField(widget=forms.HiddenInput)
