"""What narrows the lists of the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory import data as d
from stafette.directory.queries import topic_choices
from stafette.directory.showing import CHOICES, KINDS
from stafette.directory.words import LANGUAGES as WORDS

LANGUAGES = list(WORDS.items())


def _topics() -> list[tuple[str, Any]]:
    return [("", _("alle")), *topic_choices()]


class ServiceFilter(forms.Form):
    """What narrows the list of services."""

    text = forms.CharField(label=_("Suchwort"), required=False)
    topic = forms.ChoiceField(label=_("Thema"), required=False, choices=_topics)
    language = forms.ChoiceField(label=_("Sprache"), required=False, choices=[("", _("alle")), *LANGUAGES])
    age = forms.ChoiceField(
        label=_("Bestätigung"),
        required=False,
        choices=[("", _("alle")), ("stale", _("überfällig")), ("fresh", _("gilt noch"))],
    )
    status = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("besteht")), *CHOICES["status"].items(), ("all", _("alle"))],
    )


class OrganizationFilter(forms.Form):
    """What narrows the list of providers."""

    text = forms.CharField(label=_("Suchwort"), required=False)
    kind = forms.ChoiceField(
        label=_("Art"), required=False, choices=[("", _("alle")), *KINDS[d.OrganizationData].items()]
    )


class PlaceFilter(forms.Form):
    """What narrows the list of places."""

    text = forms.CharField(label=_("Suchwort, Straße"), required=False)
