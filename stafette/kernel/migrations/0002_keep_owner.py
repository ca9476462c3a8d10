"""The function behind the triggers that keep a row in the books in which it began (kernel/rows.py)."""

from django.db import migrations

CREATE = """
create function app_keep_owner() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if row_security_active(tg_relid) then
    raise exception 'a row of % never moves to another unit', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_scope")]
    operations = [migrations.RunSQL(CREATE, "drop function app_keep_owner() cascade")]
