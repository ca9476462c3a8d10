"""The counter: five clicks from the question to the paper in somebody's hand, and counted (W-70)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stafette.intake.codes import Channel, Origin, Result, TargetGroup
from stafette.intake.definition import TopicListDefinition
from stafette.people.languages import LANGUAGES as SPOKEN
from stafette.web.sheets import GERMAN, LANGUAGES

COMMON = ("bg", "ro", "pl", "uk", "ru", "tr", "ar", "fa", "en", "de")
ENGLISH = "en"
LONGEST_SEARCH, LONGEST_QUESTION, MOST = 120, 300, 20
CODE = re.compile(r"[-\w]{1,80}", re.ASCII)
CHIPS = {"class": "horizontal"}


class CodesField(forms.MultipleChoiceField):
    """Codes of what is ticked in the answer; the command leaves out what does not exist."""

    def valid_value(self, value: Any) -> bool:
        """Take whatever looks like a code."""
        return bool(CODE.fullmatch(str(value)))


class CounterForm(forms.Form):
    """A short contact: no name, no note; what was asked, what was given along, what became of it."""

    hide_required = True
    language = forms.ChoiceField(
        label=_("Sprache"), required=False, widget=forms.RadioSelect(attrs=CHIPS),
        choices=[*((code, SPOKEN[code]) for code in COMMON), ("", _("andere oder unbekannt"))],
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("Worum geht es?"),
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
        help_text=_("Mehreres ist möglich."),
        error_messages={"required": _("Wählen Sie mindestens ein Thema.")},
    )
    channel = forms.ChoiceField(
        label=_("Weg"), choices=Channel.choices, widget=forms.RadioSelect(attrs=CHIPS)
    )
    result = forms.ChoiceField(
        label=_("Ergebnis"), choices=Result.choices, widget=forms.RadioSelect(attrs=CHIPS)
    )
    target_group = forms.ChoiceField(
        label=_("Zielgruppe"), required=False, choices=[("", _("keine Angabe")), *TargetGroup.choices]
    )
    origin = forms.ChoiceField(
        label=_("Herkunft"), required=False, choices=[("", _("keine Angabe")), *Origin.choices],
        help_text=_("Nur die Gegend, keine Staatsangehörigkeit."),
    )  # fmt: skip
    question = forms.CharField(
        label=_("Was konnten Sie nicht beantworten?"), required=False, max_length=LONGEST_QUESTION,
        help_text=_("Ein Satz, ohne Namen. Er geht an die Redaktion; der Kontakt zählt als nicht lösbar."),
    )  # fmt: skip
    services = CodesField(required=False)
    sheets = CodesField(required=False)
    paper = forms.ChoiceField(
        label=_("Sprache auf dem Papier"), required=False,
        choices=[("", _("wie die Sprache der Person")), *LANGUAGES.items()],
    )  # fmt: skip
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, topics: TopicListDefinition, **options: Any) -> None:
        """Offer the topics of the current list."""
        super().__init__(*args, **options)
        offered = self.fields["topics"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [(topic.code, topic.words["de"]) for topic in topics.topics]

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of count_contact; the unit is added by the view."""
        values = self.cleaned_data
        names = ("topics", "language", "channel", "result", "target_group", "origin", "services", "sheets")
        given = paper_language(values["paper"], values["language"])
        kept = {name: values[name] for name in (*names, "question", "once")}
        return {**kept, "given_language": given}


def paper_language(wanted: str, spoken: str) -> str:
    """The language to print in: the one chosen, else the person's, else English."""
    if wanted in LANGUAGES:
        return wanted
    return spoken if spoken in LANGUAGES else ENGLISH


def is_stand_in(wanted: str, spoken: str) -> bool:
    """Whether the paper is in English only because there is none in the person's language, or it is not known."""
    return wanted not in LANGUAGES and spoken not in LANGUAGES


def looked_for(data: QueryDict) -> dict[str, Any]:
    """What is asked so far, read leniently while somebody is still clicking; nothing is refused."""
    codes = {name: _codes(data.getlist(name)) for name in ("topics", "services", "sheets")}
    plain = {name: data.get(name, "") for name in ("channel", "result", "target_group", "origin", "question")}
    language = data.get("language", "")
    words = " ".join(data.get("words", "").replace("\x00", "").split())[:LONGEST_SEARCH]
    return {
        **codes,
        **plain,
        "language": language if language in COMMON else "",
        "paper": data.get("paper", "") if data.get("paper", "") in LANGUAGES else "",
        "words": words,
    }


def slip_query(services: list[str], sheets: list[str], language: str) -> str:
    """What is given along as the query of an address: codes of the catalogues, nothing else."""
    return urlencode({"sprache": language, "angebot": services, "blatt": sheets}, doseq=True)


def slip_of(data: QueryDict) -> dict[str, Any]:
    """Read what to print from an address."""
    language = data.get("sprache", "")
    return {
        "services": _codes(data.getlist("angebot")),
        "sheets": _codes(data.getlist("blatt")),
        "language": language if language in LANGUAGES else GERMAN,
    }


def wanted_unit(data: QueryDict) -> UUID | None:
    """The counter that was shown, where somebody works at several."""
    try:
        return UUID(data.get("unit", ""))
    except ValueError:
        return None


def _codes(values: list[str]) -> list[str]:
    return [code for code in dict.fromkeys(values) if CODE.fullmatch(code)][:MOST]
