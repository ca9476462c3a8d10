"""Case numbers without a queue, and the figures of the coordination office without a look at any row."""

from django.db import migrations

NUMBER = """
create function referral_number(prefix text, year int) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  counter text := 'case_' || lower(regexp_replace(prefix, '[^A-Za-z0-9]', '_', 'g')) || '_' || year;
begin
  if to_regclass(counter) is null then
    perform pg_advisory_xact_lock(hashtext(counter));
    execute format('create sequence if not exists %I', counter);
  end if;
  return nextval(counter::regclass);
end
$$
"""
PAIRS = """
create function referral_pairs(since timestamptz, before timestamptz, today date)
returns table (
  from_unit uuid, to_unit uuid, finding_code text, sent bigint, answered bigint, in_time bigint, late bigint,
  accepted bigint, declined bigint, no_capacity bigint, not_responsible bigint, other_reason bigint, open bigint,
  reached bigint, reached_in_28_days bigint, median_days float, slow_days float
)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.from_unit_id, r.to_unit_id, r.finding_code::text,
    count(*),
    count(r.answered_at),
    count(*) filter (where (r.answered_at at time zone 'Europe/Berlin')::date <= r.answer_due_on),
    count(*) filter (where (r.answered_at at time zone 'Europe/Berlin')::date > r.answer_due_on
                        or (r.answered_at is null and r.is_open and r.answer_due_on < today)),
    count(*) filter (where r.answered_at is not null and r.decline_reason = ''),
    count(*) filter (where r.decline_reason <> ''),
    count(*) filter (where r.decline_reason = 'no_capacity'),
    count(*) filter (where r.decline_reason = 'not_responsible'),
    count(*) filter (where r.decline_reason not in ('', 'no_capacity', 'not_responsible')),
    count(*) filter (where r.is_open),
    count(r.contacted_at),
    count(*) filter (where r.contacted_at <= r.sent_at + interval '28 days'),
    percentile_cont(0.5) within group (order by extract(epoch from r.answered_at - r.sent_at) / 86400),
    percentile_cont(0.9) within group (order by extract(epoch from r.answered_at - r.sent_at) / 86400)
  from referrals_referral r
  where r.sent_at >= since and r.sent_at < before
    and (r.from_unit_id = any(app_units('figures_view')) or r.to_unit_id = any(app_units('figures_view')))
  group by 1, 2, 3
$$
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("kernel", "0001_scope")]
    operations = [
        migrations.RunSQL(NUMBER, "drop function referral_number(text, int)"),
        migrations.RunSQL(PAIRS, "drop function referral_pairs(timestamptz, timestamptz, date)"),
    ]
