"""A million synthetic persons in one unit, copied into the database with their search keys."""

from __future__ import annotations

import time
from datetime import date
from multiprocessing import get_context
from uuid import UUID

from django.db import connections

from bench.crowd import Crowd, Newcomer
from stafette.accounts.models import Authority, Mandate, Unit
from stafette.kernel.ids import new_id
from stafette.people.making import sort_name
from stafette.people.names.keys import NameParts, folded_names, person_keys

CHUNK = 50_000
DAY = date(2026, 1, 2)
COLUMNS = (
    "id, created_at, unit_id, given_names, family_name, former_names, patronymic, original_script, birth_year, "
    "birth_month, birth_day, sex, nationalities, contact_channel, contact_value, contact_language, "
    "safe_contact_note, address_locked, source, source_date, merged_into_id, sort_name, folded_names, search_keys"
)
INDEXES = ("person_list", "person_new", "person_keys")


def names_of(p: Newcomer) -> list[NameParts]:
    """The names of a synthetic person as the commands would cut them."""
    names = [NameParts(p.given, p.family)]
    if p.original:
        family, _comma, given = p.original.partition(", ")
        names.append(NameParts(given, family))
    return names


def _lines(job: tuple[int, int, str]) -> tuple[str, list[tuple[UUID, Newcomer]]]:
    seed, n, unit = job
    lines, kept = [], []
    for p in Crowd(seed).people(n):
        pk = new_id()
        keys = "{" + ",".join(map(str, person_keys(names_of(p), p.birth))) + "}"
        values = (
            pk, "2026-01-02", unit, p.given, p.family, "", "", p.original, *_parts(p), p.sex, "{}", "", "", "", "",
            "f", "register", "2026-01-02", "\\N", sort_name(p.family, p.given), folded_names(names_of(p)), keys,
        )  # fmt: skip
        lines.append("\t".join(map(str, values)))
        kept.append((pk, p))
    return "\n".join(lines) + "\n", kept


def _parts(p: Newcomer) -> list[str]:
    return [str(part or "\\N") for part in (p.birth.year, p.birth.month, p.birth.day)]


def new_unit() -> UUID:
    """A unit of a made-up town, so that foreign keys and rights hold."""
    code = f"bench-{new_id().hex[-8:]}"
    authority = Authority(code=code, name="Musterstadt", land="ST")
    authority.save(using="owner")
    unit = Unit(code=code, kind="CL", name="Clearingstelle", short_name="CL", authority=authority)
    unit.mandate = Mandate.REGISTERING
    unit.save(using="owner")
    return unit.pk


def crowded_unit(n: int) -> UUID | None:
    """A unit that another bench of the same run has filled with at least n persons, or None."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select unit_id from people_person group by unit_id having count(*) >= %s limit 1", [n]
        )
        row = cursor.fetchone()
    return row[0] if row else None


def fill(unit: UUID, n: int, *, processes: int = 2) -> tuple[list[tuple[UUID, Newcomer]], dict[str, float]]:
    """Copy n persons into the unit; returns them, and how long keys, copy and indexes took."""
    jobs = [(1000 + i, min(CHUNK, n - i * CHUNK), str(unit)) for i in range(-(-n // CHUNK))]
    crowd: list[tuple[UUID, Newcomer]] = []
    started = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        cursor.execute("select indexdef from pg_indexes where indexname = any(%s)", [list(INDEXES)])
        definitions = [row[0] for row in cursor.fetchall()]
        for index in INDEXES:
            cursor.execute(f"drop index if exists {index}")
        cursor.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint "
            "where conrelid = 'people_person'::regclass and contype = 'f'"
        )
        foreign = cursor.fetchall()
        for name, _definition in foreign:
            cursor.execute(f'alter table people_person drop constraint "{name}"')
        with get_context("fork").Pool(processes) as pool:
            for text, kept in pool.imap(_lines, jobs):
                with cursor.copy(f"copy people_person ({COLUMNS}) from stdin") as copy:
                    copy.write(text)
                crowd += kept
        copied = time.perf_counter()
        cursor.execute("set maintenance_work_mem = '512MB'")
        for definition in definitions:
            cursor.execute(definition)
        for name, definition in foreign:
            cursor.execute(f'alter table people_person add constraint "{name}" {definition}')
        cursor.execute("vacuum analyze people_person")
    done = time.perf_counter()
    return crowd, {"copy_s": copied - started, "index_s": done - copied}
