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

PIECE = 1_000  # lines that go over at once
_LIST = (
    "number, household_number, twin_number, person_id, birth_year, birth_month, birth_day, moved_in_on, "
    "fingerprint, address_locked, remarks, nationalities, outcome, reason, value, differences, family_name, "
    "given_names, birth_name, sex, street, house_number, postal_code, town, district, came_from, guardian, landlord, "
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
            lines: list[str] = []
            for row, verdict in zip(rows, verdicts, strict=True):
                lines.append(_line(row, verdict, -1 if row.problem else next(households)))
                if len(lines) == PIECE:
                    copy.write("".join(lines))
                    lines.clear()
            copy.write("".join(lines))
        cursor.execute(_INSERT, [upload.unit_id, upload.pk])


def _line(row: Row, verdict: Verdict, household: int) -> str:
    """One line of COPY text: first what may be null or is a number, then texts, of which only \\ needs care.

    Tabs and line ends cannot occur: the reader has made every text one line of printable characters.
    """
    birth = row.birth
    first = (
        f"{row.number}\t{household}\t{_or_null(verdict.twin)}\t{_or_null(verdict.person)}\t{_or_null(birth.year)}\t"
        f"{_or_null(birth.month)}\t{_or_null(birth.day)}\t{_or_null(row.moved_in_on)}\t{fingerprint(row)}\t"
        f"{'t' if row.address_locked else 'f'}\t{_array(row.remarks)}\t{_array(row.nationalities)}\t"
    )
    texts = "\t".join((
        verdict.outcome, row.problem, " ".join(row.value.split())[:60], _object(verdict.differences), row.family_name,
        row.given_names, row.birth_name, row.sex, row.street, row.house_number, row.postal_code, row.town,
        row.district, row.came_from, row.guardian, row.landlord, row.language, row.phone, row.email,
    ))  # fmt: skip
    return first + (texts.replace("\\", "\\\\") if "\\" in texts else texts) + "\n"


def _or_null(value: object) -> str:
    return "\\N" if value is None else str(value)


def _array(codes: Sequence[str]) -> str:
    """A list of our own codes as PostgreSQL writes it; codes are plain words and numbers."""
    return "{" + ",".join(codes) + "}"


def _object(differences: Mapping[str, Any]) -> str:
    return json.dumps(differences, default=str) if differences else "{}"
