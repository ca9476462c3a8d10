"""Agreements with partners and their desk times; the database refuses two at the same desk at the same time.

`desk_cycle` spreads a rhythm of one, two or four weeks over a cycle of four weeks, in minutes, as a multirange: two
rhythms meet if and only if their multiranges overlap.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import stafette.kernel.clock
import stafette.kernel.ids
from django.db import migrations, models


NO_DOUBLE = """
create function desk_cycle(weekday int, opens_at time, closes_at time, every int, week int) returns int4multirange
language sql immutable parallel safe as $$
  select range_agg(int4range(
    number * 10080 + (weekday - 1) * 1440 + (extract(epoch from opens_at) / 60)::int,
    number * 10080 + (weekday - 1) * 1440 + (extract(epoch from closes_at) / 60)::int))
  from generate_series(0, 3) number where number % every = week
$$;
alter table partners_desktime add constraint desk_never_double exclude using gist (
  unit_id with =, desk with =,
  desk_cycle(weekday, opens_at, closes_at, every, week) with &&,
  daterange(starts_on, ends_on, '[]') with &&
) where (is_live);
"""
DROP = """
alter table partners_desktime drop constraint desk_never_double;
drop function desk_cycle(int, time, time, int, int);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_landmarks"),
        ("directory", "0002_hsds"),
        ("partners", "0003_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.CreateModel(
            name="CooperationAgreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("file_number", models.CharField(max_length=60)),
                ("signed_on", models.DateField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("notice_weeks", models.PositiveSmallIntegerField(null=True)),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "contacts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("receipt_days", models.PositiveSmallIntegerField(null=True)),
                ("answer_days", models.PositiveSmallIntegerField(null=True)),
                (
                    "clause",
                    models.CharField(
                        choices=[
                            ("none", "keine Daten: nur Räume und Zeiten"),
                            ("processor", "Auftragsverarbeitung (Art. 28 DSGVO)"),
                            ("joint", "gemeinsam verantwortlich (Art. 26 DSGVO)"),
                            ("own", "jede Seite selbst verantwortlich"),
                        ],
                        default="none",
                        max_length=9,
                    ),
                ),
                ("clause_on", models.DateField(null=True)),
                ("clause_text", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Entwurf"), ("running", "läuft"), ("ended", "beendet")],
                        default="draft",
                        max_length=7,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="partners.partner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["partner__name", "starts_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="DeskTime",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Montag"),
                            (2, "Dienstag"),
                            (3, "Mittwoch"),
                            (4, "Donnerstag"),
                            (5, "Freitag"),
                            (6, "Samstag"),
                        ]
                    ),
                ),
                ("opens_at", models.TimeField()),
                ("closes_at", models.TimeField()),
                ("desk", models.PositiveSmallIntegerField()),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                ("every", models.PositiveSmallIntegerField(default=1)),
                ("week", models.PositiveSmallIntegerField(default=0)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("is_live", models.BooleanField(default=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="times",
                        to="partners.cooperationagreement",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["weekday", "opens_at", "desk", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="cooperationagreement",
            constraint=models.UniqueConstraint(
                fields=("unit", "file_number"), name="agreement_once_per_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="agreement_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("ends_on__isnull", False), ("state", "ended")),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_at", None)),
                    _connector="OR",
                ),
                name="agreement_ended_fits_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clause", "none"), ("clause_on", None)),
                    models.Q(models.Q(("clause", "none"), _negated=True), ("clause_on__isnull", False)),
                    _connector="OR",
                ),
                name="agreement_clause_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="desktime",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="desk_time_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="desktime",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__gte", 1), ("weekday__lte", 6)), name="desk_time_on_weekday"
            ),
        ),
        migrations.AddConstraint(
            model_name="desktime",
            constraint=models.CheckConstraint(
                condition=models.Q(("desk__gte", 1), ("desk__lte", 20)), name="desk_time_at_desk"
            ),
        ),
        migrations.AddConstraint(
            model_name="desktime",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__in", [1, 2, 4]), ("week__lt", models.F("every"))),
                name="desk_time_rhythm",
            ),
        ),
        migrations.RunSQL(NO_DOUBLE, DROP),
    ]
