"""How many notices went to the foreigners' authority, per norm and quarter: for whoever sees figures, nothing else."""

from django.db import migrations

COUNTS = """
create function outbound_counts(since date, until date)
returns table (norm text, quarter date, count bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.norm::text, date_trunc('quarter', n.sent_at at time zone 'Europe/Berlin')::date, count(*)
  from notices_outboundnotice n
  where n.state = 'sent' and n.unit_id = any((select app_units('figures_view'))::uuid[])
    and (n.sent_at at time zone 'Europe/Berlin')::date >= since
    and (n.sent_at at time zone 'Europe/Berlin')::date < until
  group by 1, 2
$$
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices"), ("kernel", "0004_empty_units")]
    operations = [migrations.RunSQL(COUNTS, "drop function outbound_counts(date, date)")]
