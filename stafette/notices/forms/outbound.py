"""Draft and check of a notice to the foreigners' authority."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import today
from stafette.notices import words
from stafette.notices.outbound_rules import NO, YES, Question, outbound_rules

Choice = tuple[str, Any]
PREFIX = "answer_"


class StepForm(forms.Form):
    """A step on the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OutboundFilter(forms.Form):
    """What narrows the list."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=words.OUTBOUND_STATES)


class DraftForm(forms.Form):
    """Norm, exceptions as questions, and the one fact. A question that does not concern the norm may stay open."""

    person_id = forms.TypedChoiceField(label=_("Um wen geht es?"), coerce=UUID)
    norm = forms.ChoiceField(
        label=_("Welche Norm verlangt die Mitteilung?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie die Norm: Ohne Norm gibt es keine Mitteilung.")},
    )
    fine = forms.IntegerField(
        label=_("Höchstmaß des Bußgelds in Euro"),
        required=False,
        min_value=0,
        help_text=_("Nur bei § 87 Abs. 4. Unter der Grenze gibt es keine Mitteilung."),
    )

    def __init__(self, *args: Any, persons: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules, day = outbound_rules(), today()
        self.fields["person_id"].choices = [("", _("Bitte wählen")), *persons]  # type: ignore[attr-defined]
        self.fields["norm"].choices = [(norm.id, norm.label) for norm in rules.norms_on(day)]  # type: ignore[attr-defined]
        for question in rules.questions_on(day):
            self.fields[PREFIX + question.id] = forms.ChoiceField(
                label=question.text,
                required=False,
                help_text=_help(question),
                choices=[(YES, _("Ja")), (NO, _("Nein"))],
                widget=forms.RadioSelect,
            )
        self.fields["facts"] = forms.CharField(
            label=_("Welche Tatsache wird mitgeteilt?"),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Nur diese eine Tatsache, mit Tag und Ort. Keine Vermutungen, nichts über andere."),
        )
        self.fields["address"] = forms.CharField(label=_("Anschrift der Ausländerbehörde"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """Put the answers together, as the command takes them."""
        values: dict[str, Any] = super().clean() or {}
        named = [name for name in values if name.startswith(PREFIX)]
        answers = {name.removeprefix(PREFIX): values.pop(name) for name in named}
        return values | {"answers": answers}


def _help(question: Question) -> str:
    """The norm that asks, and for which norms alone the question has to be answered."""
    if not question.norms:
        return question.norm
    rules = outbound_rules()
    sections = [norm.section.removesuffix(" AufenthG") for norm in rules.norms if norm.id in question.norms]
    return gettext("{norm} – nur bei {sections}").format(norm=question.norm, sections=", ".join(sections))


class RejectForm(StepForm):
    """Why the second person does not agree."""

    ground = forms.ChoiceField(label=_("Grund"), choices=words.GROUNDS, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Was steht der Mitteilung entgegen?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
