"""A stamp that changes whenever the sums do, so that finished pages can be kept; both images of a step in one insert.

The stamp comes from a sequence: a call that is rolled back takes its number with it, no two states share one.
"""

from django.db import migrations

ADD_UP = """
create sequence if not exists steering_stamps as integer;
create or replace function steering_add_up() returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  changed int;
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
  get diagnostics changed = row_count;
  delete from steering_tally where count = 0;
  if changed > 0 then
    insert into steering_tally (kind, period, to_unit, finding_code, from_unit, mark, count)
    values (0, '2000-01-01', '00000000-0000-0000-0000-000000000000', '', '00000000-0000-0000-0000-000000000000', 0,
      nextval('steering_stamps'))
    on conflict (kind, period, to_unit, finding_code, from_unit, mark) do update set count = excluded.count;
  end if;
end $$;
"""
LOOK = """
create function steering_look(quarters date[], weeks_since date, today date, whose uuid[], known int)
returns table (
  kind int, period date, to_unit uuid, finding_code text, from_unit uuid, marks int[], counts int[]
)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  stamp int;
  is_theirs boolean := whose = array(select u from unnest(app_units('figures_view')) u order by u);
begin
  perform steering_add_up();
  stamp := coalesce((select t.count from steering_tally t where t.kind = 0), 0);
  return query select 0, null::date, null::uuid, '', null::uuid, array[stamp], array[is_theirs::int];
  if known is distinct from stamp or not is_theirs then
    return query select * from steering_read(quarters, true, weeks_since, today);
  end if;
end $$;
"""
NOTE = """
create or replace function steering_note() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.sent_at is not null and new.sent_at is not null then
    insert into steering_change (sign, from_unit, to_unit, holder, finding_code, state, decline_reason, feedback,
      is_open, was_taken, next_on, answer_due_on, sent_at, answered_at, contacted_at, ended_at)
    values (-1, old.from_unit_id, old.to_unit_id, old.responsible_unit_id, old.finding_code, old.state,
      old.decline_reason, old.feedback, old.is_open,
      coalesce(old.received_household_id, old.received_hint_id) is not null or old.contacted_at is not null
        or old.state = 'returned',
      old.next_on, old.answer_due_on, old.sent_at, old.answered_at, old.contacted_at, old.ended_at),
    (1, new.from_unit_id, new.to_unit_id, new.responsible_unit_id, new.finding_code, new.state,
      new.decline_reason, new.feedback, new.is_open,
      coalesce(new.received_household_id, new.received_hint_id) is not null or new.contacted_at is not null
        or new.state = 'returned',
      new.next_on, new.answer_due_on, new.sent_at, new.answered_at, new.contacted_at, new.ended_at);
  elsif tg_op <> 'INSERT' and old.sent_at is not null then
    insert into steering_change (sign, from_unit, to_unit, holder, finding_code, state, decline_reason, feedback,
      is_open, was_taken, next_on, answer_due_on, sent_at, answered_at, contacted_at, ended_at)
    values (-1, old.from_unit_id, old.to_unit_id, old.responsible_unit_id, old.finding_code, old.state,
      old.decline_reason, old.feedback, old.is_open,
      coalesce(old.received_household_id, old.received_hint_id) is not null or old.contacted_at is not null
        or old.state = 'returned',
      old.next_on, old.answer_due_on, old.sent_at, old.answered_at, old.contacted_at, old.ended_at);
  elsif tg_op <> 'DELETE' and new.sent_at is not null then
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
"""


class Migration(migrations.Migration):
    dependencies = [("steering", "0002_tallies")]
    operations = [
        # the other functions may stay as they are now: with or without a stamp they count the same
        migrations.RunSQL(
            ADD_UP + LOOK + NOTE,
            "drop function steering_look(date[], date, date, uuid[], int); delete from steering_tally where kind = 0",
        ),
    ]
