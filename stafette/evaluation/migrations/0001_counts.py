"""Counts of short contacts for whoever holds counts_view: sums per unit and period, never a row.

A contact with several topics counts once under each; where a list of topics was merged, the caller names the groups
(list → topic → group) and a contact counts once per group, however many of its topics fell into it.
"""

from django.db import migrations

COUNTS = """
create function evaluation_counts(since date, until date, wanted uuid[], grain text, groups jsonb)
returns table (unit uuid, start date, kind text, code text, count int)
language sql stable security definer set search_path = public, pg_temp as $$
  with mine as materialized (
    select c.id, c.unit_id, case when grain = '' then since else date_trunc(grain, c.counted_on::timestamp)::date end
      as start, c.counted_on, c.hour, c.language, c.channel, c.topics, c.topic_list_id, c.result, c.target_group,
      c.origin, c.services, c.sheets, c.given_language, c.state
    from intake_shortcontact c
    where c.unit_id = any(wanted) and c.unit_id = any(app_units('counts_view'))
      and c.counted_on between since and until and c.state in ('counted', 'converted')
  ), counted as materialized (
    select * from mine where state = 'counted'
  ), topical as (
    select distinct c.id, c.unit_id, c.start, c.result,
      coalesce(groups #>> array[c.topic_list_id::text, t], c.topic_list_id::text || ':' || t) as topic
    from counted c cross join lateral unnest(c.topics) t
  ), one as (
    select c.unit_id, c.start, v.kind, v.code, 1 as times
    from counted c cross join lateral (values
      ('contacts', ''), ('language', c.language::text), ('channel', c.channel::text), ('result', c.result::text),
      ('target_group', c.target_group::text), ('origin', c.origin::text), ('list', c.topic_list_id::text),
      ('hour', extract(isodow from c.counted_on)::int || '-' || c.hour),
      ('given', case when cardinality(c.services) > 0 and cardinality(c.sheets) > 0 then 'both'
        when cardinality(c.services) > 0 then 'services' when cardinality(c.sheets) > 0 then 'sheets' else '' end)
    ) as v (kind, code)
    union all
    select unit_id, start, 'converted', '', 1 from mine where state = 'converted'
    union all
    select unit_id, start, 'topic', topic, 1 from topical
    union all
    select unit_id, start, 'unsolved_topic', topic, 1 from topical where result = 'unsolved'
    union all
    select c.unit_id, c.start, 'service', s, 1
    from counted c cross join lateral (select distinct unnest(c.services) as s) u
    union all
    select c.unit_id, c.start, 'sheet', s, 1
    from counted c cross join lateral (select distinct unnest(c.sheets) as s) u
    union all
    select unit_id, start, 'given_language', given_language, 1 from counted
    where cardinality(services) + cardinality(sheets) > 0
    union all
    select c.unit_id, c.start, 'sheet_language', c.given_language, 1
    from counted c where cardinality(c.sheets) > 0
  )
  select unit_id, start, kind, code, sum(times)::int from one group by 1, 2, 3, 4
$$;

create function evaluation_span()
returns table (unit uuid, first_on date, last_on date)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.unit_id, min(c.counted_on), max(c.counted_on) from intake_shortcontact c
  where c.unit_id = any(app_units('counts_view')) and c.state = 'counted' group by c.unit_id
$$;
"""
DROP = """
drop function evaluation_span();
drop function evaluation_counts(date, date, uuid[], text, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_scope"), ("intake", "0002_given_along")]
    operations = [migrations.RunSQL(COUNTS, DROP)]
