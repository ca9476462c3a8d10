"""Let an event take any lane that nobody holds: a commit of one connection never waits for another's.

With a fixed lane two commands that meet in it, each holding a row that the other wants, would stop each other.
Only when all sixteen lanes are held does an event wait for the lane of its own connection.
"""

from django.db import migrations

CHAIN = """
create or replace function audit_chain() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  new.lane := pg_backend_pid() % 16;
  perform from audit_chainhead where lane = new.lane for update skip locked;
  if not found then
    select lane into new.lane from audit_chainhead order by lane for update skip locked limit 1;
    new.lane := coalesce(new.lane, pg_backend_pid() % 16);
  end if;
  update audit_chainhead set seq = seq + 1 where lane = new.lane returning seq, digest into new.seq, new.previous;
  new.digest := encode(sha256(convert_to(audit_text(new), 'UTF8')), 'hex');
  update audit_chainhead set digest = new.digest where lane = new.lane;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [migrations.RunSQL(CHAIN, migrations.RunSQL.noop)]
