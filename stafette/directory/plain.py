"""Entries as JSON and back: for earlier versions and proposals."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")
SCALARS = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    Decimal: Decimal,
    UUID: UUID,
}


def to_plain(value: Any) -> dict[str, Any]:
    """Turn a dataclass of `data.py` into what JSON can hold; what equals its default is left out."""
    kept = {
        one.name: getattr(value, one.name)
        for one in fields(value)
        if getattr(value, one.name) != _default(one)
    }
    return {name: _plain(one) for name, one in kept.items()}


def _default(one: Any) -> Any:
    if one.default_factory is not MISSING:
        return one.default_factory()
    return one.default


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return to_plain(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def from_plain(kind: type[T], values: dict[str, Any]) -> T:
    """Make the dataclass again; unknown keys are left out, TypeError where a necessary one is missing."""
    hints = _hints(cast(Any, kind))
    return kind(**{name: _typed(hints[name], value) for name, value in values.items() if name in hints})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], one) for one in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return value if isinstance(value, hint) else from_plain(hint, value)
    make = SCALARS.get(hint)
    return make(value) if make and isinstance(value, str) else value


def as_values(value: Any) -> dict[str, Any]:
    """The fields of a dataclass without going into nested ones."""
    return {one.name: getattr(value, one.name) for one in fields(value)}
