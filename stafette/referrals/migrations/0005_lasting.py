"""A follow-up that was dropped or answered does not block a new one; whether things lasted, in counts only."""

from django.db import migrations, models

RESULTS = """
create function follow_up_results(
  since timestamptz, before timestamptz, today date default (now() at time zone 'Europe/Berlin')::date
)
returns table (
  lead_unit uuid, other_unit uuid, finding_code text, kind text, planned bigint, due bigint, answered bigint,
  lasts bigint, partly bigint, ended bigint, unknown bigint, moved bigint
)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.unit_id, o.unit_id, f.finding_code::text, f.kind::text,
    count(*),
    count(*) filter (where f.next_on <= today),
    count(*) filter (where f.state = 'answered'),
    count(*) filter (where f.result = 'lasts'),
    count(*) filter (where f.result = 'partly'),
    count(*) filter (where f.result = 'ended'),
    count(*) filter (where f.result = 'unknown'),
    count(*) filter (where f.result = 'moved_away')
  from referrals_followup f
  left join referrals_referral r on r.id = f.referral_id
  cross join lateral (
    select case when r.from_unit_id = f.unit_id then r.to_unit_id else r.from_unit_id end as unit_id
  ) o
  where f.state <> 'dropped'
    and f.next_on >= (since at time zone 'Europe/Berlin')::date
    and f.next_on < (before at time zone 'Europe/Berlin')::date
    and (f.unit_id = any(app_units('figures_view')) or o.unit_id = any(app_units('figures_view')))
  group by 1, 2, 3, 4
$$
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_lead"), ("kernel", "0001_scope")]
    operations = [
        migrations.RemoveConstraint(model_name="followup", name="follow_up_once_per_referral"),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_open", True), ("kind__in", ["after_30", "after_90"])),
                fields=("referral", "kind"),
                name="follow_up_once_per_referral",
            ),
        ),
        migrations.RunSQL(RESULTS, "drop function follow_up_results(timestamptz, timestamptz, date)"),
    ]
