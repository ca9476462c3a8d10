"""Closed files; search leaves their rows out as well (people/sql/candidates.sql)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import stafette.kernel.clock
import stafette.kernel.ids
from pathlib import Path

from django.db import migrations, models


SEARCH = (Path(__file__).parents[1] / "sql" / "candidates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0005_closed"),
        ("accounts", "0005_region"),
        ("people", "0002_candidates"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("own", "Eigenfall"), ("restricted", "Verarbeitung eingeschränkt")],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("staff", "Beschäftigte oder Beschäftigter der Stelle"),
                            ("relative", "angehörig oder nah verbunden mit Beschäftigten"),
                            ("contested", "Richtigkeit bestritten, wird geprüft"),
                            ("unlawful", "Löschung abgelehnt, Einschränkung verlangt"),
                            ("claim", "wird für einen Rechtsanspruch gebraucht"),
                            ("objection", "Widerspruch, wird geprüft"),
                            ("retention", "Löschung wegen Aufbewahrungspflicht nicht möglich"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "open_to",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("closed_by", models.CharField(max_length=200)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=200)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closings",
                        to="people.household",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at", None)), fields=["unit"], name="closed_in_unit"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("household", "kind"),
                        name="closed_once_per_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("open_to", []), _negated=True), name="closed_is_open_to_somebody"
                    ),
                ],
            },
        ),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
    ]
