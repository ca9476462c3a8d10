"""Short rows for searches without words, and opening minutes in their order."""

import django.contrib.postgres.fields
import django.db.models.deletion
import stafette.kernel.clock
import stafette.kernel.ids
from django.db import migrations, models

SORTED = """
update directory_searchrow set
    opens = array(select minute from unnest(opens) minute order by minute),
    closes = array(select minute from unnest(closes) minute order by minute),
    is_special = special <> '[]'::jsonb;
insert into directory_searchglance
    (id, created_at, service_id, code, topics, languages, target_groups, statuses, minimum_age, maximum_age, districts,
     spots, opens, closes, is_special, is_accessible, is_free, status, room, is_public)
    select gen_random_uuid(), created_at, service_id, code, topics, languages, target_groups, statuses, minimum_age,
        maximum_age, districts, spots, opens, closes, is_special, is_accessible, is_free, status, room, is_public
    from directory_searchrow;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_search_rows_at_hand"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchrow",
            name="is_special",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="SearchGlance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("code", models.CharField(max_length=80)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                (
                    "target_groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "statuses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                ("minimum_age", models.PositiveSmallIntegerField(null=True)),
                ("maximum_age", models.PositiveSmallIntegerField(null=True)),
                (
                    "districts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                (
                    "spots",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(), default=list, size=None
                    ),
                ),
                (
                    "opens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "closes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                ("is_special", models.BooleanField(db_default=False, default=False)),
                ("is_accessible", models.BooleanField(default=False)),
                ("is_free", models.BooleanField(null=True)),
                ("status", models.CharField(max_length=18)),
                ("room", models.CharField(max_length=7)),
                ("is_public", models.BooleanField(default=True)),
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_glance",
                        to="directory.service",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunSQL(SORTED, migrations.RunSQL.noop),
    ]
