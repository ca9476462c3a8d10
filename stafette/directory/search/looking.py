"""The broad look: one statement that finds what may answer, with the points that the database can give.

It compares thousands of rows by few columns and reads the rest only of those that are looked at closely.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, radians
from typing import Any
from uuid import UUID

from django.db import connection

from stafette.directory.search.asking import Query
from stafette.directory.search.spelling import Word
from stafette.directory.search.text import words_of
from stafette.directory.search.understanding import Meaning
from stafette.directory.search.weights import weights

ROWS = "directory_searchrow"
GLANCES = "directory_searchglance"  # the same without words, for searches that name none
CLOSE_LOOK = 80
MANY = (
    2_000  # by a word that more entries have nothing is found, unless by nothing else; it still gives points
)
LEVELS = (("A", 1.0), ("B", 0.7), ("C", 0.55))
LOWEST = 0.3  # a word that stands in the long texts only
KM_PER_DEGREE = 111.2
COLUMNS = (
    *("service_id", "code", "needs", "hints", "topics", "languages", "has_interpreters", "target_groups"),
    *("statuses", "minimum_age", "maximum_age", "spots", "opens", "closes", "special", "is_accessible"),
    *("is_free", "status", "room", "is_public", "confirm_on"),
)


@dataclass(frozen=True)
class Candidate:
    """A row of the index that may answer, with its points for words (0–1) and what the work told about it lately."""

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
    signals: list[str]


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
    since = moment.date() - timedelta(days=weights().signal_days)
    source, is_kept = (ROWS, "materialized") if query.words else (GLANCES, "not materialized")
    statement = (
        f"with found as {is_kept} (select service_id, code, {points} as words, {order} as others "
        f"from {source} where {where}), "
        "best as (select service_id, words, count(*) over () as total from found "
        f"order by words * {weights().fits['words']} + others desc, code limit {CLOSE_LOOK}) "
        f"select {', '.join(COLUMNS)}, words, array(select kind from directory_signal s where s.service_id = "
        + sql.add("best.service_id and noted_on > %s and settled_on is null), total ", since)
        + "from best join (select "
        + f"{', '.join(COLUMNS)} from {ROWS}) entry using (service_id)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, sql.values)
        rows = cursor.fetchall()
    return [_candidate(row) for row in rows], rows[0][-1] if rows else 0


def _candidate(row: tuple[Any, ...]) -> Candidate:
    values = dict(zip(COLUMNS, row, strict=False))
    special = values["special"]  # a bare cursor leaves JSON as text
    values["special"] = json.loads(special) if special != "[]" else []
    return Candidate(**values, words=float(row[-3]), signals=row[-2])


def _any(stems: Sequence[str], level: str = "") -> str:
    mark = f":{level}" if level else ""
    return " | ".join("'" + one.replace("'", "") + "'" + mark for one in stems)


def _words(sql: _Sql, words: Sequence[Word]) -> str:
    """How much of what the question says stands in the row, by the place where it stands: 0 to 1."""
    whole = sum(word.weight for word in words)
    if not whole:
        return "0::float8"
    each = []
    for word in words:
        stands = sql.add("case when not vector @@ %s::tsquery then 0", _any(word.stems))
        cases = " ".join(
            sql.add(f"when vector @@ %s::tsquery then {share}::float8", _any(word.stems, level))
            for level, share in LEVELS
        )
        each.append(f"{word.weight / whole:.4f}::float8 * {stands} {cases} else {LOWEST} end")
    return f"({' + '.join(each)})"


def _order(sql: _Sql, query: Query, meaning: Meaning) -> str:
    """The points that arrays and flags give; `ordering` counts them again, with the reasons."""
    fits, falls = weights().fits, weights().falls
    each = ["0::float8"]
    whole = sum(meaning.needs.values())
    for column, points in (("needs", fits["need"]), ("hints", fits["need"] / 2)):
        each.append(_shares(sql, column, meaning.needs, points / whole if whole else 0))
    topics = meaning.topics
    each.append(_shares(sql, "topics", topics, fits["topic"] / sum(topics.values()) if topics else 0))
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


def _shares(sql: _Sql, column: str, codes: dict[str, float], points: float) -> str:
    """Points for each of the codes that stands in the column; asked one by one only where any of them does."""
    if not codes:
        return "0"
    some = sql.add(f"case when {column} && %s::varchar[] then", list(codes))
    each = [
        sql.add(f"case when %s = any({column}) then {points * weight:.2f}::float8 else 0 end", code)
        for code, weight in codes.items()
    ]
    return f"{some} {' + '.join(each)} else 0 end"


def _distance(sql: _Sql, near: tuple[float, float]) -> str:
    """Kilometres to the nearest place, on a plane: exact enough within a county."""
    latitude, longitude = near
    wide = KM_PER_DEGREE * cos(radians(latitude))
    values = (latitude, KM_PER_DEGREE, longitude, wide)

    def way(first: str, second: str) -> str:
        return f"sqrt(power((spots[{first}] - %s) * %s, 2) + power((spots[{second}] - %s) * %s, 2))"

    return sql.add(
        f"case cardinality(spots) when 0 then null when 2 then {way('1', '2')} else "
        f"(select min({way('n', 'n + 1')}) from generate_series(1, cardinality(spots), 2) n) end",
        *values,
        *values,
    )


def _where(sql: _Sql, query: Query, meaning: Meaning, words: Sequence[Word], moment: datetime) -> str:
    """What a row must have: something that was asked for, and everything that somebody ticked."""
    each = ["status in ('active', 'temporarily closed')"]
    if query.words:
        each.append(_asked(sql, meaning, words))
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


def _asked(sql: _Sql, meaning: Meaning, words: Sequence[Word]) -> str:
    """Each look by an index of its own: with `or` the planner reads the whole table as soon as much may fit."""
    telling = [word for word in words if word.services <= MANY]
    stems = [one for word in (telling or ([] if meaning.needs else words)) for one in word.stems]
    each = []
    if stems:
        each.append(sql.add("vector @@ %s::tsquery", _any(stems)))
    if meaning.needs:
        each.append(sql.add("needs && %s::varchar[]", list(meaning.needs)))
        each.append(sql.add("topics && %s::varchar[]", list(meaning.topics)))
    looks = " union all ".join(f"select ctid from {ROWS} where {one}" for one in each)
    return f"ctid = any(array({looks}))"


def _open(sql: _Sql, moment: datetime) -> str:
    """Whether more opened than closed until this minute of the week; special hours are looked at closely later."""
    minute = minute_of_week(moment)
    before = sql.add("width_bucket(%s::smallint, opens) > width_bucket(%s::smallint, closes)", minute, minute)
    return f"({before} or is_special)"


def minute_of_week(moment: datetime) -> int:
    """Minutes since Monday 0:00, local time."""
    return moment.weekday() * 1440 + moment.hour * 60 + moment.minute
