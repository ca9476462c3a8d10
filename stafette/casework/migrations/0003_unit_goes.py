"""A unit that nobody used may go, and what is known of its key with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_region"),
        ("casework", "0002_functions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="unitkey",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.unit"
            ),
        ),
    ]
