"""What is deleted when its time is over stays in the figures: the triggers know a deletion from a withdrawal.

`stafette.purging` is set by the one function that deletes (retention_delete). Tallies stay as they were; follow-ups,
which are counted row by row, leave a sum behind, and the other unit of a follow-up is kept until it goes itself.
"""

from django.db import migrations, models

KEEP = """
create function steering_keep_other() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('stafette.purging', true) = 'on' then
    insert into steering_otherunit (follow_up_id, unit)
    select f.id, case when old.from_unit_id = f.unit_id then old.to_unit_id else old.from_unit_id end
    from referrals_followup f where f.referral_id = old.id on conflict do nothing;
    if old.sent_at is not null then
      insert into steering_tally (kind, period, to_unit, finding_code, from_unit, mark, count)
      values (-1, '2000-01-01', '00000000-0000-0000-0000-000000000000', '',
        '00000000-0000-0000-0000-000000000000', 0, 1) on conflict do nothing;
    end if;
  end if;
  return old;
end $$;
create trigger steering_keep_other before delete on referrals_referral
  for each row execute function steering_keep_other();

create function steering_keep_lasted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  other uuid;
begin
  if current_setting('stafette.purging', true) = 'on' and old.state <> 'dropped' then
    select case when r.from_unit_id = old.unit_id then r.to_unit_id else r.from_unit_id end into other
      from referrals_referral r where r.id = old.referral_id;
    if other is null then
      select unit into other from steering_otherunit where follow_up_id = old.id;
    end if;
    insert into steering_lasted as l (lead_unit, other_unit, finding_code, kind, state, result, next_on, count)
    values (old.unit_id, coalesce(other, '00000000-0000-0000-0000-000000000000'), old.finding_code, old.kind,
      old.state, old.result, old.next_on, 1)
    on conflict (lead_unit, other_unit, finding_code, kind, state, result, next_on)
      do update set count = l.count + 1;
  end if;
  delete from steering_otherunit where follow_up_id = old.id;
  return old;
end $$;
create trigger steering_keep_lasted before delete on referrals_followup
  for each row execute function steering_keep_lasted();
"""
RESULTS = """
create or replace function follow_up_results(
  since timestamptz, before timestamptz, today date default (now() at time zone 'Europe/Berlin')::date
)
returns table (
  lead_unit uuid, other_unit uuid, finding_code text, kind text, planned bigint, due bigint, answered bigint,
  lasts bigint, partly bigint, ended bigint, unknown bigint, moved bigint
)
language sql stable security definer set search_path = public, pg_temp as $$
  with counted as (
    select f.unit_id as lead_unit, coalesce(o.unit_id, k.unit) as other_unit, f.finding_code::text as finding_code,
      f.kind::text as kind, f.state::text as state, f.result::text as result, f.next_on, 1 as count
    from referrals_followup f
    left join referrals_referral r on r.id = f.referral_id
    left join steering_otherunit k on k.follow_up_id = f.id
    cross join lateral (
      select case when r.from_unit_id = f.unit_id then r.to_unit_id else r.from_unit_id end as unit_id
    ) o
    where f.state <> 'dropped'
      and f.next_on >= (since at time zone 'Europe/Berlin')::date
      and f.next_on < (before at time zone 'Europe/Berlin')::date
    union all
    select l.lead_unit, nullif(l.other_unit, '00000000-0000-0000-0000-000000000000'), l.finding_code::text,
      l.kind::text, l.state::text, l.result::text, l.next_on, l.count
    from steering_lasted l
    where l.next_on >= (since at time zone 'Europe/Berlin')::date
      and l.next_on < (before at time zone 'Europe/Berlin')::date
  )
  select c.lead_unit, c.other_unit, c.finding_code, c.kind,
    sum(c.count)::bigint,
    coalesce(sum(c.count) filter (where c.next_on <= today), 0)::bigint,
    coalesce(sum(c.count) filter (where c.state = 'answered'), 0)::bigint,
    coalesce(sum(c.count) filter (where c.result = 'lasts'), 0)::bigint,
    coalesce(sum(c.count) filter (where c.result = 'partly'), 0)::bigint,
    coalesce(sum(c.count) filter (where c.result = 'ended'), 0)::bigint,
    coalesce(sum(c.count) filter (where c.result = 'unknown'), 0)::bigint,
    coalesce(sum(c.count) filter (where c.result = 'moved_away'), 0)::bigint
  from counted c
  where c.lead_unit = any(app_units('figures_view')) or c.other_unit = any(app_units('figures_view'))
  group by 1, 2, 3, 4
$$;
"""
NOTE = """
create or replace function steering_note() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('stafette.purging', true) = 'on' then
    return null;
  end if;
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
ANEW = """
create or replace function steering_count_anew() returns void
language plpgsql volatile set search_path = public, pg_temp as $$
begin
  if exists (select from steering_tally where kind = -1) then
    raise exception 'deleted referrals live on in the tallies only: they cannot be counted anew';
  end if;
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
"""
DROP = """
drop trigger steering_keep_lasted on referrals_followup;
drop trigger steering_keep_other on referrals_referral;
drop function steering_keep_lasted();
drop function steering_keep_other();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_closed"), ("steering", "0004_columns"), ("referrals", "0005_lasting")]
    operations = [
        migrations.CreateModel(
            name="OtherUnit",
            fields=[
                ("follow_up_id", models.UUIDField(primary_key=True, serialize=False)),
                ("unit", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="Lasted",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        *("lead_unit", "other_unit", "finding_code", "kind", "state", "result", "next_on"),
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("lead_unit", models.UUIDField()),
                ("other_unit", models.UUIDField()),
                ("finding_code", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=8)),
                ("state", models.CharField(max_length=8)),
                ("result", models.CharField(max_length=12)),
                ("next_on", models.DateField()),
                ("count", models.IntegerField()),
            ],
        ),
        migrations.RunSQL(KEEP, DROP),
        # the older functions would count what was deleted as withdrawn: they are not brought back
        migrations.RunSQL(NOTE + ANEW + RESULTS, migrations.RunSQL.noop),
    ]
