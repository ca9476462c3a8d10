"""The rows and words that the search reads."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import stafette.kernel.clock
import stafette.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_one_truth"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("word", models.CharField(max_length=60, unique=True)),
                ("stem", models.CharField(max_length=60)),
                ("services", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="word_by_piece", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(fields=["stem"], name="word_by_stem"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("code", models.CharField(max_length=80)),
                ("names", models.JSONField(default=dict)),
                ("folded", models.TextField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "hints",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
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
                ("has_interpreters", models.BooleanField(default=False)),
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
                ("special", models.JSONField(default=list)),
                ("is_accessible", models.BooleanField(default=False)),
                ("is_free", models.BooleanField(null=True)),
                ("status", models.CharField(max_length=18)),
                ("room", models.CharField(max_length=7)),
                ("has_alert", models.BooleanField(default=False)),
                ("is_public", models.BooleanField(default=True)),
                ("confirm_on", models.DateField(null=True)),
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_row",
                        to="directory.service",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_by_word"),
                    django.contrib.postgres.indexes.GinIndex(fields=["needs"], name="search_by_need"),
                    django.contrib.postgres.indexes.GinIndex(fields=["topics"], name="search_by_topic"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["folded"], name="search_by_piece", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
    ]
