"""Municipalities with holidays of their own: Augsburg, the Sorbian parishes, the Eichsfeld."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_succession")]

    operations = [
        migrations.AddField(
            model_name="authority",
            name="region",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
