"""Samples of readings, the register of breaches, and whom a breach concerns."""

import django.contrib.postgres.fields
import django.db.models.deletion
import stafette.kernel.clock
import stafette.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0004_empty_units"),
        ("accounts", "0005_region"),
        ("audit", "0005_anchor"),
        ("oversight", "0001_last_run"),
        ("people", "0004_sealed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "gemeldet, zu bewerten"),
                            ("assessed", "bewertet, zu entscheiden"),
                            ("notified", "der Aufsichtsbehörde gemeldet"),
                            ("not_notified", "nicht gemeldet, mit Begründung"),
                            ("closed", "abgeschlossen"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("detected_at", models.DateTimeField()),
                ("aware_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("what", models.TextField()),
                (
                    "natures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                (
                    "data_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                (
                    "consequences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("people_count", models.IntegerField(null=True)),
                ("records_count", models.IntegerField(null=True)),
                ("effects", models.TextField(blank=True)),
                ("measures", models.TextField(blank=True)),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "noch nicht bewertet"),
                            ("none", "voraussichtlich kein Risiko"),
                            ("risk", "Risiko"),
                            ("high", "hohes Risiko"),
                        ],
                        max_length=4,
                    ),
                ),
                ("risk_reason", models.TextField(blank=True)),
                ("authority", models.CharField(blank=True, max_length=200)),
                ("notified_at", models.DateTimeField(null=True)),
                ("late_reason", models.TextField(blank=True)),
                ("leave_reason", models.TextField(blank=True)),
                (
                    "telling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "noch nicht entschieden"),
                            ("told", "benachrichtigt"),
                            ("not_needed", "nicht nötig: kein hohes Risiko"),
                            ("protected", "nicht nötig: Daten waren unlesbar (Art. 34 Abs. 3 Buchst. a)"),
                            ("averted", "nicht nötig: Risiko abgewendet (Art. 34 Abs. 3 Buchst. b)"),
                            ("public", "öffentlich bekannt gemacht (Art. 34 Abs. 3 Buchst. c)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("told_on", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["-detected_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="BreachShare",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("readings", "alle Akten, die ein Konto in einer Zeit gelesen hat"),
                            ("referrals", "alle Übergaben an eine Stelle seit einem Tag"),
                            ("street", "alle Haushalte mit Anschrift in einer Straße"),
                            ("active", "alle Akten, in denen in einer Zeit etwas geschah"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked", models.JSONField(default=dict)),
                ("households", models.IntegerField()),
                ("people", models.IntegerField()),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="oversight.breach",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Concerned",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.household"
                    ),
                ),
                (
                    "share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concerned",
                        to="oversight.breachshare",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadingSample",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stafette.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=stafette.kernel.clock.now, editable=False)),
                ("month", models.DateField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("", "noch zu prüfen"), ("plausible", "plausibel"), ("ask", "nachfragen")],
                        max_length=9,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="audit.reading"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["unit", "-detected_at", "-id"], name="breach_by_unit"),
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "assessed"])),
                fields=["due_at"],
                name="breach_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "notified"), ("notified_at__isnull", False)),
                    models.Q(("state__in", ["open", "assessed", "not_notified"]), ("notified_at", None)),
                    ("state", "closed"),
                    _connector="OR",
                ),
                name="breach_notified_at_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "not_notified"), _negated=True),
                    models.Q(("leave_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="breach_not_notified_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("notified_at", None),
                    ("notified_at__lte", models.F("due_at")),
                    models.Q(("late_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="breach_late_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "open"), models.Q(("risk", ""), _negated=True), _connector="OR"),
                name="breach_assessed_has_risk",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("telling", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None)),
                    _connector="OR",
                ),
                name="breach_closed_is_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="breachshare",
            index=models.Index(fields=["breach", "unit"], name="share_of_breach"),
        ),
        migrations.AddConstraint(
            model_name="concerned",
            constraint=models.UniqueConstraint(fields=("share", "household"), name="concerned_once"),
        ),
        migrations.AddIndex(
            model_name="readingsample",
            index=models.Index(fields=["unit", "-month", "id"], name="sample_by_month"),
        ),
        migrations.AddConstraint(
            model_name="readingsample",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("reviewed_by", None), ("verdict", "")),
                    models.Q(
                        models.Q(("verdict", ""), _negated=True),
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sample_reviewed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="readingsample",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "ask"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="sample_question_has_note",
            ),
        ),
    ]
