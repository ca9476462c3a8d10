"""Which lists of topics a period was counted with: asked first, and much cheaper than counting everything for it."""

from django.db import migrations

LISTS = """
create function evaluation_lists(since date, until date, wanted uuid[]) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct c.topic_list_id from intake_shortcontact c
  where c.unit_id = any(wanted) and c.unit_id = any(app_units('counts_view'))
    and c.counted_on between since and until and c.state = 'counted'
$$
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_questions")]
    operations = [migrations.RunSQL(LISTS, "drop function evaluation_lists(date, date, uuid[])")]
