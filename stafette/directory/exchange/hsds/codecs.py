"""How one value is read and written, by the kind of its column.

`read` raises ValueError where a value does not fit; the caller then keeps it as it came. `write` is the way back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils import timezone

SMALL, LARGE = 32_767, 2_147_483_647
CENT = Decimal("0.01")
_is_url = URLValidator()


@dataclass(frozen=True)
class Codec:
    """The two ways of a value."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def codec_for(column: Any) -> Codec:
    """The codec that fits a column of a model."""
    if column.choices:
        return _choice({str(code) for code, _word in column.choices})
    for kind, make in MAKERS:
        if isinstance(column, kind):
            return make(column)
    raise TypeError(f"no codec for {column}")


def _same(value: Any) -> Any:
    return value


def _text(column: Any) -> Codec:
    limit = column.max_length

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(value)
        return value[:limit] if limit else value

    return Codec(read, _same)


def _choice(allowed: set[str]) -> Codec:
    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(value)
        return str(value)

    return Codec(read, _same)


def _checked(check: Callable[[str], Any]) -> Callable[[Any], Codec]:
    def make(column: Any) -> Codec:
        def read(value: Any) -> str:
            if not isinstance(value, str) or len(value) > column.max_length:
                raise ValueError(value)
            try:
                check(value)
            except ValidationError as error:
                raise ValueError(value) from error
            return value

        return Codec(read, _same)

    return make


def _number(largest: int) -> Callable[[Any], Codec]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or (isinstance(value, float) and value != int(value)):
            raise ValueError(value)
        number = int(value)
        if not 0 <= number <= largest:
            raise ValueError(value)
        return number

    return lambda column: Codec(read, _same)


def _degrees(column: Any) -> Codec:
    largest = 90 if column.name == "latitude" else 180

    def read(value: Any) -> float:
        degrees = float(value)
        if isinstance(value, bool) or not -largest <= degrees <= largest:
            raise ValueError(value)
        return degrees

    return Codec(read, _same)


def _money(column: Any) -> Codec:
    def read(value: Any) -> Decimal:
        try:
            amount = Decimal(str(value))
            exact = amount.quantize(CENT)
        except InvalidOperation as error:
            raise ValueError(value) from error
        if exact != amount or abs(amount) >= 10_000_000:
            raise ValueError(value)
        return exact

    return Codec(read, lambda amount: int(amount) if amount == int(amount) else float(amount))


def _day(column: Any) -> Codec:
    return Codec(lambda value: date.fromisoformat(_string(value)[:10]), date.isoformat)


def _clock(column: Any) -> Codec:
    def read(value: Any) -> time:
        return time.fromisoformat(_string(value)).replace(tzinfo=None)

    return Codec(read, lambda at: at.isoformat("auto" if at.second or at.microsecond else "minutes"))


def _moment(column: Any) -> Codec:
    def read(value: Any) -> datetime:
        found = datetime.fromisoformat(_string(value))
        return (found if found.tzinfo else timezone.make_aware(found)).astimezone(UTC)

    return Codec(read, lambda at: at.astimezone(UTC).isoformat())


def _flag(column: Any) -> Codec:
    def read(value: Any) -> bool:
        if value not in ("true", "false"):
            raise ValueError(value)
        return bool(value == "true")

    return Codec(read, lambda said: "true" if said else "false")


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


MAKERS: tuple[tuple[Any, Callable[[Any], Codec]], ...] = (
    (models.EmailField, _checked(validate_email)),
    (models.URLField, _checked(_is_url)),
    ((models.CharField, models.TextField), _text),
    (models.PositiveSmallIntegerField, _number(SMALL)),
    (models.PositiveIntegerField, _number(LARGE)),
    (models.FloatField, _degrees),
    (models.DecimalField, _money),
    (models.DateTimeField, _moment),
    (models.DateField, _day),
    (models.TimeField, _clock),
    (models.BooleanField, _flag),
)
