"""Reads a form or topic list from a town's file and says all that is wrong with it at once, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from stafette.intake.definition.schema import (
    CATEGORIES,
    LANGUAGES,
    About,
    Block,
    ConsentText,
    FormDefinition,
    Kind,
    Option,
    Question,
    TopicListDefinition,
    Words,
)

CODE = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,39}")
WORDS = ("yes", "no", "unclear", "not_asked", "declined")
FORM_KEYS = {
    "code",
    "version",
    "languages",
    "retention",
    "title",
    "consent",
    "words",
    "block",
    "material",
    "language",
}
BLOCK_KEYS = {"code", "title", "purpose", "scope", "retention", "question"}
QUESTION_KEYS = {
    *("code", "kind", "about", "wording", "help", "purpose", "scope", "retention", "options", "options_from"),
    *("unit", "least", "most", "ages", "by_default"),
}
LISTED = {"languages", "topics"}
E = TypeVar("E", bound=Kind | About)


class DefinitionError(ValueError):
    """The file cannot be used; `faults` holds (place, German sentence) for each fault."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("\n".join(f"{place}: {sentence}" for place, sentence in faults))
        self.faults = faults


class _Reader:
    """Collects faults instead of stopping at the first."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.faults: list[tuple[str, str]] = []

    def fault(self, place: str, sentence: str) -> None:
        self.faults.append((place, sentence))

    def known(self, table: Mapping[str, Any], keys: set[str], place: str) -> None:
        for key in sorted(set(table) - keys):
            self.fault(f"{place}.{key}", "Diesen Eintrag gibt es hier nicht.")

    def text(self, table: Mapping[str, Any], key: str, place: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            self.fault(f"{place}.{key}", "Hier fehlt ein Text.")
            return ""
        return value

    def code(self, table: Mapping[str, Any], place: str) -> str:
        value = self.text(table, "code", place)
        if value and not CODE.fullmatch(value):
            self.fault(f"{place}.code", f"„{value}“: nur Buchstaben ohne Umlaute, Ziffern und Unterstrich.")
        return value

    def number(
        self, table: Mapping[str, Any], key: str, place: str, default: int | None = None
    ) -> int | None:
        value = table.get(key, default)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            self.fault(f"{place}.{key}", "Hier muss eine ganze Zahl stehen.")
            return default
        return value

    def choice(self, table: Mapping[str, Any], key: str, kinds: type[E], place: str, default: E) -> E:
        value = str(table.get(key, ""))
        try:
            return kinds(value)
        except ValueError:
            known = ", ".join(str(kind.value) for kind in kinds)
            self.fault(f"{place}.{key}", f"„{value}“ gibt es nicht; möglich sind {known}.")
            return default

    def words(self, value: Any, place: str) -> Words:
        found = value if isinstance(value, dict) else {}
        for language in self.languages:
            if not isinstance(found.get(language), str) or not found[language].strip():
                self.fault(f"{place}.{language}", "Hier fehlt die Übersetzung.")
        return {language: str(found.get(language, "")) for language in self.languages}

    def several(self, table: Mapping[str, Any], key: str, place: str) -> list[tuple[str, dict[str, Any]]]:
        value = table.get(key, [])
        if not isinstance(value, list):
            self.fault(f"{place}.{key}", "Hier muss eine Liste stehen.")
            return []
        return [
            (f"{place}.{key}[{number}]", item)
            for number, item in enumerate(value, start=1)
            if isinstance(item, dict)
        ]

    def options(self, table: Mapping[str, Any], key: str, place: str) -> tuple[Option, ...]:
        found = tuple(
            Option(self.code(item, where), self.words(item, where))
            for where, item in self.several(table, key, place)
        )
        self.unique([option.code for option in found], f"{place}.{key}")
        return found

    def unique(self, codes: list[str], place: str) -> None:
        for code in sorted({code for code in codes if code and codes.count(code) > 1}):
            self.fault(place, f"„{code}“ steht hier zweimal.")


def read_form(content: Mapping[str, Any], place: str = "form") -> FormDefinition:
    """Read one `[[form]]` table; raises DefinitionError with every fault."""
    languages = tuple(content.get("languages", LANGUAGES))
    read = _Reader(languages)
    read.known(content, FORM_KEYS, place)
    if "de" not in languages:
        read.fault(f"{place}.languages", "Deutsch (de) muss dabei sein.")
    consent, words = content.get("consent", {}), content.get("words", {})
    form = FormDefinition(
        code=read.code(content, place),
        version=read.number(content, "version", place, 1) or 1,
        languages=languages,
        title=read.words(content.get("title"), f"{place}.title"),
        words={word: read.words(words.get(word), f"{place}.words.{word}") for word in WORDS},
        consent=ConsentText(
            read.text(consent, "version", f"{place}.consent"),
            read.words(consent.get("text"), f"{place}.consent.text"),
            read.words(consent.get("question"), f"{place}.consent.question"),
        ),
        blocks=tuple(
            _block(read, content, item, where) for where, item in read.several(content, "block", place)
        ),
        materials=read.options(content, "material", place),
        spoken=read.options(content, "language", place),
    )
    read.unique([block.code for block in form.blocks], f"{place}.block")
    read.unique([question.code for question in form.questions()], f"{place}.block.question")
    if not form.blocks:
        read.fault(f"{place}.block", "Das Formular hat keinen Abschnitt.")
    return _whole(read, lambda: form)


def _block(read: _Reader, form: Mapping[str, Any], item: dict[str, Any], place: str) -> Block:
    read.known(item, BLOCK_KEYS, place)
    defaults = {key: item.get(key, form.get(key, "")) for key in ("purpose", "scope", "retention")}
    return Block(
        code=read.code(item, place),
        title=read.words(item.get("title"), f"{place}.title"),
        purpose=read.text(item, "purpose", place),
        questions=tuple(
            _question(read, {**defaults, **entry}, where)
            for where, entry in read.several(item, "question", place)
        ),
    )


def _question(read: _Reader, item: dict[str, Any], place: str) -> Question:
    read.known(item, QUESTION_KEYS, place)
    kind = read.choice(item, "kind", Kind, place, Kind.TEXT)
    options = read.options(item, "options", place)
    listed = {Kind.LANGUAGES: "languages", Kind.TOPICS: "topics"}.get(kind, item.get("options_from", ""))
    if kind in (Kind.CHOICE, Kind.SEVERAL) and not options and listed not in LISTED:
        read.fault(f"{place}.options", "Diese Frage braucht Antworten zur Auswahl.")
    if item.get("scope") not in CATEGORIES:
        read.fault(
            f"{place}.scope", f"„{item.get('scope')}“ gibt es nicht; möglich sind {', '.join(CATEGORIES)}."
        )
    ages = item.get("ages")
    if ages is not None and not (isinstance(ages, list) and len(ages) == 2 and ages[0] <= ages[1]):
        read.fault(f"{place}.ages", "Hier müssen zwei Lebensjahre stehen, von und bis.")
        ages = None
    return Question(
        code=read.code(item, place),
        kind=kind,
        about=read.choice(item, "about", About, place, About.HOUSEHOLD),
        wording=read.words(item.get("wording"), f"{place}.wording"),
        purpose=read.text(item, "purpose", place),
        scope=str(item.get("scope", "")),
        retention=read.text(item, "retention", place),
        help=read.text(item, "help", place, ""),
        options=options,
        options_from=listed,
        unit=read.text(item, "unit", place, ""),
        least=read.number(item, "least", place, 0) or 0,
        most=read.number(item, "most", place),
        ages=(ages[0], ages[1]) if ages else None,
        by_default=bool(item.get("by_default", True)),
    )


def read_topic_list(content: Mapping[str, Any], place: str = "topic_list") -> TopicListDefinition:
    """Read one `[[topic_list]]` table; raises DefinitionError with every fault."""
    read = _Reader(LANGUAGES)
    read.known(content, {"code", "version", "became", "topic"}, place)
    topics = read.options(content, "topic", place)
    became = {
        old: (new,) if isinstance(new, str) else tuple(new) for old, new in content.get("became", {}).items()
    }
    codes = {topic.code for topic in topics}
    for old, parts in became.items():
        for new in parts:
            if new not in codes:
                read.fault(f"{place}.became.{old}", f"„{new}“ steht nicht in der Liste.")
    found = TopicListDefinition(
        read.code(content, place), read.number(content, "version", place, 1) or 1, topics, became
    )
    return _whole(read, lambda: found)


T = TypeVar("T")


def _whole(read: _Reader, result: Callable[[], T]) -> T:
    if read.faults:
        raise DefinitionError(read.faults)
    return result()
