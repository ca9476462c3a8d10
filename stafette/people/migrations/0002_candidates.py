"""The one narrow function through which search passes row-level security (people/sql/candidates.sql)."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parents[1] / "sql" / "candidates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("kernel", "0001_scope")]
    operations = [
        migrations.RunSQL(SQL, "drop function people_candidates(uuid[], int[], int[], int[], int)"),
    ]
