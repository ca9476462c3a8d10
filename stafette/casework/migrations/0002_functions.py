"""What may be known of sealed notes without opening one: numbers for those who answer for them, keys under which they lie.

Each function asks itself for the permission, because it runs as the owner, past the policies.
"""

from django.db import migrations

COUNTS = """
create function casework_sealed_counts()
returns table (unit_id uuid, key_id uuid, ground text, is_reachable boolean, number bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.unit_id, n.key_id, n.ground, a.left_on is null or (d.id is not null and d.left_on is null), count(*)
  from casework_sealednote n
  join accounts_user a on a.id = n.author_id
  left join accounts_user d on d.id = n.deputy_id
  where n.unit_id = any((select app_units('key_admin', 'unit_admin', 'event_view'))::uuid[])
  group by 1, 2, 3, 4
$$
"""
LAST_READER = """
create function casework_sealed_last_reader(asked_unit uuid, asked_user uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)
  from casework_sealednote n
  join accounts_user a on a.id = n.author_id
  left join accounts_user d on d.id = n.deputy_id
  where n.unit_id = asked_unit and asked_unit = any((select app_units('unit_admin'))::uuid[])
    and (n.author_id = asked_user and (d.id is null or d.left_on is not null)
         or n.deputy_id = asked_user and a.left_on is not null)
$$
"""
WRAPPED = """
create function casework_wrapped(asked_key uuid, many integer)
returns table (note_id uuid, unit_id uuid, author_id uuid, wrapped bytea)
language sql volatile security definer set search_path = public, pg_temp as $$
  select n.id, n.unit_id, n.author_id, n.wrapped
  from casework_sealednote n
  where n.key_id = asked_key and n.unit_id = any((select app_units('key_admin'))::uuid[])
  order by n.id limit many for update
$$
"""
REWRAP = """
create function casework_rewrap(asked_note uuid, old_key uuid, new_key uuid, new_wrapped bytea) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update casework_sealednote n set wrapped = new_wrapped, key_id = new_key
  where n.id = asked_note and n.key_id = old_key
    and n.unit_id = any((select app_units('key_admin'))::uuid[])
    and exists (select from casework_unitkey k where k.id = new_key and k.unit_id = n.unit_id);
  return found;
end $$
"""
HAND_ON = """
create function casework_hand_on(asked_note uuid, next_deputy uuid, consent date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update casework_sealednote n set deputy_id = next_deputy, deputy_consent_on = consent
  where n.id = asked_note and n.deputy_id = app_actor()
    and n.unit_id = any((select app_units('sealed_edit'))::uuid[])
    and exists (select from accounts_user a where a.id = n.author_id and a.left_on is not null);
  return found;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_sealed"), ("accounts", "0005_region"), ("kernel", "0005_closed")]
    operations = [
        migrations.RunSQL(COUNTS, "drop function casework_sealed_counts()"),
        migrations.RunSQL(LAST_READER, "drop function casework_sealed_last_reader(uuid, uuid)"),
        migrations.RunSQL(WRAPPED, "drop function casework_wrapped(uuid, integer)"),
        migrations.RunSQL(HAND_ON, "drop function casework_hand_on(uuid, uuid, date)"),
        migrations.RunSQL(REWRAP, "drop function casework_rewrap(uuid, uuid, uuid, bytea)"),
    ]
