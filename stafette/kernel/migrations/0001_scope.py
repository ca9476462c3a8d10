"""The function that policies ask: in which units does the actor of this transaction hold a permission?"""

from django.contrib.postgres.operations import BtreeGinExtension, BtreeGistExtension, TrigramExtension
from django.db import migrations

CREATE = """
create function app_units(variadic permissions text[]) returns uuid[]
language sql stable parallel safe as $$
  select coalesce(array_agg(unit::uuid), '{}')
  from unnest(permissions) as permission,
       unnest(string_to_array(nullif(current_setting('stafette.' || permission, true), ''), ',')) as unit
$$
"""


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []
    operations = [
        BtreeGinExtension(),
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE, "drop function app_units(text[])"),
    ]
