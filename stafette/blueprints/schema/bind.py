"""From TOML to a frozen Blueprint. Every error is found in one pass, with line, column, field and what to do."""

import re
import tomllib
from dataclasses import MISSING, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from stafette.blueprints.schema.fields import Path, Rule, rules_of
from stafette.blueprints.schema.plan import Blueprint
from stafette.blueprints.schema.positions import nearest, positions

T = TypeVar("T")
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$| \(at end of document\)$")


@dataclass(frozen=True, order=True)
class Problem:
    """An error or a notice: where it is, in which field, what is wrong and what to do."""

    line: int
    column: int
    field: str
    message: str
    is_notice: bool = False

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.field}: {self.message}"


@dataclass
class Reading:
    """What came of reading a file: the blueprint when nothing is wrong, and all problems in the order of the file."""

    text: str
    raw: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    blueprint: Blueprint | None = None

    @property
    def errors(self) -> list[Problem]:
        """Return what keeps the file from being applied."""
        return [problem for problem in self.problems if not problem.is_notice]

    @property
    def notices(self) -> list[Problem]:
        """Return what should be looked at, but does not hinder."""
        return [problem for problem in self.problems if problem.is_notice]

    def add(self, path: Path, message: str, *, is_notice: bool = False) -> None:
        """Note a problem at this path."""
        line, column = nearest(self.places, path)
        problem = Problem(line, column, self.name(path), message, is_notice)
        if problem not in self.problems:
            self.problems.append(problem)

    def name(self, path: Path) -> str:
        """Write the path as people find it: unit[clearing].post[erstkontakt].fte."""
        words = ""
        here: Any = self.raw
        for part in path:
            here = here[part] if _has(here, part) else {}
            if isinstance(part, int):
                label = (
                    (here.get("code") or here.get("data") or here.get("name") or part + 1)
                    if isinstance(here, dict)
                    else part + 1
                )
                words += f"[{label}]"
            else:
                words += f".{part}" if words else part
        return words

    def codes(self, kind: str) -> set[str]:
        """Return all codes that the file gives to entries of this kind, also to faulty ones."""
        entries = self.raw.get(kind, [])
        entries = entries if isinstance(entries, list) else []
        return {
            entry["code"]
            for entry in entries
            if isinstance(entry, dict) and isinstance(entry.get("code"), str)
        }


def read(text: str) -> Reading:
    """Read the text of a blueprint; `blueprint` is None when a field cannot be used."""
    reading = Reading(text)
    try:
        reading.raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        reading.problems.append(_syntax(text, error))
        return reading
    reading.places = positions(text)
    blueprint = _table(reading, Blueprint, reading.raw, ())
    if not reading.problems:
        reading.blueprint = blueprint
    return reading


def _has(here: Any, part: str | int) -> bool:
    if isinstance(part, int):
        return isinstance(here, list) and part < len(here)
    return isinstance(here, dict) and part in here


def _syntax(text: str, error: tomllib.TOMLDecodeError) -> Problem:
    found = _AT.search(str(error))
    line, column = (int(found[1]), int(found[2])) if found and found[1] else (text.count("\n") + 1, 1)
    return Problem(
        line,
        column,
        _("Schreibweise"),
        _(
            "Diese Zeile ist kein gültiges TOML. Prüfen Sie Anführungszeichen, Klammern und Gleichheitszeichen; "
        )
        + _("ein Feld darf in einem Abschnitt nur einmal stehen."),
    )


def _table(reading: Reading, kind: type[T], content: Any, path: Path) -> T | None:
    """Bind one table; what is wrong in it is noted, and then nothing is returned."""
    if not isinstance(content, dict):
        reading.add(
            path,
            _("Hier wird ein Abschnitt erwartet, zum Beispiel [{name}].").format(
                name=path[-1] if path else ""
            ),
        )
        return None
    known = {key: (one, rule) for key, one, rule in rules_of(kind)}
    before = len(reading.problems)
    for key in content:
        if key not in known:
            reading.add((*path, key), _unknown(key, list(known)))
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, (one, rule) in known.items():
        if key in content:
            values[one.name] = _value(reading, hints[one.name], rule, content[key], (*path, key))
        elif one.default is MISSING:
            reading.add(
                path, _("„{key}“ fehlt. Ergänzen Sie: {sentence}").format(key=key, sentence=rule.sentence)
            )
    if len(reading.problems) > before:
        return None
    return kind(**values, **({"at": path} if "at" in hints else {}))


def _unknown(key: str, known: list[str]) -> str:
    close = get_close_matches(key, known, n=1)
    if close:
        return _("Das Feld „{key}“ gibt es hier nicht. Meinten Sie „{close}“?").format(
            key=key, close=close[0]
        )
    return _("Das Feld „{key}“ gibt es hier nicht. Möglich sind: {known}.").format(
        key=key, known=", ".join(known)
    )


def _value(reading: Reading, hint: Any, rule: Rule, value: Any, path: Path) -> Any:
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        return _several(reading, get_args(hint)[0], rule, value, path)
    if get_origin(hint) is dict:
        return _texts(reading, value, path)
    if hasattr(hint, "__dataclass_fields__"):
        return _table(reading, hint, value, path)
    return _single(reading, hint, rule, value, path)


def _several(reading: Reading, hint: Any, rule: Rule, value: Any, path: Path) -> tuple[Any, ...]:
    if not isinstance(value, list):
        reading.add(path, _('Hier wird eine Liste in eckigen Klammern erwartet, zum Beispiel ["a", "b"].'))
        return ()
    if hasattr(hint, "__dataclass_fields__"):
        return tuple(_table(reading, hint, one, (*path, index)) for index, one in enumerate(value))
    found = tuple(_single(reading, hint, rule, one, (*path, index)) for index, one in enumerate(value))
    for index, one in enumerate(found):
        if one in found[:index]:
            reading.add(
                (*path, index), _("„{value}“ steht doppelt. Streichen Sie einen Eintrag.").format(value=one)
            )
    return found


def _texts(reading: Reading, value: Any, path: Path) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        isinstance(text, str) and text.strip() for text in value.values()
    ):
        reading.add(path, _('Hier werden Zeilen der Form name = "Text" erwartet.'))
        return {}
    return dict(value)


def _expected(hint: Any) -> str:
    words = {
        str: _("ein Text in Anführungszeichen"),
        int: _("eine ganze Zahl"),
        Decimal: _("eine Zahl mit Punkt, zum Beispiel 0.75"),
        bool: _("true oder false"),
        date: _("ein Datum wie 2022-07-01, ohne Anführungszeichen"),
    }
    return words[hint]


def _fits(hint: Any, value: Any) -> bool:
    if hint is Decimal:
        return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if hint is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, hint)


def _single(reading: Reading, hint: Any, rule: Rule, value: Any, path: Path) -> Any:
    if not _fits(hint, value):
        reading.add(path, _("Hier wird {wanted} erwartet.").format(wanted=_expected(hint)))
        return value
    fault = _text_fault(rule, value) if hint is str else _number_fault(rule, value)
    if fault:
        reading.add(path, fault)
    return Decimal(value) if hint is Decimal else value


def _text_fault(rule: Rule, value: str) -> str:
    if not value.strip():
        return _("Das Feld ist leer. Tragen Sie etwas ein oder streichen Sie die Zeile.")
    if rule.choices is not None and value not in rule.choices:
        close = get_close_matches(value, list(rule.choices), n=1)
        hint = _(" Meinten Sie „{close}“?").format(close=close[0]) if close else ""
        known = ", ".join(rule.choices)
        return _("„{value}“ ist nicht vorgesehen.{hint} Möglich sind: {known}.").format(
            value=value, hint=hint, known=known
        )
    if rule.pattern is not None and not rule.pattern.fullmatch(value):
        return _("„{value}“ passt nicht. Erlaubt sind {expects}.").format(value=value, expects=rule.expects)
    if rule.longest and len(value) > rule.longest:
        return _("Der Text hat {count} Zeichen, höchstens {longest} passen. Bitte kürzen.").format(
            count=len(value), longest=rule.longest
        )
    return ""


def _number_fault(rule: Rule, value: Any) -> str:
    if rule.at_least is not None and value < rule.at_least:
        return _("Der Wert muss mindestens {least} sein.").format(least=int(rule.at_least))
    return ""
