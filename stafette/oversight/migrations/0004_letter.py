"""What the letter says of a breach goes with each unit's list: caseworkers do not see the register."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_functions")]
    operations = [
        migrations.AddField(model_name="breachshare", name="letter", field=models.JSONField(default=dict)),
    ]
