"""The table of the standard as objects (standard.toml tells what it is)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("standard.toml")
EVERYWHERE = {"attributes": "attribute", "metadata": "metadata"}
BARE = {"attribute", "metadata", "taxonomy_term", "taxonomy"}  # have no attributes of their own


@dataclass(frozen=True)
class Thing:
    """One kind of object: its fields with their types, and the objects inside it."""

    name: str
    file: str
    says: str
    fields: dict[str, str]
    required: tuple[str, ...] = ()
    tables_need: tuple[str, ...] = ()
    one: dict[str, str] = field(default_factory=dict)
    many: dict[str, str] = field(default_factory=dict)
    later: tuple[str, ...] = ()

    @property
    def inside(self) -> dict[str, str]:
        """Every object inside, single or in a list."""
        return self.one | self.many


@cache
def version() -> str:
    """Which version of the standard we speak."""
    return str(_table()["version"])


@cache
def things() -> dict[str, Thing]:
    """All objects of the standard by name."""
    return {name: _thing(name, values) for name, values in _table()["objects"].items()}


def thing(name: str) -> Thing:
    """One object of the standard."""
    return things()[name]


@cache
def by_file() -> dict[str, Thing]:
    """Objects by the name of their CSV, singular or plural: both are in use."""
    return {one.name: one for one in things().values()} | {one.file: one for one in things().values()}


def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def _thing(name: str, values: dict[str, Any]) -> Thing:
    own = {} if name in BARE else EVERYWHERE
    if name in ("attribute", "taxonomy_term", "taxonomy"):
        own = {"metadata": "metadata"}
    return Thing(
        name=name,
        file=values["file"],
        says=values["says"],
        fields=values["fields"],
        required=tuple(values["required"]),
        tables_need=tuple(values.get("tables_need", ())),
        one=values.get("one", {}),
        many=values.get("many", {}) | own,
        later=tuple(values.get("later", ())),
    )
