"""Records of the unit that a list may speak of: two set-based joins for the whole list, not a query per row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from stafette.arrivals.reading import Row
from stafette.people.making import sort_name

_TABLE = """
create temporary table if not exists arrivals_asked (
  at int, sort_name text, year smallint, month smallint, day smallint, one text, two text
) on commit drop
"""
# Who is of the same name, and who was born on the same day with an initial in common. `one` and `two` are the
# initials of family and given names; "?" stands for a letter that was lost and fits any.
_ASK = """
with ours as materialized (
  select id, merged_into_id, family_name, given_names, birth_year, birth_month, birth_day, sex, nationalities,
         address_locked, sort_name, left(sort_name, 1) as one, lower(left(given_names, 1)) as two
  from people_person where unit_id = %(unit)s
)
select t.at, p.id, p.merged_into_id, p.family_name, p.given_names, p.birth_year, p.birth_month, p.birth_day, p.sex,
       p.nationalities, p.address_locked
from arrivals_asked t join ours p on p.sort_name = t.sort_name
union all
select t.at, p.id, p.merged_into_id, p.family_name, p.given_names, p.birth_year, p.birth_month, p.birth_day, p.sex,
       p.nationalities, p.address_locked
from arrivals_asked t
join ours p on p.birth_year = t.year and p.birth_month = t.month and p.birth_day = t.day
where p.sort_name <> t.sort_name and (p.one = t.one or p.two = t.two or p.one = t.two or '?' in (t.one, t.two))
"""
_HOMES = """
select distinct on (m.person_id) m.person_id, h.id, h.street, h.house_number, h.postal_code, h.town, h.address_locked
from people_householdmember m join people_household h on h.id = m.household_id
where m.unit_id = %(unit)s and h.unit_id = %(unit)s and m.until_on is null and m.person_id = any(%(persons)s)
order by m.person_id, m.from_on desc, m.id desc
"""


class Record(NamedTuple):
    """A person in the unit's books, as far as a list can speak of it."""

    id: UUID
    merged_into: UUID | None
    family_name: str
    given_names: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    sex: str
    nationalities: list[str]
    address_locked: bool


class Home(NamedTuple):
    """Where a person of ours lives now."""

    household: UUID
    street: str
    house_number: str
    postal_code: str
    town: str
    locked: bool


def candidates(unit: UUID, rows: Sequence[Row]) -> Iterator[tuple[int, Record]]:
    """Position in the list and record, for every pair worth comparing."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from people_person where unit_id = %s)", [unit])
        if not cursor.fetchone()[0]:
            return
        cursor.execute("drop table if exists pg_temp.arrivals_asked")
        cursor.execute(_TABLE)
        with cursor.copy("copy pg_temp.arrivals_asked from stdin") as copy:
            for at, row in enumerate(rows):
                if not row.problem:
                    copy.write_row(_asked(at, row))
        cursor.execute("analyze pg_temp.arrivals_asked")
        cursor.execute(_ASK, {"unit": unit})
        while found := cursor.fetchmany(5_000):
            for at, *record in found:
                yield at, Record(*record)


def _asked(at: int, row: Row) -> tuple[int, str, int | None, int | None, int | None, str, str]:
    name = sort_name(row.family_name, row.given_names)
    return at, name, row.birth.year, row.birth.month, row.birth.day, name[:1], row.given_names[:1].lower()


def homes(unit: UUID, persons: Sequence[UUID]) -> dict[UUID, Home]:
    """Where these persons live now."""
    if not persons:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HOMES, {"unit": unit, "persons": list(persons)})
        return {person: Home(*home) for person, *home in cursor.fetchall()}
