"""Forms for dates that move and for the lead; cleaned_data are the arguments of the commands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.referrals import words
from stafette.referrals.forms import StepForm
from stafette.web.forms import DateField


class MoveDateForm(StepForm):
    """Until when, and why; the page fills in a proposal and says how far it may go."""

    until = DateField(label=gettext_lazy("Bis wann?"))
    reason = forms.ChoiceField(label=gettext_lazy("Grund"))

    def propose(self, room: Any) -> None:
        """Show the proposed day and the last one that is allowed."""
        self.initial.setdefault("until", room.proposed)
        self.fields["until"].help_text = room.refusal or _("Spätestens am {last}.").format(
            last=f"{room.latest:%d.%m.%Y}"
        )


class SuspendForm(MoveDateForm):
    """Let it rest."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"),
        choices=words.SUSPENSION_REASONS,
        help_text=gettext_lazy("Den Grund sieht nur Ihre Stelle; die andere erfährt, bis wann es ruht."),
    )


class ExtendForm(MoveDateForm):
    """Give the running step more time."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"),
        choices=words.EXTENSION_REASONS,
        help_text=gettext_lazy("Die alte Frist bleibt sichtbar. Den Grund sieht nur Ihre Stelle."),
    )


class PauseForm(MoveDateForm):
    """Keep reminders back."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"),
        choices=words.PAUSE_REASONS,
        help_text=gettext_lazy(
            "Die Frist bleibt; es kommen nur keine Erinnerungen. Die Pause endet von selbst."
        ),
    )


class OfferLeadForm(StepForm):
    """Why the other unit is to lead."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Warum soll die andere Stelle führen?"),
        choices=words.LEAD_REASONS,
        help_text=gettext_lazy("Wer führt, fragt später nach, ob das Ergebnis noch besteht."),
    )
