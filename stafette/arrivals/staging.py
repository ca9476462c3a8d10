"""Write the rows of a list in one statement: COPY into a temporary table, then one insert under the policies.

PostgreSQL refuses COPY FROM on a table with row-level security, for good reason; the insert is checked instead.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from stafette.arrivals.matching import Verdict, fingerprint
from stafette.arrivals.models import ArrivalImport
from stafette.arrivals.reading import Row

_LIST = (
    "number, household_number, outcome, reason, value, remarks, fingerprint, twin_number, person_id, differences, "
    "family_name, given_names, birth_name, birth_year, birth_month, birth_day, sex, nationalities, street, "
    "house_number, postal_code, town, district, moved_in_on, came_from, guardian, landlord, address_locked, "
    "language, phone, email"
)
_MAKE = """
create temporary table arrivals_staged (
  number int, household_number int, outcome text, reason text, value text, remarks text[], fingerprint bigint,
  twin_number int, person_id uuid, differences jsonb, family_name text, given_names text, birth_name text,
  birth_year smallint, birth_month smallint, birth_day smallint, sex text, nationalities text[], street text,
  house_number text, postal_code text, town text, district text, moved_in_on date, came_from text, guardian text,
  landlord text, address_locked boolean, language text, phone text, email text
) on commit drop
"""
_INSERT = f"""
insert into arrivals_arrivalrow (id, created_at, unit_id, source_id, decision, is_applied, {_LIST})
select gen_random_uuid(), statement_timestamp(), %s, %s, '', outcome = 'known', {_LIST} from pg_temp.arrivals_staged
"""


def write_rows(
    upload: ArrivalImport, rows: Sequence[Row], verdicts: Sequence[Verdict], groups: Sequence[int]
) -> None:
    """Store every row with its outcome; `groups` numbers the households of the rows that were not refused."""
    households = iter(groups)
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.arrivals_staged")
        cursor.execute(_MAKE)
        with cursor.copy(f"copy pg_temp.arrivals_staged ({_LIST}) from stdin") as copy:
            for row, verdict in zip(rows, verdicts, strict=True):
                copy.write_row(_line(row, verdict, -1 if row.problem else next(households)))
        cursor.execute(_INSERT, [upload.unit_id, upload.pk])


def _line(row: Row, verdict: Verdict, household: int) -> tuple[Any, ...]:
    birth = row.birth
    return (
        row.number, household, verdict.outcome, row.problem, row.value[:60], _array(row.remarks), fingerprint(row),
        verdict.twin, verdict.person, _object(verdict.differences), row.family_name, row.given_names,
        row.birth_name, birth.year, birth.month, birth.day, row.sex, _array(row.nationalities), row.street,
        row.house_number, row.postal_code, row.town, row.district, row.moved_in_on, row.came_from, row.guardian,
        row.landlord, row.address_locked, row.language, row.phone, row.email,
    )  # fmt: skip


def _array(codes: Sequence[str]) -> str:
    """A list of our own codes as PostgreSQL writes it; codes are plain words and numbers."""
    return "{" + ",".join(codes) + "}"


def _object(differences: Mapping[str, Any]) -> str:
    return json.dumps(differences, default=str) if differences else "{}"
