"""What the program and the officer may ask about consents without seeing one: ids, dates, counts.

`consent_by_number` answers the program only (duty_watch), for a withdrawal that was spoken at another unit.
`consents_running_out` tells the program whom to remind. `consent_counts` gives the officer figures per unit.
"""

from django.db import migrations

BY_NUMBER = """
create function consent_by_number(asked text) returns table (consent_id uuid, unit_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.unit_id from protection_consent c
  where c.number = asked and c.unit_id = any(app_units('duty_watch'))
$$
"""
RUNNING_OUT = """
create function consents_running_out(today date, until date)
returns table (consent_id uuid, unit_id uuid, number text, expires_on date, taken_by uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.unit_id, c.number::text, c.expires_on, c.taken_by_id
  from protection_consent c
  where c.withdrawn_at is null and c.expires_on > today and c.expires_on <= until
    and c.unit_id = any(app_units('duty_watch'))
    and not exists (
      select from protection_consent later
      where later.renews_id = c.id and later.withdrawn_at is null and later.expires_on > c.expires_on
    )
  order by c.expires_on, c.id
$$
"""
COUNTS = """
create function consent_counts(today date, until date, since date)
returns table (unit_id uuid, holding bigint, soon bigint, lapsed bigint, withdrawn bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.unit_id,
    count(*) filter (where c.withdrawn_at is null and c.expires_on > today),
    count(*) filter (where c.withdrawn_at is null and c.expires_on > today and c.expires_on <= until
      and not exists (
        select from protection_consent later
        where later.renews_id = c.id and later.withdrawn_at is null and later.expires_on > c.expires_on
      )),
    count(*) filter (where c.withdrawn_at is null and c.expires_on <= today and c.expires_on > since),
    count(*) filter (where (c.withdrawn_at at time zone 'Europe/Berlin')::date > since)
  from protection_consent c
  where c.unit_id = any(app_units('disclosure_view', 'reading_view'))
  group by 1
$$
"""


class Migration(migrations.Migration):
    dependencies = [("protection", "0004_life"), ("kernel", "0004_empty_units")]
    operations = [
        migrations.RunSQL(BY_NUMBER, "drop function consent_by_number(text)"),
        migrations.RunSQL(RUNNING_OUT, "drop function consents_running_out(date, date)"),
        migrations.RunSQL(COUNTS, "drop function consent_counts(date, date, date)"),
    ]
