"""Rows of the search index that lie in one piece, and the number of entries among the words.

The search compares `vector` in thousands of rows: fetched from beside the table and unpacked for each, that took four
times as long. Rows up to a page stay whole and unpacked from now on; those that are there are written anew.
"""

from django.db import migrations

WHOLE = """
alter table directory_searchrow set (toast_tuple_target = 8160);
alter table directory_searchrow alter column vector set storage external;
update directory_searchrow set vector = (vector::text)::tsvector, words = array_prepend('', words)
    where not '' = any(words);
insert into directory_searchword (id, created_at, word, stem, services)
    select gen_random_uuid(), now(), '', '', count(*) from directory_searchrow having count(*) > 0
    on conflict (word) do nothing;
"""
BACK = """
alter table directory_searchrow reset (toast_tuple_target);
alter table directory_searchrow alter column vector set storage extended;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_tables"),
    ]

    operations = [migrations.RunSQL(WHOLE, BACK)]
