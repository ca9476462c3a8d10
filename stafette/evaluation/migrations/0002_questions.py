"""How many questions the counter could not answer, and what became of them: counts, never a sentence."""

from django.db import migrations

QUESTIONS = """
create function evaluation_questions(since date, until date, wanted uuid[])
returns table (state text, count int)
language sql stable security definer set search_path = public, pg_temp as $$
  select q.state, count(*)::int from materials_openquestion q
  where q.unit_id = any(wanted) and q.unit_id = any(app_units('counts_view')) and q.asked_on between since and until
  group by q.state
$$
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_counts"), ("materials", "0001_materials")]
    operations = [migrations.RunSQL(QUESTIONS, "drop function evaluation_questions(date, date, uuid[])")]
