"""Who looked at which protected record: once per minute, account, record and kind."""

from django.db import migrations, models

import stafette.kernel.clock
import stafette.kernel.ids

ONCE = """
create unique index reading_once_a_minute on audit_reading
  (account_id, record_id, kind, date_trunc('minute', at at time zone 'UTC')) where record_id is not null
"""
# Whoever reads may not read the log of readings: these two tell her own account just this much about herself.
FOUND_NOTHING = """
create function audit_searched_in_vain(account uuid, since timestamptz) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from audit_reading
  where account_id = account and kind = 'search' and number = 0 and at >= since
$$
"""
EXPLAINED = """
create function audit_explained(account uuid, about uuid, since timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from audit_reading
    where about_id = about and account_id = account and reason <> '' and at >= since)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_empty_units"), ("audit", "0003_free_lane")]
    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(default=stafette.kernel.clock.now)),
                ("account_id", models.UUIDField()),
                ("unit_id", models.UUIDField()),
                ("record_type", models.CharField(max_length=60)),
                ("record_id", models.UUIDField(null=True)),
                ("about_id", models.UUIDField(null=True)),
                ("page", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("view", "angesehen"),
                            ("list", "Liste"),
                            ("export", "Datei mitgenommen"),
                            ("print", "gedruckt"),
                            ("search", "gesucht"),
                        ],
                        default="view",
                        max_length=6,
                    ),
                ),
                ("number", models.IntegerField(default=1)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("reason_text", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit_id", "-at", "-id"], name="reading_by_unit"),
                    models.Index(
                        condition=models.Q(("about_id__isnull", False)),
                        fields=["about_id", "-at"],
                        name="reading_about",
                    ),
                    models.Index(
                        condition=models.Q(("kind", "search"), ("number", 0)),
                        fields=["account_id", "-at"],
                        name="reading_found_nothing",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONCE, "drop index reading_once_a_minute"),
        migrations.RunSQL(FOUND_NOTHING, "drop function audit_searched_in_vain(uuid, timestamptz)"),
        migrations.RunSQL(EXPLAINED, "drop function audit_explained(uuid, uuid, timestamptz)"),
    ]
