"""Sealed notes and what is known of the units' keys."""

import django.db.models.deletion
import stafette.kernel.clock
import stafette.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0004_empty_units"),
        ("accounts", "0005_region"),
        ("people", "0002_candidates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("fingerprint", models.CharField(max_length=19)),
                ("replaced_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("backed_up_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["unit", "created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="SealedNote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("deputy_consent_on", models.DateField(null=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("entrusted", "anvertraut, § 65 SGB VIII"),
                            ("secret", "Berufsgeheimnis, § 203 StGB"),
                        ],
                        max_length=9,
                    ),
                ),
                ("ciphertext", models.BinaryField()),
                ("wrapped", models.BinaryField()),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.unitkey"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="unitkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)), fields=("unit",), name="unit_key_one_in_use"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_at", None), ("retired_at__gte", models.F("replaced_at")), _connector="OR"
                ),
                name="unit_key_retired_after_replaced",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_at", None), ("destroyed_at__gte", models.F("retired_at")), _connector="OR"
                ),
                name="unit_key_destroyed_after_retired",
            ),
        ),
        migrations.AddIndex(
            model_name="sealednote",
            index=models.Index(fields=["household", "author"], name="sealed_note_of_household"),
        ),
        migrations.AddIndex(
            model_name="sealednote",
            index=models.Index(fields=["author"], name="sealed_note_of_author"),
        ),
        migrations.AddConstraint(
            model_name="sealednote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deputy", None), models.Q(("deputy", models.F("author")), _negated=True), _connector="OR"
                ),
                name="sealed_note_deputy_is_someone_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealednote",
            constraint=models.CheckConstraint(
                condition=models.Q(("deputy__isnull", False), ("deputy_consent_on", None), _connector="OR"),
                name="sealed_note_consent_names_deputy",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealednote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deputy", None),
                    models.Q(("ground", "entrusted"), _negated=True),
                    ("deputy_consent_on__isnull", False),
                    _connector="OR",
                ),
                name="sealed_note_entrusted_with_consent",
            ),
        ),
    ]
