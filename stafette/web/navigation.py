"""Which pages stand in the main navigation; filled in config/bars.py, shown by what the actor may do.

A permission says what one may open; it does not say what one's unit works on. So an entry can also ask that
(`where`, `unless`): a house that counts questions at a counter begins with something else than one with files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.urls import reverse

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.kernel.texts import Text

Question = Callable[[Actor], bool]
Wanted = Permission | tuple[Permission, ...] | None


@dataclass(frozen=True)
class Entry:
    """A page of the main navigation: shown to those who hold one of the permissions in some unit, None to all."""

    label: Text
    url_name: str
    permission: Wanted
    order: int
    where: Question | None = None
    unless: Question | None = None


class NavItem(NamedTuple):
    """What the header prints; `current` is true for the page one is on or below."""

    label: str
    url: str
    current: bool


_entries: dict[tuple[str, int], Entry] = {}
_search: dict[str, tuple[Permission, str]] = {}


def register(
    label: Text,
    url_name: str,
    *,
    permission: Wanted,
    order: int,
    where: Question | None = None,
    unless: Question | None = None,
) -> None:
    """Enter a page; naming the same page at the same place twice replaces the entry.

    A page may stand at two places, for different work: whoever would see both has it at the first.
    """
    _entries[url_name, order] = Entry(label, url_name, permission, order, where, unless)


def register_search(url_name: str, *, permission: Permission, parameter: str = "q") -> None:
    """Name the page that answers the search box in the header; it is asked by POST, so that no name is in a URL."""
    _search.clear()
    _search[url_name] = (permission, parameter)


def items_for(actor: Actor, path: str) -> list[NavItem]:
    """Return the entries this actor may open; the longest address that fits the path is current.

    Of two pages of one name only the first stands there: who may do more has the page that does more.
    """
    allowed: dict[str, str] = {}
    answers: dict[Question, bool] = {}
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if _is_for(actor, entry.permission) and _fits(actor, entry, answers):
            allowed.setdefault(str(entry.label), _address(entry.url_name))
    fitting = [url for url in allowed.values() if path == url or (url != "/" and path.startswith(url))]
    current = max(fitting, key=len, default=None)
    return [NavItem(label, url, url == current) for label, url in allowed.items()]


def _is_for(actor: Actor, permission: Wanted) -> bool:
    if permission is None:
        return True
    return any(map(actor.may, permission if isinstance(permission, tuple) else (permission,)))


def _fits(actor: Actor, entry: Entry, answers: dict[Question, bool]) -> bool:
    """Whether the work of one's unit is of the kind; each question is asked once per page, and only if it matters."""
    for question, wanted in ((entry.where, True), (entry.unless, False)):
        if question is None:
            continue
        if question not in answers:
            answers[question] = question(actor)
        if answers[question] is not wanted:
            return False
    return True


@cache
def _address(url_name: str) -> str:
    """Addresses of the navigation never change while the program runs."""
    return reverse(url_name)


def search_for(actor: Actor) -> tuple[str, str]:
    """Return address and parameter of the search box, or two empty texts."""
    for url_name, (permission, parameter) in _search.items():
        if actor.may(permission):
            return reverse(url_name), parameter
    return "", ""
