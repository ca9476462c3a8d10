"""Until when it rests, runs or stays quiet, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stafette.referrals import words
from stafette.referrals.forms.steps import StepForm
from stafette.web.forms import DateField


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
    """Keep reminders back from holder and head."""

    reason = forms.ChoiceField(
        label=_("Grund"),
        choices=words.PAUSE_REASONS,
        help_text=_(
            "Die Frist bleibt; weder Sie noch Ihre Leitung werden erinnert. Die Koordinationsstelle erfährt es "
            "trotzdem, wenn bei 150 Prozent der Zeit nichts geschehen ist. Die Pause endet von selbst."
        ),
    )
