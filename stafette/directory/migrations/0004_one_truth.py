"""Drop the lines that 0003 took apart: each fact stands in one place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_providers_and_places")]

    operations = [
        migrations.AlterField(
            model_name="service",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="services",
                to="directory.organization",
            ),
        ),
        migrations.RemoveField(model_name="service", name="provider"),
        migrations.RemoveField(model_name="service", name="address"),
        migrations.RemoveField(model_name="service", name="phone"),
        migrations.RemoveField(model_name="service", name="hours"),
        migrations.RemoveField(model_name="service", name="verified_on"),
        migrations.RemoveField(model_name="service", name="is_active"),
    ]
