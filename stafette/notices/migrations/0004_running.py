"""What break-glass runs for an account: ids, the unit's name and a time, nothing about people."""

from django.db import migrations

RUNNING = """
create function running_glasses(who uuid, at timestamptz)
returns table (id uuid, unit_id uuid, unit_name text, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.id, g.unit_id, u.name::text, g.ends_at
  from notices_breakglass g join accounts_unit u on u.id = g.unit_id
  where g.account_id = who and g.ended_at is null and g.ends_at > at
  order by g.ends_at
$$
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_glass"), ("kernel", "0004_empty_units")]
    operations = [migrations.RunSQL(RUNNING, "drop function running_glasses(uuid, timestamptz)")]
