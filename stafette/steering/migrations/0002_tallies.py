"""Triggers that note each change of a referral, the function that adds them up, and the one that reads the sums.

The numbers are explained in stafette/steering/marks.py, the choice in docs/adr/0006-steering-tallies.md.
"""

from django.db import migrations

NOTE = """
create function steering_note() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' and old.sent_at is not null then
    insert into steering_change (sign, from_unit, to_unit, holder, finding_code, state, decline_reason, feedback,
      is_open, was_taken, next_on, answer_due_on, sent_at, answered_at, contacted_at, ended_at)
    values (-1, old.from_unit_id, old.to_unit_id, old.responsible_unit_id, old.finding_code, old.state,
      old.decline_reason, old.feedback, old.is_open,
      coalesce(old.received_household_id, old.received_hint_id) is not null or old.contacted_at is not null
        or old.state = 'returned',
      old.next_on, old.answer_due_on, old.sent_at, old.answered_at, old.contacted_at, old.ended_at);
  end if;
  if tg_op <> 'DELETE' and new.sent_at is not null then
    insert into steering_change (sign, from_unit, to_unit, holder, finding_code, state, decline_reason, feedback,
      is_open, was_taken, next_on, answer_due_on, sent_at, answered_at, contacted_at, ended_at)
    values (1, new.from_unit_id, new.to_unit_id, new.responsible_unit_id, new.finding_code, new.state,
      new.decline_reason, new.feedback, new.is_open,
      coalesce(new.received_household_id, new.received_hint_id) is not null or new.contacted_at is not null
        or new.state = 'returned',
      new.next_on, new.answer_due_on, new.sent_at, new.answered_at, new.contacted_at, new.ended_at);
  end if;
  return null;
end $$;

create trigger steering_added after insert on referrals_referral
  for each row when (new.sent_at is not null) execute function steering_note();
create trigger steering_removed after delete on referrals_referral
  for each row when (old.sent_at is not null) execute function steering_note();
create trigger steering_changed after update on referrals_referral for each row when (
  (old.state, old.decline_reason, old.feedback, old.is_open, old.next_on, old.responsible_unit_id, old.answer_due_on,
   old.sent_at, old.answered_at, old.contacted_at, old.ended_at, old.received_household_id is null,
   old.received_hint_id is null, old.finding_code, old.from_unit_id, old.to_unit_id)
  is distinct from
  (new.state, new.decline_reason, new.feedback, new.is_open, new.next_on, new.responsible_unit_id, new.answer_due_on,
   new.sent_at, new.answered_at, new.contacted_at, new.ended_at, new.received_household_id is null,
   new.received_hint_id is null, new.finding_code, new.from_unit_id, new.to_unit_id)
) execute function steering_note();
"""
QUARTER = """
create function steering_quarter(day date) returns date language sql immutable parallel safe as $$
  select (date_trunc('week', day::timestamp) - interval '7 days' * (
    extract(week from day)::int - 1 - 13 * least((extract(week from day)::int - 1) / 13, 3)))::date
$$;
create function steering_quarter_number(day date) returns int language sql immutable parallel safe as $$
  select extract(isoyear from day)::int * 4 + least((extract(week from day)::int - 1) / 13, 3)
$$;
"""
ADD_UP = """
create function steering_add_up() returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from steering_change) then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtext('steering_add_up'));
  with gone as (
    delete from steering_change returning *
  ), image as (
    select sum(sign)::int as times, from_unit, to_unit, holder, finding_code, state, decline_reason, feedback,
      is_open, was_taken, next_on, answer_due_on,
      (sent_at at time zone 'Europe/Berlin')::date as sent_on,
      (answered_at at time zone 'Europe/Berlin')::date as answered_on,
      (contacted_at at time zone 'Europe/Berlin')::date as contacted_on,
      (ended_at at time zone 'Europe/Berlin')::date as ended_on
    from gone group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 having sum(sign) <> 0
  ), known as (
    select i.*, case holder when to_unit then from_unit else to_unit end as other,
      steering_quarter(sent_on) as quarter,
      (date_trunc('week', sent_on::timestamp)::date - steering_quarter(sent_on)) / 7 as week,
      answered_on is not null and (decline_reason = '' or was_taken) as taken,
      answered_on <= answer_due_on as in_time,
      least(greatest(answered_on - sent_on, 0), 250) as answer_days,
      least(greatest(contacted_on - sent_on, 0), 250) as contact_days
    from image i
  ), counted as (
    select m.kind, m.period, m.to_unit, m.finding_code, m.from_unit, m.mark, sum(k.times)::int as times
    from known k cross join lateral (values
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 0, true),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 1, state = 'withdrawn'),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 2, answered_on is not null),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 3, in_time),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 4, decline_reason <> '' and not taken),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 5, decline_reason <> '' and taken),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 6, feedback <> ''),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, case decline_reason when 'no_capacity' then 10
        when 'not_responsible' then 11 when 'already_known' then 12 when 'incomplete' then 13 else 14 end,
        decline_reason <> ''),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, case feedback when 'helped' then 20
        when 'ongoing' then 21 when 'checked' then 22 when 'handled' then 23 when 'forwarded' then 24
        when 'no_answer' then 25 when 'declined_by_person' then 26 when 'not_reachable' then 27
        when 'came_no_need' then 28 else 29 end, feedback <> ''),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 40 + week, taken),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 60 + week, taken and contacted_on is not null and contact_days <= 28),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 80 + week, decline_reason = 'no_capacity'),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 100 + week, decline_reason = 'not_responsible'),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 1000 + answer_days, answered_on is not null),
      (1, quarter, k.to_unit, k.finding_code, k.from_unit, 1300 + contact_days, contacted_on is not null),
      (2, date_trunc('week', sent_on::timestamp)::date, k.to_unit, '', k.from_unit, 0, true),
      (2, date_trunc('week', answered_on::timestamp)::date, k.to_unit, '', k.from_unit, 1, in_time),
      (2, date_trunc('week', answered_on::timestamp)::date, k.to_unit, '', k.from_unit, 2, not in_time),
      (2, date_trunc('week', answered_on::timestamp)::date, k.to_unit, '', k.from_unit, 3,
        decline_reason <> '' and not taken),
      (2, date_trunc('week', contacted_on::timestamp)::date, k.to_unit, '', k.from_unit, 4,
        contacted_on is not null),
      (2, date_trunc('week', ended_on::timestamp)::date, k.to_unit, '', k.from_unit, 5, ended_on is not null),
      (3, next_on, k.holder, '', k.other, 0, is_open),
      (3, sent_on, k.holder, '', k.other, 1, is_open),
      (4, answer_due_on, k.to_unit, k.finding_code, k.from_unit, steering_quarter_number(sent_on),
        is_open and answered_on is null)
    ) as m (kind, period, to_unit, finding_code, from_unit, mark, counts)
    where m.counts
    group by 1, 2, 3, 4, 5, 6 having sum(k.times) <> 0
  )
  insert into steering_tally as t (kind, period, to_unit, finding_code, from_unit, mark, count)
  select * from counted
  on conflict (kind, period, to_unit, finding_code, from_unit, mark) do update set count = t.count + excluded.count;
  delete from steering_tally where count = 0;
end $$;
"""
READ = """
create function steering_read(quarters date[], with_days boolean, weeks_since date, today date)
returns table (
  kind int, period date, to_unit uuid, finding_code text, from_unit uuid, marks int[], counts int[]
)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  mine uuid[] := app_units('figures_view');
begin
  perform steering_add_up();
  return query
  select 1, t.period, t.to_unit, t.finding_code::text, t.from_unit, array_agg(t.mark::int), array_agg(t.count)
  from steering_tally t
  where t.kind = 1 and t.period = any(quarters) and (with_days or t.mark < 1000)
    and (t.to_unit = any(mine) or t.from_unit = any(mine))
  group by t.period, t.to_unit, t.finding_code, t.from_unit;
  return query
  select 2, w.period, null::uuid, '', null::uuid, array_agg(w.mark), array_agg(w.times)
  from (
    select t.period, t.mark::int as mark, sum(t.count)::int as times from steering_tally t
    where t.kind = 2 and t.period >= weeks_since and (t.to_unit = any(mine) or t.from_unit = any(mine))
    group by 1, 2
  ) w group by w.period;
  return query
  select 3, null::date, t.to_unit, '', null::uuid, array[0, 1, 2], array[
    coalesce(sum(t.count) filter (where t.mark = 0), 0)::int,
    coalesce(sum(t.count) filter (where t.mark = 0 and t.period < today), 0)::int,
    coalesce(today - min(t.period) filter (where t.mark = 1), 0)
  ]
  from steering_tally t where t.kind = 3 and t.to_unit = any(mine) group by t.to_unit;
  return query
  select 5, null::date, null::uuid, '', null::uuid, array[0], array[coalesce(sum(t.count), 0)::int]
  from steering_tally t
  where t.kind = 3 and t.mark = 0 and (t.to_unit = any(mine) or t.from_unit = any(mine));
  return query
  select 4, null::date, t.to_unit, t.finding_code::text, t.from_unit, array[t.mark::int], array[sum(t.count)::int]
  from steering_tally t
  where t.kind = 4 and t.period < today and (t.to_unit = any(mine) or t.from_unit = any(mine))
    and t.mark = any(select steering_quarter_number(q) from unnest(quarters) q)
  group by t.to_unit, t.finding_code, t.from_unit, t.mark;
end $$;
"""
BEGIN_ANEW = """
create function steering_count_anew() returns void
language plpgsql volatile set search_path = public, pg_temp as $$
begin
  lock table referrals_referral in share mode;
  delete from steering_change;
  delete from steering_tally;
  insert into steering_change (sign, from_unit, to_unit, holder, finding_code, state, decline_reason, feedback,
    is_open, was_taken, next_on, answer_due_on, sent_at, answered_at, contacted_at, ended_at)
  select 1, r.from_unit_id, r.to_unit_id, r.responsible_unit_id, r.finding_code, r.state, r.decline_reason,
    r.feedback, r.is_open, coalesce(r.received_household_id, r.received_hint_id) is not null
      or r.contacted_at is not null or r.state = 'returned',
    r.next_on, r.answer_due_on, r.sent_at, r.answered_at, r.contacted_at, r.ended_at
  from referrals_referral r where r.sent_at is not null;
  perform steering_add_up();
end $$;
select steering_count_anew();
"""
DROP = """
drop trigger steering_added on referrals_referral;
drop trigger steering_removed on referrals_referral;
drop trigger steering_changed on referrals_referral;
drop function steering_count_anew();
drop function steering_read(date[], boolean, date, date);
drop function steering_add_up();
drop function steering_quarter_number(date);
drop function steering_quarter(date);
drop function steering_note();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("steering", "0001_initial"),
        ("kernel", "0001_scope"),
        ("referrals", "0004_lead"),
    ]
    operations = [migrations.RunSQL(NOTE + QUARTER + ADD_UP + READ + BEGIN_ANEW, DROP)]
