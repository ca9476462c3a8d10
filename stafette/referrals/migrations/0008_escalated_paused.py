"""A pause of reminders hides nothing from the coordination office: the list of 0007 without its condition."""

from django.db import migrations

ESCALATED = """
create or replace function escalated_things(asked text, day date, most int)
returns table (
  number text, from_unit uuid, holding_unit uuid, finding_code text, next_on date, escalate_on date, total bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  columns constant text[] := array[
    'number', 'is_open', 'responsible_unit_id', 'responsible_user_id', 'escalation_unit_id',
    'next_on', 'remind_on', 'escalate_on', 'paused_until'];
  found int;
begin
  select count(*) into found from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relname = asked and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and not a.attisdropped and a.attname = any(columns);
  if found <> array_length(columns, 1) then
    raise exception 'not a table of open things: %', asked;
  end if;
  return query execute format($query$
    with late as (
      select t as row, count(*) over () as total from %I t
      where t.is_open and t.next_on < $1 and t.escalate_on <= $1
        and t.responsible_unit_id = any((select app_units('figures_view'))::uuid[])
      order by t.next_on, t.id limit $2
    ), read as (select to_jsonb(late.row) as r, late.total from late)
    select r->>'number', coalesce(r->>'from_unit_id', r->>'unit_id')::uuid, (r->>'responsible_unit_id')::uuid,
      coalesce(r->>'finding_code', ''), (r->>'next_on')::date, (r->>'escalate_on')::date, total
    from read
  $query$, asked) using day, most;
end
$$
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_escalated"), ("kernel", "0001_scope")]
    operations = [migrations.RunSQL(ESCALATED, migrations.RunSQL.noop)]
