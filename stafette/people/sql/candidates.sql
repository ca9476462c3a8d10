-- Who may be meant: at most `most` persons that share a block key with the query, in the units where the
-- actor of this transaction may see persons. Runs as the owner, because row-level security would keep the
-- operator && from its index; therefore it asks for the actor's units itself and opens nothing else.
-- The most telling keys come first; keys of one name alone are asked only when the others found few.
create or replace function people_candidates(
  asked uuid[], dated int[], named int[], single int[], most int default 400
) returns table (
  id uuid, unit_id uuid, given_names varchar, family_name varchar, former_names varchar, patronymic varchar,
  original_script varchar, birth_year smallint, birth_month smallint, birth_day smallint
)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set enable_seqscan = off set enable_indexscan = off set jit = off
as $$
declare
  mine uuid[] := array(select unnest(app_units('person_view')) intersect select unnest(asked));
  found_before int := 0;
  found_now int;
begin
  if cardinality(mine) = 0 then
    return;
  end if;
  return query
    select coalesce(p.merged_into_id, p.id), p.unit_id, p.given_names, p.family_name, p.former_names, p.patronymic,
           p.original_script, p.birth_year, p.birth_month, p.birth_day
    from people_person p
    where p.search_keys && dated and coalesce(p.unit_id = any(mine), false)
    limit most * 5 / 8;
  get diagnostics found_before = row_count;
  return query
    select coalesce(p.merged_into_id, p.id), p.unit_id, p.given_names, p.family_name, p.former_names, p.patronymic,
           p.original_script, p.birth_year, p.birth_month, p.birth_day
    from people_person p
    where p.search_keys && named and coalesce(p.unit_id = any(mine), false)
    limit most - found_before;
  get diagnostics found_now = row_count;
  if found_before + found_now < 10 then
    return query
      select coalesce(p.merged_into_id, p.id), p.unit_id, p.given_names, p.family_name, p.former_names, p.patronymic,
             p.original_script, p.birth_year, p.birth_month, p.birth_day
      from people_person p
      where p.search_keys && single and coalesce(p.unit_id = any(mine), false)
      limit most - found_before - found_now;
  end if;
end
$$;
