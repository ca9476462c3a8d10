"""The parts of a form definition. The wordings are a town's data in five languages, not gettext."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

Words = Mapping[str, str]
LANGUAGES = ("de", "en", "bg", "ro", "pl")
CATEGORIES = (
    *("core", "contact", "address", "language", "arrival", "family", "housing", "school", "work"),
    *("insurance", "needs", "count_at_address"),
)


class Kind(StrEnum):
    """What an answer looks like."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    TEXT = "text"
    LANGUAGES = "languages"
    TOPICS = "topics"


class About(StrEnum):
    """For whom a question is asked."""

    HOUSEHOLD = "household"
    ADULT = "adult"
    CHILD = "child"
    EVERYONE = "everyone"


def worded(words: Words, language: str) -> str:
    """Return the words in a language, or in German where the file does not have it."""
    return words.get(language) or words["de"]


@dataclass(frozen=True)
class Option:
    """One possible answer."""

    code: str
    words: Words


@dataclass(frozen=True)
class Question:
    """One question: `scope` is the data category that a consent speaks of, `purpose` says why we ask.

    `ages` limits a question about children to completed years from–to; `by_default` is False for what is asked
    only where the help needs it.
    """

    code: str
    kind: Kind
    about: About
    wording: Words
    purpose: str
    scope: str
    retention: str
    help: str = ""
    options: tuple[Option, ...] = ()
    options_from: str = ""
    unit: str = ""
    least: int = 0
    most: int | None = None
    ages: tuple[int, int] | None = None
    by_default: bool = True


@dataclass(frozen=True)
class Block:
    """A chapter of the talk."""

    code: str
    title: Words
    purpose: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class ConsentText:
    """What the person is told before the first question; the version is stored with the answer."""

    version: str
    text: Words
    question: Words


@dataclass(frozen=True)
class FormDefinition:
    """A whole form in one version; a talk keeps the version it was begun with."""

    code: str
    version: int
    languages: tuple[str, ...]
    title: Words
    words: Mapping[str, Words]
    consent: ConsentText
    blocks: tuple[Block, ...]
    materials: tuple[Option, ...]
    spoken: tuple[Option, ...]

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """Questions by their code."""
        return {question.code: question for question in self.questions()}

    def questions(self) -> Iterator[Question]:
        """Yield the questions in the order in which they are asked."""
        for block in self.blocks:
            yield from block.questions

    def has(self, language: str) -> bool:
        """Tell whether the form can be read out in this language."""
        return language in self.languages


@dataclass(frozen=True)
class TopicListDefinition:
    """Topics of advice in one version; `became` maps topics of the version before to those of this one.

    Several old ones may have become one (merged), and one may have become several (split).
    """

    code: str
    version: int
    topics: tuple[Option, ...]
    became: Mapping[str, tuple[str, ...]]
