"""Plain forms; cleaned_data are the arguments of the commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import today
from stafette.protection.data import Category
from stafette.protection.wording import languages
from stafette.referrals import words
from stafette.web.forms import DateField

Choice = tuple[str, Any]


class ListFilter(forms.Form):
    """What narrows the list of the unit."""

    direction = forms.ChoiceField(
        label=_("Richtung"),
        required=False,
        choices=[("", _("beide")), ("in", _("eingegangen")), ("out", _("ausgegangen"))],
    )
    state = forms.ChoiceField(label=_("Stand"), required=False, choices=words.STATE_FILTER)
    partner = forms.ChoiceField(label=_("Andere Stelle"), required=False)
    finding = forms.ChoiceField(label=_("Feststellung"), required=False)
    late = forms.BooleanField(label=_("nur verspätete"), required=False)
    mine = forms.BooleanField(label=_("nur meine"), required=False)


def list_filter(labels: Mapping[str, str]) -> type[ListFilter]:
    """Give the filter the units and findings of this town, asked for once per page."""

    class TownFilter(ListFilter):
        partner = forms.ChoiceField(
            label=_("Andere Stelle"), required=False, choices=[("", _("alle")), *words.units()]
        )
        finding = forms.ChoiceField(
            label=_("Feststellung"), required=False, choices=[("", _("alle")), *labels.items()]
        )

    return TownFilter


class OnceForm(forms.Form):
    """A button that counts something: its token makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


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


class MoveDateForm(StepForm):
    """Until when, and why; the page fills in a proposal and says how far it may go."""

    until = DateField(label=_("Bis wann?"))
    reason = forms.ChoiceField(label=_("Grund"))

    def propose(self, room: Any) -> None:
        """Show the proposed day and the last one that is allowed."""
        self.initial.setdefault("until", room.proposed)
        last = gettext("Spätestens am {last}.").format(last=f"{room.latest:%d.%m.%Y}")
        self.fields["until"].help_text = room.refusal or last


class SuspendForm(MoveDateForm):
    """Let it rest."""

    reason = forms.ChoiceField(
        label=_("Grund"),
        choices=words.SUSPENSION_REASONS,
        help_text=_("Den Grund sieht nur Ihre Stelle; die andere erfährt, bis wann es ruht."),
    )


class ExtendForm(MoveDateForm):
    """Give the running step more time."""

    reason = forms.ChoiceField(
        label=_("Grund"),
        choices=words.EXTENSION_REASONS,
        help_text=_("Die alte Frist bleibt sichtbar. Den Grund sieht nur Ihre Stelle."),
    )


class PauseForm(MoveDateForm):
    """Keep reminders back."""

    reason = forms.ChoiceField(
        label=_("Grund"),
        choices=words.PAUSE_REASONS,
        help_text=_("Die Frist bleibt; es kommen nur keine Erinnerungen. Die Pause endet von selbst."),
    )


class OfferLeadForm(StepForm):
    """Why the other unit is to lead."""

    reason = forms.ChoiceField(
        label=_("Warum soll die andere Stelle führen?"),
        choices=words.LEAD_REASONS,
        help_text=_("Wer führt, fragt später nach, ob das Ergebnis noch besteht."),
    )


class DismissForm(forms.Form):
    """Why nothing follows."""

    hide_required = True
    reason = forms.ChoiceField(label=_("Warum folgt nichts daraus?"), choices=words.DISMISS_REASONS)


class ConsentForm(forms.Form):
    """What the family agrees to; each category is ticked on its own and none is ticked beforehand."""

    categories = forms.MultipleChoiceField(
        label=_("Diese Angaben dürfen weitergegeben werden"), widget=forms.CheckboxSelectMultiple
    )
    person_ids = forms.MultipleChoiceField(label=_("Für wen gilt das?"), widget=forms.CheckboxSelectMultiple)
    guardian_ids = forms.MultipleChoiceField(
        label=_("Wer stimmt für Kinder zu?"),
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


class ServiceFilter(forms.Form):
    """What narrows the services to which somebody is shown the way."""

    text = forms.CharField(label=_("Suchwort"), required=False)
    topic = forms.ChoiceField(label=_("Thema"), required=False, choices=words.topics)
    language = forms.ChoiceField(label=_("Sprache"), required=False, choices=[("", _("alle")), *languages()])
