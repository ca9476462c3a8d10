"""Plain forms of the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory.queries import topic_choices

LANGUAGES = [
    ("de", _("Deutsch")),
    ("en", _("Englisch")),
    ("bg", _("Bulgarisch")),
    ("ro", _("Rumänisch")),
    ("pl", _("Polnisch")),
    ("uk", _("Ukrainisch")),
    ("ru", _("Russisch")),
    ("tr", _("Türkisch")),
    ("ar", _("Arabisch")),
]


def _topics() -> list[tuple[str, Any]]:
    return [("", _("alle")), *topic_choices()]


class ServiceFilter(forms.Form):
    """What narrows the list of services."""

    text = forms.CharField(label=_("Suchwort"), required=False)
    topic = forms.ChoiceField(label=_("Thema"), required=False, choices=_topics)
    language = forms.ChoiceField(label=_("Sprache"), required=False, choices=[("", _("alle")), *LANGUAGES])
