"""Whether a value is an answer to a question: the last check before it is stored, whoever sends it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from stafette.intake.definition.schema import (
    About,
    FormDefinition,
    Kind,
    Option,
    Question,
    TopicListDefinition,
)

TEXT_LIMIT = 200
YES_NO = ("yes", "no", "unclear")


def options_of(
    question: Question, form: FormDefinition, topics: TopicListDefinition | None
) -> tuple[Option, ...]:
    """Return the possible answers of a question: its own, yes/no/unclear, the languages or the topics."""
    if question.kind is Kind.YES_NO:
        return tuple(Option(code, form.words[code]) for code in YES_NO)
    if question.options_from == "languages":
        return form.spoken
    if question.options_from == "topics":
        return topics.topics if topics else ()
    return question.options


def is_asked(question: Question, *, is_child: bool | None) -> bool:
    """Tell whether a question is for a child, an adult, or (None) the household."""
    if is_child is None:
        return question.about is About.HOUSEHOLD
    return question.about is About.EVERYONE or question.about is (About.CHILD if is_child else About.ADULT)


def fits(question: Question, value: Any, allowed: Collection[str]) -> bool:
    """Tell whether a stored value has the shape that the question's kind asks for."""
    if question.kind in (Kind.CHOICE, Kind.YES_NO):
        return value in allowed
    if question.kind in (Kind.SEVERAL, Kind.LANGUAGES, Kind.TOPICS):
        return isinstance(value, list) and bool(value) and set(value) <= set(allowed)
    if question.kind is Kind.NUMBER:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and value >= question.least and (question.most is None or value <= question.most)
    if question.kind is Kind.DATE:
        return isinstance(value, str) and _is_date(value)
    return isinstance(value, str) and 0 < len(value) <= TEXT_LIMIT


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def spoken_word(question: Question, value: Any, words: Mapping[str, str]) -> str:
    """Return a stored value in words; `words` are the German words of the options."""
    if isinstance(value, list):
        return ", ".join(words.get(code, code) for code in value)
    if question.kind is Kind.DATE:
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    if question.kind is Kind.NUMBER:
        return f"{value:g} {question.unit}".replace(".", ",").strip()
    return words.get(value, value)
