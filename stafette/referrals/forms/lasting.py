"""Forms of follow-ups and tasks; cleaned_data are the arguments of the commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.referrals.queries import followups, tasks
from stafette.web.forms import DateField

Choice = tuple[str, Any]


class FollowUpFilter(forms.Form):
    """What narrows the list of follow-ups."""

    shown = forms.ChoiceField(label=_("Ergebnis"), required=False, choices=followups.SHOWN)
    kind = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("alle")), *followups.KINDS])
    finding = forms.ChoiceField(label=_("Feststellung"), required=False)
    mine = forms.BooleanField(label=_("nur meine"), required=False)


def follow_up_filter(labels: Mapping[str, str]) -> type[FollowUpFilter]:
    """Give the filter the findings of this town."""

    class TownFilter(FollowUpFilter):
        finding = forms.ChoiceField(
            label=_("Feststellung"), required=False, choices=[("", _("alle")), *labels.items()]
        )

    return TownFilter


class TaskFilter(forms.Form):
    """What narrows the list of tasks."""

    shown = forms.ChoiceField(label=_("Stand"), required=False, choices=tasks.SHOWN)
    mine = forms.BooleanField(label=_("nur meine"), required=False)


class VersionForm(forms.Form):
    """`version` refuses what somebody else changed meanwhile."""

    hide_required = True
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ResultForm(VersionForm):
    """Whether it lasted, and when to look again where that is not clear."""

    result = forms.ChoiceField(label=_("Ergebnis"), choices=followups.RESULTS, widget=forms.RadioSelect)
    again_on = DateField(
        label=_("Noch einmal nachsehen am"),
        required=False,
        help_text=_("Nur bei „besteht zum Teil“ oder „nicht zu klären“. Leer: kein weiterer Termin."),
    )

    def clean(self) -> dict[str, Any]:
        """A next look makes sense only where the question stays open."""
        values = super().clean() or {}
        if values.get("again_on") and values.get("result") not in ("partly", "unknown", None):
            self.add_error(
                "again_on", _("Ein neuer Termin passt nur zu „besteht zum Teil“ und „nicht zu klären“.")
            )
        return values


class DropForm(VersionForm):
    """Why nobody asks any more."""

    drop_reason = forms.ChoiceField(label=_("Warum entfällt die Nachfrage?"), choices=followups.DROP_REASONS)


class NextForm(VersionForm):
    """Another date."""

    next_on = DateField(label=_("Neuer Termin"))


class OwnFollowUpForm(forms.Form):
    """When to look at a household again, and for what; `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    next_on = DateField(label=_("Wieder vorlegen am"))
    finding_id = forms.ChoiceField(label=_("Wozu?"), required=False)

    def __init__(self, *args: Any, findings: list[Choice], **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["finding_id"].choices = [("", _("ohne Feststellung")), *findings]  # type: ignore[attr-defined]

    def clean_finding_id(self) -> str | None:
        """Nothing chosen is no finding."""
        return self.cleaned_data["finding_id"] or None


class TaskForm(forms.Form):
    """Something to do by a date, for oneself or a colleague; `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Was ist zu tun?"),
        max_length=200,
        help_text=_("Keine Angaben zu Gesundheit, Straftaten oder Polizei. Ein Stichwort genügt."),
    )
    next_on = DateField(label=_("Bis wann?"))
    user_id = forms.ChoiceField(label=_("Wer?"))

    def __init__(self, *args: Any, colleagues: list[Choice], **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = colleagues  # type: ignore[attr-defined]


class GiveForm(VersionForm):
    """Who does it from now on."""

    user_id = forms.ChoiceField(label=_("An wen?"))

    def __init__(self, *args: Any, colleagues: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = colleagues  # type: ignore[attr-defined]
