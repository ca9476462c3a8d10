"""Hidden tables of the coordination office: changes that wait, and what they add up to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sign", models.SmallIntegerField()),
                ("from_unit", models.UUIDField()),
                ("to_unit", models.UUIDField()),
                ("holder", models.UUIDField()),
                ("finding_code", models.CharField(max_length=60)),
                ("state", models.CharField(max_length=12)),
                ("decline_reason", models.CharField(max_length=20)),
                ("feedback", models.CharField(max_length=20)),
                ("is_open", models.BooleanField()),
                ("was_taken", models.BooleanField()),
                ("next_on", models.DateField()),
                ("answer_due_on", models.DateField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("contacted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind",
                        "period",
                        "to_unit",
                        "finding_code",
                        "from_unit",
                        "mark",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.SmallIntegerField()),
                ("period", models.DateField()),
                ("to_unit", models.UUIDField()),
                ("finding_code", models.CharField(max_length=60)),
                ("from_unit", models.UUIDField()),
                ("mark", models.SmallIntegerField()),
                ("count", models.IntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("count", 0)), fields=["kind"], name="tally_empty")
                ],
            },
        ),
    ]
