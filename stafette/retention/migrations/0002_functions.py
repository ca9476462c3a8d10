"""The only door through which rows about people leave: functions of the owner, open to the deletion alone.

`retention_delete` refuses whoever holds PURGE nowhere, and rows of units in which it is not held. It writes the
figures first, then deletes, and leaves a tombstone for each record, all in one statement. `plan` names tables,
columns and ids as stafette/retention/walk.py found them: what hangs on a record goes with it, what only mentions it
loses the mention. The log is never among them: it is cut from its beginning, lane by lane, so that the rest of the
chain can still be proved (`audit_chainanchor`).
"""

from django.db import migrations

DELETE = """
create function retention_delete(plan jsonb, tombs jsonb, facts jsonb) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  allowed uuid[] := app_units('purge');
  step jsonb;
  ids uuid[];
  is_strange boolean;
  touched bigint;
  gone bigint := 0;
begin
  if cardinality(allowed) = 0 then
    raise exception 'only the deletion deletes' using errcode = 'insufficient_privilege';
  end if;
  if jsonb_array_length(tombs) = 0 then
    raise exception 'a deletion leaves a mark' using errcode = 'check_violation';
  end if;
  perform set_config('stafette.purging', 'on', true);
  insert into retention_fact as f (id, created_at, unit_id, kind, month, count)
  select gen_random_uuid(), now(), x.unit, x.kind, x.month, x.count
  from jsonb_to_recordset(facts) as x (unit uuid, kind text, month date, count int)
  on conflict (unit_id, kind, month) do update set count = f.count + excluded.count;
  for step in select value from jsonb_array_elements(plan) loop
    if step ->> 'table' like 'audit\\_%' and step ->> 'table' <> 'audit_reading' or not exists (
      select from pg_class c where c.relname = step ->> 'table' and c.relnamespace = 'public'::regnamespace
        and c.relkind = 'r' and (c.relrowsecurity
          or c.relname in ('accounts_membership', 'accounts_absence', 'accounts_handover'))
    ) then
      raise exception 'nothing is deleted from %', step ->> 'table' using errcode = 'insufficient_privilege';
    end if;
    ids := array(select jsonb_array_elements_text(step -> 'ids')::uuid);
    if step ->> 'set' is not null then
      execute format('update %I set %I = null where %I = any($1)', step ->> 'table', step ->> 'set', step ->> 'key')
        using ids;
      continue;
    end if;
    if step ->> 'owner' is not null then
      execute format('select exists (select from %I where %I = any($1) and %I <> all($2))',
        step ->> 'table', step ->> 'key', step ->> 'owner') into is_strange using ids, allowed;
      if is_strange then
        raise exception 'rows of % belong to another unit', step ->> 'table' using errcode = 'insufficient_privilege';
      end if;
    elsif step ->> 'table' not like 'accounts\\_%' then
      raise exception 'whose rows of % are they?', step ->> 'table' using errcode = 'insufficient_privilege';
    end if;
    execute format('delete from %I where %I = any($1)', step ->> 'table', step ->> 'key') using ids;
    get diagnostics touched = row_count;
    gone := gone + touched;
  end loop;
  insert into retention_tombstone (digest, kind, rule, at)
  select x.digest, x.kind, x.rule, x.at
  from jsonb_to_recordset(tombs) as x (digest text, kind text, rule text, at timestamptz)
  on conflict (digest) do nothing;
  perform set_config('stafette.purging', '', true);
  return gone;
end $$;
"""
CUT = """
create function retention_cut_log(before timestamptz, at timestamptz) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  one smallint;
  kept bigint;
  last record;
  touched bigint;
  gone bigint := 0;
begin
  if cardinality(app_units('purge')) = 0 then
    raise exception 'only the deletion cuts the log' using errcode = 'insufficient_privilege';
  end if;
  for one in select lane from audit_chainhead order by lane loop
    select e.seq into kept from audit_event e where e.lane = one and e.at >= before order by e.seq limit 1;
    select e.seq, e.digest into last from audit_event e
      where e.lane = one and (kept is null or e.seq < kept) order by e.seq desc limit 1;
    if last.seq is null then
      continue;
    end if;
    insert into retention_activity as a (id, created_at, unit_id, household_id, last_on)
    select gen_random_uuid(), retention_cut_log.at, h.unit_id, h.id, max((e.at at time zone 'Europe/Berlin')::date)
    from audit_event e join people_household h on h.id = e.about_id
    where e.lane = one and e.seq <= last.seq group by h.id
    on conflict (household_id) do update set last_on = greatest(a.last_on, excluded.last_on);
    delete from audit_event e where e.lane = one and e.seq <= last.seq;
    get diagnostics touched = row_count;
    gone := gone + touched;
    insert into audit_chainanchor as c (lane, seq, digest, cut_at) values (one, last.seq, last.digest, at)
    on conflict (lane) do update set seq = excluded.seq, digest = excluded.digest, cut_at = excluded.cut_at;
  end loop;
  return gone;
end $$;

create function retention_log_due(before timestamptz) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from audit_event e where e.at < before and cardinality(app_units('purge')) > 0
$$;
"""
MARKS = """
create function retention_tombstones(since bigint)
returns table (id bigint, digest text, kind text, rule text, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.digest::text, t.kind::text, t.rule::text, t.at from retention_tombstone t
  where t.id > since and cardinality(app_units('purge')) > 0 order by t.id
$$;

create function retention_forget(before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  gone bigint;
begin
  if cardinality(app_units('purge')) = 0 then
    raise exception 'only the deletion forgets' using errcode = 'insufficient_privilege';
  end if;
  delete from retention_tombstone where at < before;
  get diagnostics gone = row_count;
  return gone;
end $$;
"""
DROP = """
drop function retention_forget(timestamptz);
drop function retention_tombstones(bigint);
drop function retention_log_due(timestamptz);
drop function retention_cut_log(timestamptz, timestamptz);
drop function retention_delete(jsonb, jsonb, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0005_closed"),
        ("retention", "0001_announced"),
        ("audit", "0005_anchor"),
    ]
    operations = [migrations.RunSQL(DELETE + CUT + MARKS, DROP)]
