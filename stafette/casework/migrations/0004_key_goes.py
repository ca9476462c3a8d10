"""The database itself lets an unused key go with its unit: the blueprint asks it, not the program, what is in use."""

from django.db import migrations

CASCADE = """
do $$
declare
  known text;
begin
  select conname into known from pg_constraint
  where conrelid = 'casework_unitkey'::regclass and contype = 'f' and confrelid = 'accounts_unit'::regclass;
  execute format('alter table casework_unitkey drop constraint %I', known);
  execute format('alter table casework_unitkey add constraint %I foreign key (unit_id) references accounts_unit (id) '
                 'on delete cascade deferrable initially deferred', known);
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_unit_goes")]
    operations = [migrations.RunSQL(CASCADE, migrations.RunSQL.noop)]
