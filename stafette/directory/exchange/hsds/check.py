"""Does an object keep to the standard? Asked of files that come in, and in the tests of everything that goes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from stafette.directory.exchange.hsds.standard import Thing, thing
from stafette.directory.exchange.problems import Problem, missing, path

MOST_PROBLEMS = 50  # of one entry; a file of another kind would have thousands
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")


def problems_of(value: Any, name: str) -> list[Problem]:
    """Everything in which an object, with all inside it, differs from the standard."""
    found: list[Problem] = []
    for problem in _walk(value, thing(name), ""):
        found.append(problem)
        if len(found) >= MOST_PROBLEMS:
            break
    return found


def _walk(value: Any, kind: Thing, where: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(where or kind.name, _("Hier steht kein Objekt mit Feldern."))
        return
    for name in kind.required:
        if value.get(name) is None:
            yield missing(path(where, name))
    for name, text in kind.fields.items():
        if (said := value.get(name)) is not None and (says := wrong(said, text)):
            yield Problem(path(where, name), says, is_fault=False)
    for name, inner in kind.one.items():
        if value.get(name) is not None:
            yield from _walk(value[name], thing(inner), path(where, name))
    for name, inner in kind.many.items():
        yield from _list(value.get(name), inner, path(where, name))


def _list(value: Any, inner: str, where: str) -> Iterator[Problem]:
    if value is None:
        return
    if not isinstance(value, list):
        yield Problem(where, _("Hier muss eine Liste stehen."))
        return
    for number, one in enumerate(value, start=1):
        yield from _walk(one, thing(inner), path(where, number))


def wrong(value: Any, kind: str) -> str:
    """Why a value is not of this type, or nothing."""
    if "|" in kind:
        allowed = kind.split("|")
        said = _("Erlaubt sind: {words}.").format(words=", ".join(allowed))
        return "" if value in allowed else said
    if kind == "number":
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if is_number else _("Hier muss eine Zahl stehen.")
    if not isinstance(value, str):
        return _("Hier muss ein Text stehen.")
    fits, says = TYPES[kind]
    return "" if fits(value) else str(says())


def _tries(make: Callable[[str], Any]) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            make(value)
        except (ValueError, ValidationError):
            return False
        return True

    return fits


TYPES: dict[str, tuple[Callable[[str], bool], Callable[[], str]]] = {
    "text": (lambda value: True, lambda: ""),
    "ref": (bool, lambda: _("Die Kennung ist leer.")),
    "uuid": (_tries(UUID), lambda: _("Das ist keine UUID.")),
    "uri": (lambda value: bool(URI.fullmatch(value)), lambda: _("Das ist keine Adresse im Netz.")),
    "email": (_tries(validate_email), lambda: _("Das ist keine E-Mail-Adresse.")),
    "date": (_tries(date.fromisoformat), lambda: _("Schreiben Sie den Tag als JJJJ-MM-TT.")),
    "time": (_tries(time.fromisoformat), lambda: _("Schreiben Sie die Uhrzeit als HH:MM.")),
    "datetime": (_tries(datetime.fromisoformat), lambda: _("Schreiben Sie Tag und Uhrzeit nach ISO 8601.")),
}
