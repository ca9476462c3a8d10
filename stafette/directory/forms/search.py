"""What narrows the search of the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory.queries import topic_choices
from stafette.directory.queries.found import districts, near_choices
from stafette.directory.words import LANGUAGES, STATUSES, TARGET_GROUPS

Choices = list[tuple[Any, Any]]
ASKED_IN = ("de", "en", "bg", "ro", "pl", "uk", "ru", "tr", "ar")
ANY = ("", _("alle"))


def _topics() -> Choices:
    return [ANY, *topic_choices()]


def _districts() -> Choices:
    return [ANY, *((one, one) for one in districts())]


def _near() -> Choices:
    return [("", _("überall")), *((one, one) for one in near_choices())]


class SearchForm(forms.Form):
    """Words in any language, and filters. It is sent by POST: what somebody asks for stands in no address."""

    words = forms.CharField(label=_("Was wird gesucht?"), required=False, max_length=200, strip=True)
    language = forms.ChoiceField(
        label=_("Sprache der Person"),
        required=False,
        choices=[(code, LANGUAGES[code]) for code in ASKED_IN],
    )
    topic = forms.ChoiceField(label=_("Thema"), required=False, choices=_topics)
    spoken = forms.ChoiceField(label=_("Dort spricht man"), required=False, choices=[ANY, *LANGUAGES.items()])
    group = forms.ChoiceField(label=_("Zielgruppe"), required=False, choices=[ANY, *TARGET_GROUPS.items()])
    status = forms.ChoiceField(label=_("Aufenthaltsstatus"), required=False, choices=[ANY, *STATUSES.items()])
    age = forms.IntegerField(label=_("Alter"), required=False, min_value=0, max_value=120)
    district = forms.ChoiceField(label=_("Stadtteil"), required=False, choices=_districts)
    near = forms.ChoiceField(label=_("Nahe bei"), required=False, choices=_near)
    open_now = forms.BooleanField(label=_("jetzt offen"), required=False)
    accessible = forms.BooleanField(label=_("ohne Stufen"), required=False)
    free = forms.BooleanField(label=_("kostenlos"), required=False)
