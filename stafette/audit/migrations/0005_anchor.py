"""Where the beginning of each lane was deleted because its period was over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_closed"), ("audit", "0004_reading")]
    operations = [
        migrations.CreateModel(
            name="ChainAnchor",
            fields=[
                ("lane", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("cut_at", models.DateTimeField()),
            ],
        ),
    ]
