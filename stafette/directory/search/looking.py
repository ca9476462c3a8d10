"""The broad look: one statement that finds what may answer, with the points that the database can give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import cos, radians
from typing import Any
from uuid import UUID

from django.db import connection

from stafette.directory.search.asking import Query
from stafette.directory.search.spelling import Word
from stafette.directory.search.text import words_of
from stafette.directory.search.understanding import Meaning
from stafette.directory.search.weights import weights

CLOSE_LOOK = 80
LEVELS = (("A", 1.0), ("B", 0.7), ("C", 0.55), ("D", 0.3))
KM_PER_DEGREE = 111.2
COLUMNS = (
    *("service_id", "code", "needs", "hints", "topics", "languages", "has_interpreters", "target_groups"),
    *("statuses", "minimum_age", "maximum_age", "spots", "opens", "closes", "special", "is_accessible"),
    *("is_free", "status", "room", "is_public", "confirm_on"),
)


@dataclass(frozen=True)
class Candidate:
    """A row of the index that may answer, with its points for words (0–1)."""

    service_id: UUID
    code: str
    needs: list[str]
    hints: list[str]
    topics: list[str]
    languages: list[str]
    has_interpreters: bool
    target_groups: list[str]
    statuses: list[int]
    minimum_age: int | None
    maximum_age: int | None
    spots: list[float]
    opens: list[int]
    closes: list[int]
    special: list[dict[str, Any]]
    is_accessible: bool
    is_free: bool | None
    status: str
    room: str
    is_public: bool
    confirm_on: date | None
    words: float


class _Sql:
    """Pieces of SQL with their values, in the order in which they stand."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def add(self, text: str, *values: Any) -> str:
        self.values.extend(values)
        return text


def candidates(
    query: Query, meaning: Meaning, words: Sequence[Word], moment: datetime
) -> tuple[list[Candidate], int]:
    """The rows that may answer, the likeliest first, and how many there are in all."""
    if query.words and not words and not meaning.needs:
        return [], 0
    sql = _Sql()
    points = _words(sql, words)
    order = _order(sql, query, meaning)
    where = _where(sql, query, meaning, words, moment)
    statement = (
        f"select *, count(*) over () from (select {', '.join(COLUMNS)}, {points} as words, {order} as others "
        f"from directory_searchrow where {where}) found "
        f"order by words * {weights().fits['words']} + others desc, code limit {CLOSE_LOOK}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, sql.values)
        rows = cursor.fetchall()
    return [_candidate(row) for row in rows], rows[0][-1] if rows else 0


def _candidate(row: tuple[Any, ...]) -> Candidate:
    values = dict(zip(COLUMNS, row, strict=False))
    values["special"] = json.loads(values["special"])  # a bare cursor leaves JSON as text
    return Candidate(**values, words=float(row[len(COLUMNS)]))


def _any(stems: Sequence[str], level: str = "") -> str:
    mark = f":{level}" if level else ""
    return " | ".join("'" + one.replace("'", "") + "'" + mark for one in stems)


def _words(sql: _Sql, words: Sequence[Word]) -> str:
    """How much of what the question says stands in the row, by the place where it stands: 0 to 1."""
    whole = sum(word.weight for word in words)
    if not whole:
        return "0.0"
    each = []
    for word in words:
        cases = " ".join(
            sql.add(f"when vector @@ %s::tsquery then {share}", _any(word.stems, level))
            for level, share in LEVELS
        )
        each.append(f"{word.weight / whole:.4f} * case {cases} else 0 end")
    return f"({' + '.join(each)})"


def _order(sql: _Sql, query: Query, meaning: Meaning) -> str:
    """The points that arrays and flags give; `ordering` counts them again, with the reasons."""
    fits, falls = weights().fits, weights().falls
    each = ["0.0"]
    for codes, points in ((meaning.needs, fits["need"]), (meaning.topics, fits["topic"])):
        whole = sum(codes.values())
        column = "needs" if codes is meaning.needs else "topics"
        for code, weight in codes.items():
            share = points * weight / whole
            each.append(sql.add(f"case when %s = any({column}) then {share:.2f} else 0 end", code))
            if column == "needs":
                each.append(sql.add(f"case when %s = any(hints) then {share / 2:.2f} else 0 end", code))
    if query.language != "de":
        each.append(
            sql.add(f"case when %s = any(languages) then {fits['language']} else 0 end", query.language)
        )
    if query.near:
        distance = _distance(sql, query.near)
        each.append(f"{fits['near']} / (1 + coalesce({distance}, 100) / {weights().near_km})")
    each.append(f"- case status when 'active' then 0 else {falls['closed']} end")
    each.append(
        f"- case room when 'full' then {falls['full']} when 'waiting' then {falls['waiting']} else 0 end"
    )
    return f"({' + '.join(each)})".replace("+ -", "-")


def _distance(sql: _Sql, near: tuple[float, float]) -> str:
    """Kilometres to the nearest place, on a plane: exact enough within a county."""
    latitude, longitude = near
    wide = KM_PER_DEGREE * cos(radians(latitude))
    return sql.add(
        "(select min(sqrt(power((spots[n] - %s) * %s, 2) + power((spots[n + 1] - %s) * %s, 2))) "
        "from generate_series(1, cardinality(spots), 2) n)",
        latitude,
        KM_PER_DEGREE,
        longitude,
        wide,
    )


def _where(sql: _Sql, query: Query, meaning: Meaning, words: Sequence[Word], moment: datetime) -> str:
    """What a row must have: something that was asked for, and everything that somebody ticked."""
    each = ["status in ('active', 'temporarily closed')"]
    if query.words:
        asked = []
        if words:
            stems = [one for word in words for one in word.stems]
            asked.append(sql.add("vector @@ %s::tsquery", _any(stems)))
        if meaning.needs:
            asked.append(sql.add("needs && %s::varchar[]", list(meaning.needs)))
            asked.append(sql.add("topics && %s::varchar[]", list(meaning.topics)))
        each.append(f"({' or '.join(asked)})")
    if query.topics:
        each.append(sql.add("topics && %s::varchar[]", list(query.topics)))
    if query.spoken:
        each.append(sql.add("languages && %s::varchar[]", list(query.spoken)))
    if query.target_groups:
        groups = [*query.target_groups, "everybody"]
        each.append(sql.add("(cardinality(target_groups) = 0 or target_groups && %s::varchar[])", groups))
    if query.status is not None:
        each.append(sql.add("(cardinality(statuses) = 0 or %s = any(statuses))", query.status))
    if query.district:
        each.append(sql.add("%s = any(districts)", " ".join(words_of(query.district))))
    if query.age is not None:
        each.append(sql.add("%s between coalesce(minimum_age, 0) and coalesce(maximum_age, 200)", query.age))
    if query.open_now:
        each.append(_open(sql, moment))
    if query.accessible:
        each.append("is_accessible")
    if query.free:
        each.append("is_free")
    if query.public_only:
        each.append("is_public")
    return " and ".join(each)


def _open(sql: _Sql, moment: datetime) -> str:
    minute = minute_of_week(moment)
    return sql.add(
        "(exists (select 1 from unnest(opens, closes) u(a, b) where a <= %s and %s < b) "
        "or special <> '[]'::jsonb)",
        minute,
        minute,
    )


def minute_of_week(moment: datetime) -> int:
    """Minutes since Monday 0:00, local time."""
    return moment.weekday() * 1440 + moment.hour * 60 + moment.minute
