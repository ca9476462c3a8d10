"""The code by which the blueprint finds a partner again; those entered by hand have none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_scope"), ("partners", "0002_functions")]
    operations = [
        migrations.AddField("partner", "code", models.SlugField(max_length=40, null=True, unique=True)),
    ]
