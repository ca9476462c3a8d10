"""Closed files: what hangs on a household that is closed to somebody does not exist for them.

A colleague's own case, or data whose processing is restricted, stays in the unit's books and yet is nowhere to be
found for anybody but the accounts that the closing names (§ 35(1) SGB I, Art. 18 GDPR). The owner's function
`app_closed_rows` walks the foreign keys down from such households; its statements are derived from the models, so
that a new table cannot be forgotten. It runs once per transaction, when the actor enters, and costs one look into an
index where nothing is closed. Nothing is closed to the program itself, which moves open things to those named.
"""

from __future__ import annotations

from stafette.kernel.actor import PROGRAM_ID
from stafette.kernel.kin import children
from stafette.kernel.rows import protected_models

_FUNCTION = """
create or replace function app_closed_rows(who uuid, asked uuid[]) returns text
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set jit = off as $$
declare
  fresh uuid[] := array(select household_id from people_closedfile
    where unit_id = any(asked) and lifted_at is null and who <> all(open_to) and who <> '{program}');
  found uuid[];
begin
  if cardinality(fresh) = 0 then
    return '';
  end if;
  fresh := fresh || array(select person_id from people_householdmember where household_id = any(fresh));
  found := fresh;
  while cardinality(fresh) > 0 loop
    fresh := array(select below.id from ({below}) as below where below.id <> all(found));
    found := found || fresh;
  end loop;
  return array_to_string(found, ',');
end $$
"""


def function_statement() -> str:
    """Return the SQL of the function that names every row below the closed files of some units."""
    parts = [
        f'select id from "{child._meta.db_table}" where "{field.column}" = any(fresh)'
        for model in sorted(protected_models(), key=lambda one: one._meta.label)
        for child, field in children(model)
        if child._meta.label != "people.ClosedFile"  # the head is told that a file is closed, never which
    ]
    return _FUNCTION.format(below=" union ".join(parts), program=PROGRAM_ID)
