"""The guided form of a talk, made from its definition: one long page, every question for everyone it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from stafette.intake.codes import DocumentCheck, Interpreting, Outlook, Status
from stafette.intake.data import Said
from stafette.intake.definition import Block, Kind, Question
from stafette.intake.definition.schema import worded
from stafette.intake.definition.values import TEXT_LIMIT, is_asked, options_of
from stafette.intake.forms.fields import DECLINED, NumberField, SeveralField, both, both_plain, choices
from stafette.intake.queries import TalkView, paper_languages
from stafette.kernel.clock import today
from stafette.kernel.rules.ages import Birth, age_range
from stafette.web.forms import DateField
from stafette.web.sheets import LANGUAGES

FEW, SHORT = 5, 80  # few or short answers stand side by side; others go into a menu that is found by typing
TYPED = (Kind.NUMBER, Kind.DATE, Kind.TEXT)


@dataclass(frozen=True)
class Item:
    """The field of one question for one person, or for the household (`who` is empty)."""

    field: BoundField
    declined: BoundField | None
    who: str
    key: str
    is_known: bool


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it, in both languages."""

    question: Question
    other: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Chapter:
    """One block with its questions; `rare` are those asked only where the help needs it."""

    block: Block
    other: str
    asked: tuple[Asked, ...]
    rare: tuple[Asked, ...]
    done: int
    total: int


class TalkForm(forms.Form):
    """Everything about a talk in one form, so that one key saves it all."""

    hide_required = True
    frame_language = forms.ChoiceField(label=_("Sprache des Gesprächs"))
    frame_interpreting = forms.ChoiceField(label=_("Verständigung"), choices=Interpreting.choices)
    frame_document_check = forms.ChoiceField(
        label=_("Prüfung der Papiere"),
        choices=DocumentCheck.choices,
        help_text=_("Nur das Ergebnis. Keine Kopie, keine Nummern."),
    )
    frame_proofs_forwarded_on = DateField(
        label=_("Nachweise an die Ausländerbehörde weitergeleitet am"),
        required=False,
        help_text=_(
            "Nur der Tag. Die Nachweise selbst werden hier nicht gespeichert (§ 5 Abs. 2 FreizügG/EU)."
        ),
    )
    handouts = forms.MultipleChoiceField(
        label=_("Mitgegebene Information"), required=False, widget=forms.CheckboxSelectMultiple
    )
    handout_language = forms.ChoiceField(label=_("In dieser Sprache"), required=False)
    outlook = forms.ChoiceField(
        label=_("Wie lange bleibt der Haushalt nach Ihrer Einschätzung?"),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "horizontal"}),
        help_text=_(
            "Steht mit Datum und Ihrem Namen im Gespräch. Daraus folgt nur der Vorschlag einer Beratung."
        ),
    )

    def __init__(self, view: TalkView, data: Any = None) -> None:
        """Make one field per question and person."""
        self.view = view
        super().__init__(data, initial=self._initial(view))
        interview, form = view.interview, view.form
        self.language = interview.language if form.has(interview.language) else "en"
        self.is_fallback = not form.has(interview.language)
        self.silent = {
            word: form.words[word]["de"] for word in ("not_asked", "declined")
        }  # the clerk's words only
        self.declined_words = worded(form.words["declined"], self.language)
        spoken = [(option.code, option.words["de"]) for option in form.spoken]
        self._choose(
            "frame_language",
            spoken if dict(spoken).get(interview.language) else [*spoken, (interview.language,) * 2],
        )
        given = {one.material: one.language for one in view.handouts}
        offered = [(m.code, both(m.words, interview.language)) for m in view.materials]
        gone = [(code, code) for code in given if code not in dict(offered)]
        self._choose("handouts", [*offered, *gone])
        self._choose("handout_language", paper_languages())
        self._choose("outlook", [("", _("nicht eingeschätzt")), *Outlook.choices])
        self.given = given
        for question in form.questions():
            for key, _who in self._asked_of(question):
                self._add(question, key)

    def _choose(self, name: str, options: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options

    def _initial(self, view: TalkView) -> dict[str, Any]:
        interview = view.interview
        language = interview.language if view.form.has(interview.language) else "en"
        found: dict[str, Any] = {
            "frame_language": interview.language,
            "frame_interpreting": interview.interpreting,
            "frame_document_check": interview.document_check,
            "frame_proofs_forwarded_on": interview.proofs_forwarded_on,
            "handouts": [one.material for one in view.handouts],
            "handout_language": interview.language if interview.language in LANGUAGES else language,
            "outlook": view.assessment.outlook if view.assessment else "",
        }
        for (code, participant_id), answer in view.answers.items():
            question = view.form.by_code.get(code)
            if question is not None:
                found |= _shown(question, _key(participant_id), answer.status, answer.value)
        return found

    def _asked_of(self, question: Question) -> Iterator[tuple[str, str]]:
        """Yield key and name of everyone whom the question concerns."""
        if is_asked(question, is_child=None):
            yield _key(None), ""
            return
        for one in self.view.participants:
            if is_asked(question, is_child=one.role == "child") and _is_of_age(question, one.person.birth):
                yield _key(one.pk), one.person.given_names or one.person.family_name

    def _add(self, question: Question, key: str) -> None:
        name = f"{question.code}.{key}"
        field = self._field(question)
        if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            labels = f"w-{question.code}" + (f" p-{question.code}-{key}" if key != "h" else "")
            field.widget.attrs["aria-labelledby"] = labels
        field.label = question.wording["de"]
        self.fields[name] = field
        if question.kind in TYPED:
            self.fields[f"{name}.declined"] = forms.BooleanField(
                required=False, label=self.silent["declined"]
            )

    def _field(self, question: Question) -> forms.Field:
        form, language = self.view.form, self.language
        if question.kind is Kind.NUMBER:
            return NumberField(question=question, required=False)
        if question.kind is Kind.DATE:
            return DateField(required=False)
        if question.kind is Kind.TEXT:
            return forms.CharField(required=False, max_length=TEXT_LIMIT)
        options = options_of(question, form, self.view.topics)
        if question.kind in (Kind.SEVERAL, Kind.LANGUAGES, Kind.TOPICS):
            offered = [*choices(options, language), (DECLINED, self.silent["declined"])]
            widget = forms.CheckboxSelectMultiple(attrs={"class": "horizontal"})
            return SeveralField(required=False, choices=offered, widget=widget)
        plain = len(options) > FEW and sum(len(both_plain(one.words, language)) for one in options) > SHORT
        offered = [
            ("", self.silent["not_asked"]),
            *choices(options, language, plain=plain),
            (DECLINED, self.silent["declined"]),
        ]
        menu = forms.Select() if plain else forms.RadioSelect(attrs={"class": "horizontal"})
        return forms.ChoiceField(required=False, choices=offered, widget=menu)

    def clean(self) -> dict[str, Any]:
        """Refuse an answer together with "keine Angabe"."""
        values: dict[str, Any] = super().clean() or {}
        for name in [name for name in self.fields if name.endswith(".declined")]:
            answered = name.removesuffix(".declined")
            if values.get(name) and values.get(answered) not in (None, ""):
                self.add_error(
                    answered, _("Hier steht eine Antwort und „keine Angabe“. Bitte nehmen Sie eines weg.")
                )
        return values

    def said(self) -> list[Said]:
        """Return every answer that can be read; a field with an error is left out, so that drafts keep the rest."""
        found = []
        for question in self.view.form.questions():
            for key, _who in self._asked_of(question):
                name = f"{question.code}.{key}"
                if name not in self.errors and name in self.cleaned_data:
                    found.append(self._said(question, key, self.cleaned_data[name]))
        return found

    def _said(self, question: Question, key: str, value: Any) -> Said:
        participant = None if key == "h" else UUID(key)
        declined = self.cleaned_data.get(f"{question.code}.{key}.declined") or value in (DECLINED, [DECLINED])
        if declined:
            return Said(question.code, participant, Status.DECLINED)
        if value in (None, "", []):
            return Said(question.code, participant, Status.NOT_ASKED)
        stored = value.isoformat() if isinstance(value, date) else value
        return Said(question.code, participant, Status.ANSWERED, stored)

    def frame(self) -> dict[str, Any] | None:
        """Return how the talk was held, or None while one of these fields has an error."""
        names = ("language", "interpreting", "document_check", "proofs_forwarded_on")
        if any(f"frame_{name}" in self.errors for name in names):
            return None
        return {name: self.cleaned_data[f"frame_{name}"] for name in names}

    def materials(self) -> dict[str, str] | None:
        """Return what was handed out in which language; what was noted before keeps its language."""
        if "handouts" in self.errors or "handout_language" in self.errors:
            return None
        language = self.cleaned_data["handout_language"] or self.language
        return {material: self.given.get(material, language) for material in self.cleaned_data["handouts"]}

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The blocks with their bound fields, for the page."""
        return [chapter for block in self.view.form.blocks if (chapter := self._chapter(block)).total]

    def _chapter(self, block: Block) -> Chapter:
        asked = [self._asked(question) for question in block.questions]
        shown = [one for one in asked if one.items]
        said = {key for key, answer in self.view.answers.items() if answer.status != Status.NOT_ASKED}
        normal = tuple(one for one in shown if one.question.by_default)
        keys = [(one.question.code, _participant(item.key)) for one in normal for item in one.items]
        return Chapter(
            block=block,
            other=worded(block.title, self.language),
            asked=normal,
            rare=tuple(one for one in shown if not one.question.by_default),
            done=sum(key in said for key in keys),
            total=len(keys),
        )

    def _asked(self, question: Question) -> Asked:
        items = []
        for key, who in self._asked_of(question):
            name = f"{question.code}.{key}"
            answer = self.view.answers.get((question.code, _participant(key)))
            declined = self[f"{name}.declined"] if f"{name}.declined" in self.fields else None
            is_known = bool(answer and answer.source == "known" and answer.status == Status.ANSWERED)
            items.append(Item(self[name], declined, who, key, is_known))
        return Asked(question, worded(question.wording, self.language), tuple(items))


def _key(participant_id: UUID | None) -> str:
    return "h" if participant_id is None else str(participant_id)


def _participant(key: str) -> UUID | None:
    return None if key == "h" else UUID(key)


def _shown(question: Question, key: str, status: str, value: Any) -> dict[str, Any]:
    """Turn a stored answer into what its fields show."""
    name = f"{question.code}.{key}"
    if question.kind in TYPED:
        shown = date.fromisoformat(value) if question.kind is Kind.DATE and value else value
        return {name: shown, f"{name}.declined": status == Status.DECLINED}
    if status == Status.DECLINED:
        return {
            name: [DECLINED] if question.kind in (Kind.SEVERAL, Kind.LANGUAGES, Kind.TOPICS) else DECLINED
        }
    return {name: value}


def _is_of_age(question: Question, birth: Any) -> bool:
    """Leave out questions about school for a baby; with an unknown birth date everything is offered."""
    if question.ages is None or not birth.year:
        return True
    age = age_range(Birth(birth.year, birth.month, birth.day), today())
    return age.high >= question.ages[0] and age.low <= question.ages[1]
