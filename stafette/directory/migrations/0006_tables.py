"""Tables of services on their way in."""

import stafette.kernel.clock
import stafette.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="TableImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "zu prüfen"),
                            ("running", "wird übernommen"),
                            ("taken", "übernommen"),
                            ("dropped", "verworfen"),
                        ],
                        default="read",
                        max_length=7,
                    ),
                ),
                ("rows", models.JSONField(default=list)),
                ("columns", models.JSONField(default=list)),
                ("unused", models.JSONField(default=list)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("equal", models.PositiveIntegerField(default=0)),
                ("faulty", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["-made_at", "id"],
            },
        ),
    ]
