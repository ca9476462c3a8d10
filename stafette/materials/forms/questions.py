"""How editors close a gap."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.materials.forms.filters import TopicFilter

STATES = [("open", _("offen")), ("answered", _("beantwortet")), ("dropped", _("nicht verfolgt"))]


class QuestionFilter(TopicFilter):
    """State and topic; without a choice the open ones."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=[("", _("alle")), *STATES])
    field_order = ("state",)


class AnswerForm(forms.Form):
    """What answers the question now."""

    code = forms.ChoiceField(label=_("Blatt oder Arbeitshilfe"), required=False)
    service = forms.SlugField(
        label=_("oder Kürzel eines Angebots"), required=False, max_length=80,
        help_text=_("Das Kürzel steht auf der Seite des Angebots."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("oder Antwort in Worten"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ohne Namen und ohne Angaben zu Ratsuchenden."),
    )

    def __init__(self, *args: Any, answers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [("", "–"), *answers]

    def clean(self) -> dict[str, Any]:
        """One of the three is needed."""
        given: dict[str, Any] = super().clean() or {}
        if not any(given.get(name) for name in ("code", "service", "text")):
            self.add_error("text", _("Nennen Sie ein Blatt, ein Angebot, oder schreiben Sie die Antwort."))
        return given

    def answer(self) -> dict[str, str]:
        """The arguments of the command."""
        data = self.cleaned_data
        service = f"service:{data['service']}" if data["service"] else ""
        return {"code": data["code"] or service, "text": data["text"]}


class DropForm(forms.Form):
    """Why a question is not followed up."""

    text = forms.CharField(label=_("Warum nicht?"), required=False, max_length=300)
