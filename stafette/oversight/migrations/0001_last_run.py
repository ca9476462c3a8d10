"""When deadlines were last watched, for those who look after the machine and may read no log."""

from django.db import migrations

LAST_RUN = """
create function oversight_last_run() returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select max(e.at) from accounts_unit u
  join audit_event e on e.subject_id = u.id and e.kind = 'deadlines.run'
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("kernel", "0001_scope"), ("audit", "0003_free_lane"), ("accounts", "0003_partners")]
    operations = [migrations.RunSQL(LAST_RUN, "drop function oversight_last_run()")]
