"""Who acts, and which rows are closed to them: asked by the policies (kernel/rows.py, kernel/closing.py).

`app_closed_rows` is filled in by the owner after each migration, when all tables are known; until then nothing is
closed.
"""

from django.db import migrations

CREATE = """
create function app_actor() returns uuid language plpgsql stable parallel safe as $$
begin
  return nullif(current_setting('stafette.actor', true), '')::uuid;
end $$;
create function app_closed() returns uuid[] language plpgsql stable parallel safe as $$
begin
  return coalesce(string_to_array(nullif(current_setting('stafette.closed', true), ''), ',')::uuid[], '{}');
end $$;
create function app_closed_rows(who uuid, asked uuid[]) returns text language sql stable as $$ select '' $$;
"""
DROP = "drop function app_closed_rows(uuid, uuid[]); drop function app_closed(); drop function app_actor()"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_empty_units")]
    operations = [migrations.RunSQL(CREATE, DROP)]
