from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_region")]
    operations = [migrations.AddField("user", "extra_until", models.DateTimeField(null=True))]
