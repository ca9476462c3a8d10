"""What an officer may ask about people without seeing one: counts per unit, and nothing else.

`oversight_concern` finds the households that a breach concerns. With a share per unit it keeps them for that unit to
tell; without one it only counts. `oversight_field_use` counts how often voluntary fields are filled. Both look only
into units in which the one who asks holds the right.
"""

from django.db import migrations

CONCERN = """
create function oversight_concern(
  asked text, in_units uuid[], account uuid, receiver uuid, in_street text, since timestamptz, until timestamptz,
  shares uuid[]
) returns table (unit_id uuid, households bigint, people bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  create temporary table if not exists oversight_found (id uuid, unit_id uuid) on commit drop;
  truncate oversight_found;
  insert into oversight_found
  select h.id, h.unit_id from people_household h
  where h.unit_id = any(in_units) and h.unit_id = any(app_units('breach_edit')) and case asked
    when 'readings' then exists (
      select from audit_reading r
      where r.about_id = h.id and r.account_id = account and r.at >= since and r.at < until)
    when 'referrals' then exists (
      select from referrals_referral f
      where f.household_id = h.id and f.to_unit_id = receiver and f.sent_at >= since and f.sent_at < until)
    when 'street' then lower(btrim(h.street)) = lower(btrim(in_street))
    when 'active' then exists (
      select from audit_event e where e.about_id = h.id and e.at >= since and e.at < until)
    else false end;
  insert into oversight_concerned (id, created_at, share_id, unit_id, household_id)
  select gen_random_uuid(), now(), s.id, s.unit_id, f.id
  from oversight_found f join oversight_breachshare s on s.unit_id = f.unit_id and s.id = any(shares)
  on conflict do nothing;
  return query
    select f.unit_id, count(distinct f.id), count(distinct m.person_id)
    from oversight_found f
    left join people_householdmember m on m.household_id = f.id and m.until_on is null
    group by f.unit_id;
end $$
"""
PERSON_FIELDS = (
    "former_names", "patronymic", "original_script", "sex", "contact_channel", "contact_value",
    "contact_language", "safe_contact_note",
)  # fmt: skip
FILLED = ", ".join(f"('{name}', p.{name} <> '')" for name in PERSON_FIELDS)
USE = f"""
create function oversight_field_use(since timestamptz)
returns table (unit_id uuid, room text, field text, filled bigint, total bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.unit_id, 'person', f.name, count(*) filter (where f.is_filled), count(*)
  from people_person p cross join lateral (
    values {FILLED}, ('nationalities', p.nationalities <> '{{}}')
  ) as f(name, is_filled)
  where p.created_at >= since and p.merged_into_id is null and p.unit_id = any(app_units('reading_view'))
  group by 1, 3
  union all
  select i.unit_id, 'talk', q.code, count(distinct a.interview_id), i.talks
  from (
    select t.unit_id, count(*) as talks from intake_interview t
    where t.state = 'finished' and t.started_at >= since and t.unit_id = any(app_units('reading_view'))
    group by 1
  ) i
  join lateral (
    select v.content from intake_formversion v where v.unit_id = i.unit_id
    order by v.created_at desc, v.version desc limit 1
  ) form on true
  cross join lateral (
    select code #>> '{{}}' as code from jsonb_path_query(form.content, '$.block[*].question[*].code') as code
  ) q
  left join (
    intake_answer a join intake_interview t on t.id = a.interview_id and t.state = 'finished'
  ) on a.unit_id = i.unit_id and a.question = q.code and a.status = 'answered' and t.started_at >= since
  group by i.unit_id, q.code, i.talks
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_register"),
        ("kernel", "0004_empty_units"),
        ("people", "0003_closed"),
        ("referrals", "0003_life"),
        ("intake", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(
            CONCERN,
            "drop function oversight_concern(text, uuid[], uuid, uuid, text, timestamptz, timestamptz, uuid[])",
        ),
        migrations.RunSQL(USE, "drop function oversight_field_use(timestamptz)"),
    ]
