"""What narrows the lists."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.protection.wording import languages
from stafette.referrals import words


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


class ServiceFilter(forms.Form):
    """What narrows the services to which somebody is shown the way."""

    text = forms.CharField(label=_("Suchwort"), required=False)
    topic = forms.ChoiceField(label=_("Thema"), required=False, choices=words.topics)
    language = forms.ChoiceField(label=_("Sprache"), required=False, choices=[("", _("alle")), *languages()])
