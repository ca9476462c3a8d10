"""The steps of a referral, as its page asks for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.protection.data import Category
from stafette.referrals import words
from stafette.web.forms import DateField


class StepForm(forms.Form):
    """A step without further questions; `version` refuses what somebody else changed meanwhile."""

    hide_required = True
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CheckForm(StepForm):
    """Which of the possible categories go along."""

    categories = forms.MultipleChoiceField(
        label=_("Diese Angaben gehen mit"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, possible: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if possible is not None:
            shown = [(str(code), label) for code, label in Category.choices if code in possible]
            self.fields["categories"].choices = shown  # type: ignore[attr-defined]


class DeclineForm(StepForm):
    """Why a referral is given back."""

    reason = forms.ChoiceField(label=_("Grund der Ablehnung"), choices=words.DECLINE_REASONS)


class ReachForm(StepForm):
    """When to look at it again."""

    next_on = DateField(
        label=_("Nächster Termin"),
        required=False,
        help_text=_("Leer: in vier Wochen."),
    )


class AttemptForm(StepForm):
    """One try to reach the family."""

    channel = forms.ChoiceField(label=_("Auf welchem Weg"), choices=words.CHANNELS)
    result = forms.ChoiceField(label=_("Ergebnis"), choices=words.ATTEMPT_RESULTS)
    next_on = DateField(
        label=_("Nächster Versuch oder Termin am"),
        required=False,
        help_text=_("Bei „erreicht“ und „möchte keinen Kontakt“ bleibt dieses Datum ohne Wirkung."),
    )


class ReturnForm(StepForm):
    """Why a referral that was accepted goes back."""

    reason = forms.ChoiceField(
        label=_("Grund der Rückgabe"),
        choices=words.DECLINE_REASONS,
        help_text=_(
            "Was Ihre Stelle in die eigenen Unterlagen übernommen hat, bleibt dort; der Umschlag wird gelöscht."
        ),
    )


class ForwardForm(StepForm):
    """To which other unit it is carried on."""

    unit_id = forms.TypedChoiceField(
        label=_("An welche Stelle?"),
        choices=words.running_units,
        coerce=UUID,
        help_text=_(
            "Es entsteht zuerst ein Entwurf Ihrer Stelle. Regel und Einwilligung werden für diesen Weg neu geprüft."
        ),
    )


class ReopenForm(StepForm):
    """Why it goes on."""

    reason = forms.ChoiceField(label=_("Warum geht es weiter?"), choices=words.REOPEN_REASONS)


class CorrectForm(StepForm):
    """A wrong value: which field, the right value, how one knows."""

    corrected = ""
    source = forms.ChoiceField(label=_("Woher wissen Sie das?"), choices=words.SOURCES)
    field_order = ("version", "value", "source")

    def clean(self) -> dict[str, Any]:
        """Add which field it is; a day travels as text, like every other value."""
        values = dict(super().clean() or self.cleaned_data)
        if "value" in values:
            values["value"] = str(values["value"])
        return {**values, "field": self.corrected}


class CorrectOutcomeForm(CorrectForm):
    """The outcome was another one."""

    corrected = "outcome"
    value = forms.ChoiceField(label=_("Richtiges Ergebnis"), choices=words.OUTCOMES)


class CorrectReasonForm(CorrectForm):
    """The reason of a decline or return was another one."""

    corrected = "decline_reason"
    value = forms.ChoiceField(label=_("Richtiger Grund"), choices=words.DECLINE_REASONS)


class CorrectContactForm(CorrectForm):
    """The first contact was on another day."""

    corrected = "contacted_at"
    value = DateField(label=_("Richtiger Tag"))


class CloseForm(StepForm):
    """How it ended."""

    outcome = forms.ChoiceField(label=_("Ergebnis"), choices=words.OUTCOMES)


class OfferLeadForm(StepForm):
    """Why the other unit is to lead."""

    reason = forms.ChoiceField(
        label=_("Warum soll die andere Stelle führen?"),
        choices=words.LEAD_REASONS,
        help_text=_("Wer führt, fragt später nach, ob das Ergebnis noch besteht."),
    )
