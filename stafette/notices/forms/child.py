"""The steps of § 4 KKG, as their page asks for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.notices import words
from stafette.notices.child_rules import sign_choices
from stafette.notices.forms.outbound import StepForm
from stafette.web.forms import DateField

Choice = tuple[str, Any]


def _long(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ChildFilter(forms.Form):
    """What narrows the list."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=words.CHILD_STATES)


class ObservedForm(forms.Form):
    """What was observed, and about which child."""

    person_id = forms.TypedChoiceField(
        label=_("Um welches Kind geht es?"), required=False, coerce=UUID, empty_value=None
    )
    signs = forms.MultipleChoiceField(
        label=_("Was spricht für eine Gefährdung?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens einen Anhaltspunkt aus der Liste.")},
    )
    observed = _long(
        _("Was haben Sie selbst gesehen oder gehört?"),
        _("Wann, wo, wer war dabei. Beobachtungen, keine Vermutungen."),
    )

    def __init__(self, *args: Any, persons: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = [("", _("noch unbekannt")), *persons]  # type: ignore[attr-defined]
        self.fields["signs"].choices = sign_choices()  # type: ignore[attr-defined]


class TalkForm(StepForm):
    """Step 2."""

    talk = forms.ChoiceField(
        label=_("Haben Sie mit dem Kind oder den Eltern gesprochen?"),
        choices=words.TALKS,
        widget=forms.RadioSelect,
    )
    talked_on = DateField(label=_("Tag des Gesprächs"), required=False)
    talk_note = _long(_("Was wurde besprochen, oder warum gab es kein Gespräch?"))


class ConsultationForm(StepForm):
    """Step 3."""

    consulted = forms.ChoiceField(
        label=_("Was ergab die Fachberatung?"), choices=words.ADVICES, widget=forms.RadioSelect
    )
    adviser = forms.CharField(
        label=_("Wer hat beraten?"),
        required=False,
        max_length=200,
        help_text=_("Insoweit erfahrene Fachkraft mit Einrichtung."),
    )
    consulted_on = DateField(label=_("Tag der Beratung"), required=False)
    advice = _long(_("Was hat die Fachkraft geraten, oder warum gab es keine Beratung?"))


class HelpForm(StepForm):
    """Step 4."""

    help = forms.ChoiceField(
        label=_("Haben Sie der Familie Hilfe angeboten?"), choices=words.HELPS, widget=forms.RadioSelect
    )
    help_note = _long(_("Welche Hilfe, oder warum keine?"), required=False)


class SendForm(StepForm):
    """Step 5: the notice, and whether the family knows."""

    receiver = forms.ChoiceField(label=_("Jugendamt"), required=False)
    receiver_name = forms.CharField(
        label=_("Anderes Jugendamt"),
        required=False,
        max_length=200,
        help_text=_("Name und Ort, wenn es oben nicht steht."),
    )
    reasons = _long(_("Warum ist die Mitteilung nötig?"))
    family_told = forms.ChoiceField(
        label=_("Weiß die Familie von der Mitteilung?"), choices=words.TOLD, widget=forms.RadioSelect
    )
    told_note = _long(
        _("Falls nein: Warum würde es das Kind gefährden?"),
        required=False,
    )

    def __init__(self, *args: Any, offices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = [*offices, ("", _("ein anderes"))]  # type: ignore[attr-defined]


class LeaveForm(StepForm):
    """Step 5, the other way."""

    reasons = _long(_("Warum ist keine Mitteilung nötig?"))


class FeedbackForm(StepForm):
    """Step 6: two answers, and nothing else."""

    confirmed = forms.ChoiceField(
        label=_("Haben sich die Anhaltspunkte bestätigt?"), choices=words.REPLIES, widget=forms.RadioSelect
    )
    acting = forms.ChoiceField(
        label=_("Ist das Jugendamt tätig geworden oder noch tätig?"),
        choices=words.REPLIES,
        widget=forms.RadioSelect,
    )
