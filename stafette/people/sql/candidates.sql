-- Who may be meant: persons that share a block key with the query, in the units where the actor of this
-- transaction may see persons. Runs as the owner, because row-level security would keep the array operators
-- from their index; therefore it asks for the actor's units itself and opens nothing else. It hands out folded
-- names and birth dates to be scored, nothing else about a person.
-- Of each key at most `per_key` rows: a key that more people share says little. Keys of one name alone are
-- asked only when the others found few.
create or replace function people_candidates(
  asked uuid[], dated int[], named int[], single int[], per_key int default 60
) returns table (id uuid, folded text, birth_year smallint, birth_month smallint, birth_day smallint)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set enable_seqscan = off set enable_indexscan = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  mine uuid[] := array(select unnest(app_units('person_view')) intersect select unnest(asked));
  closed uuid[] := app_closed();
  found_before int := 0;
begin
  if cardinality(mine) = 0 then
    return;
  end if;
  return query
    select distinct on (hit.id) hit.person, hit.folded, hit.birth_year, hit.birth_month, hit.birth_day
    from unnest(dated || named) with ordinality as k(key, place),
    lateral (
      select p.id, coalesce(p.merged_into_id, p.id) as person, p.folded_names as folded, p.birth_year, p.birth_month,
             p.birth_day
      from people_person p
      where p.search_keys @> array[k.key] and coalesce(p.unit_id = any(mine), false) and p.id <> all(closed)
      limit case when k.place <= cardinality(dated) then per_key * 3 when cardinality(dated) > 0 then per_key / 2
                 else per_key * 2 end
    ) hit;
  get diagnostics found_before = row_count;
  if found_before < 10 then
    return query
      select coalesce(p.merged_into_id, p.id), p.folded_names::text, p.birth_year, p.birth_month, p.birth_day
      from people_person p
      where p.search_keys && single and coalesce(p.unit_id = any(mine), false) and p.id <> all(closed)
      limit per_key * 6;
  end if;
end
$$;
