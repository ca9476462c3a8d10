"""A third permission may be the only one that is held: what two empty ones leave is no unit, not an empty name."""

from django.db import migrations

CREATE = """
create or replace function app_units(variadic permissions text[]) returns uuid[]
language plpgsql stable parallel safe as $$
declare
  units text := nullif(current_setting('stafette.' || permissions[1], true), '');
begin
  for number in 2 .. cardinality(permissions) loop
    units := nullif(
      concat_ws(',', units, nullif(current_setting('stafette.' || permissions[number], true), '')), '');
  end loop;
  return coalesce(string_to_array(units, ',')::uuid[], '{}');
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_cheaper_units")]
    operations = [migrations.RunSQL(CREATE, migrations.RunSQL.noop)]
