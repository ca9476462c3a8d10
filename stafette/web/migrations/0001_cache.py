"""The table of Django's database cache: rate limits must hold across all processes."""

from django.db import migrations

CREATE = """
create unlogged table web_cache (cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
create index web_cache_expires on web_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(CREATE, "drop table web_cache")]
