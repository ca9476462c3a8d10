"""Person search among a million: recall and latency, against what a town would use instead.

One dirtied person (typing errors, other spelling or script, swapped, slipped or lost birth date) is
looked for; counted is whether the very person is among the first ten. Compared in the same run:
Django admin's icontains, pg_trgm on the folded name, and the same score over all rows as the ceiling.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, connections
from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import Indel

from bench.crowd import Newcomer, Query, dirty
from bench.people_db import fill, names_of, new_unit
from stafette.kernel.actor import Actor
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people.birthdates import BirthDate
from stafette.people.models import Person
from stafette.people.names.keys import NameParts, folded_names, query_keys
from stafette.people.names.score import parts_of, score
from stafette.people.queries import search

Finder = Callable[[Query], Sequence[UUID]]
TOP = 10


def run(quick: bool = False, *, unit: UUID | None = None, n: int | None = None) -> dict[str, Any]:
    """Fill the database if need be, ask dirtied queries, print a table, return the figures."""
    n = n or (100_000 if quick else 1_000_000)
    unit = unit or new_unit()
    crowd, build = fill(unit, n)
    print(f"{n} Personen in einer Stelle: {build}")
    _trigram_column()
    actor = Actor(id=new_id(), label="bench", grants=frozenset({(Permission.PERSON_VIEW, unit)}))
    rng = random.Random(5)
    asked = [(pk, dirty(p, rng)) for pk, p in rng.sample(crowd, 400 if quick else 1500)]
    figures: dict[str, Any] = {
        "persons": n,
        "queries": len(asked),
        **{k: round(v, 1) for k, v in build.items()},
    }
    with acting(actor):
        for _i in range(3):  # warm the pages of index and table
            _measure("warm", lambda q: _ours(q, actor), asked[:300])
        figures["block keys"] = _measure(
            "Blockschlüssel, Ähnlichkeit in Python", lambda q: _ours(q, actor), asked
        )
        figures["block keys"] |= _database_only(asked, [unit])
    few = asked[: 60 if quick else 100]
    with acting(actor):
        figures["same, on the few"] = _measure(
            "dasselbe, nur die folgenden Anfragen", lambda q: _ours(q, actor), few
        )
        figures["pg_trgm"] = _measure("pg_trgm auf gefaltetem Namen", _trigram(unit), few)
        figures["icontains"] = _measure("icontains wie im Django-Admin", _icontains(unit), few)
    ceiling = _Ceiling(crowd)
    figures["ceiling"] = _measure("Bewertung aller Zeilen (Decke)", ceiling.find, few[:60])
    figures["index_mb"] = _sizes()
    return figures


def _names(q: Query) -> tuple[NameParts, ...]:
    return (NameParts(q.given, q.family),)


def _ours(q: Query, actor: Actor) -> Sequence[UUID]:
    query = search.Query(_names(q), q.birth)
    return [m.id for m in search._ranked(actor, query, actor.units(Permission.PERSON_VIEW), TOP, 0.0)]


def _database_only(asked: Sequence[tuple[UUID, Query]], units: list[UUID]) -> dict[str, Any]:
    """Time of the one database call, on the clock and as CPU time of the backend: the machine may be busy."""
    times, busy, found = [], [], []
    clock = Path(f"/proc/{_backend()}/schedstat")  # its first number is nanoseconds on the CPU
    for _pk, q in asked:
        keys = query_keys(_names(q), q.birth)
        values = [units, list(keys.dated), list(keys.named), list(keys.single), search.PER_KEY]
        with connection.cursor() as cursor:
            before, started = int(clock.read_text().split()[0]), time.perf_counter()
            cursor.execute(search._SQL, values)
            found.append(len(cursor.fetchall()))
            times.append(1000 * (time.perf_counter() - started))
            busy.append((int(clock.read_text().split()[0]) - before) / 1e6)
    figures = {
        "db_p50_ms": _percentile(times, 50),
        "db_p95_ms": _percentile(times, 95),
        "db_cpu_p50_ms": _percentile(busy, 50),
        "db_cpu_p95_ms": _percentile(busy, 95),
        "candidates": statistics.mean(found),
    }
    figures = {name: round(value, 2) for name, value in figures.items()}
    print("   in der Datenbank:", figures)
    return figures


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _measure(name: str, find: Finder, asked: Sequence[tuple[UUID, Query]]) -> dict[str, Any]:
    times, hits = [], 0
    kinds: dict[str, list[int]] = defaultdict(list)
    for pk, query in asked:
        started = time.perf_counter()
        ids = find(query)
        times.append(1000 * (time.perf_counter() - started))
        hit = pk in ids
        hits += hit
        kinds[query.kind].append(hit)
        kinds["Datum: " + query.dates].append(hit)
    figures = {
        "recall_at_10": round(hits / len(asked), 4),
        "p50_ms": round(_percentile(times, 50), 2),
        "p95_ms": round(_percentile(times, 95), 2),
        "by_kind": {kind: round(sum(v) / len(v), 3) for kind, v in sorted(kinds.items())},
    }
    if name != "warm":
        shown = f"{figures['recall_at_10']:.3f}   p50 {figures['p50_ms']:8.2f} ms   p95 {figures['p95_ms']:8.2f} ms"
        print(f"{name:45} n={len(asked):5}  Treffer unter {TOP}: {shown}")
    return figures


def _percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def _icontains(unit: UUID) -> Finder:
    """Every word of the query in one of the name fields, as the admin's search box asks it."""

    def find(q: Query) -> Sequence[UUID]:
        rows = Person.objects.filter(unit=unit)
        for word in q.text.replace("-", " ").split():
            rows = rows.filter(
                Q(given_names__icontains=word)
                | Q(family_name__icontains=word)
                | Q(original_script__icontains=word)
            )
        return list(rows.values_list("pk", flat=True)[:TOP])

    return find


def _trigram_column() -> None:
    """A folded name per person with a trigram index, the usual advice; only the bench has it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("drop table if exists bench_folded")
        cursor.execute(
            "create table bench_folded as select id, split_part(folded_names, '|', 1) as folded, "
            "(birth_year, birth_month, birth_day)::text as birth from people_person"
        )
        cursor.execute("create index bench_trgm on bench_folded using gin (folded gin_trgm_ops)")
        cursor.execute("analyze bench_folded")
        cursor.execute("grant select on bench_folded to stafette_app")


def _trigram(unit: UUID) -> Finder:
    def find(q: Query) -> Sequence[UUID]:
        folded = folded_names(_names(q))
        birth = "(" + ",".join(str(part or "") for part in (q.birth.year, q.birth.month, q.birth.day)) + ")"
        with connection.cursor() as cursor:
            cursor.execute("set local pg_trgm.similarity_threshold = 0.45")
            cursor.execute(
                "select id from bench_folded where folded %% %s order by similarity(folded, %s) desc, (birth = %s) desc "
                "limit %s",
                [folded, folded, birth, TOP],
            )
            return [row[0] for row in cursor.fetchall()]

    return find


class _Ceiling:
    """The same score over all rows: a rough pass in C over every name, the exact score for the best."""

    def __init__(self, crowd: Sequence[tuple[UUID, Newcomer]]) -> None:
        self.rows: list[tuple[UUID, str, BirthDate]] = []
        self.texts: list[str] = []
        self.born: dict[BirthDate, list[int]] = defaultdict(list)
        for pk, p in crowd:
            for text in folded_names(names_of(p)).split("|"):
                self.born[p.birth].append(len(self.rows))
                self.rows.append((pk, text, p.birth))
                self.texts.append(text)

    def find(self, q: Query) -> Sequence[UUID]:
        wanted = folded_names(_names(q))
        likely = process.extract(wanted, self.texts, scorer=Indel.normalized_similarity, limit=3000)
        swapped = BirthDate(q.birth.year, q.birth.day, q.birth.month)
        chosen = {i for _text, _like, i in likely} | {
            *self.born.get(q.birth, ()),
            *self.born.get(swapped, ()),
        }
        best: dict[UUID, float] = {}
        for i in chosen:
            pk, folded, birth = self.rows[i]
            exact = score(parts_of(wanted), q.birth, parts_of(folded), birth).total
            best[pk] = max(best.get(pk, 0.0), exact)
        return sorted(best, key=lambda pk: -best[pk])[:TOP]


def _sizes() -> dict[str, float]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select relname, round(pg_relation_size(oid) / 1048576.0, 1) from pg_class "
            "where relname in ('person_keys', 'bench_trgm', 'people_person')"
        )
        sizes = {name: float(size) for name, size in cursor.fetchall()}
    print("   Größen in MB:", sizes)
    return sizes
