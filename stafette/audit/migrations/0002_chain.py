"""Chain every event to the one before it in its lane, in the database, where the program cannot reach."""

from django.db import migrations

CHAIN = """
insert into audit_chainhead (lane, seq, digest) select lane, 0, '' from generate_series(0, 15) as lane;

create function audit_text(e audit_event) returns text language sql stable as $$
  select concat_ws('|', e.lane, e.seq, e.previous, e.id, (extract(epoch from e.at) * 1000000)::bigint, e.kind,
    e.actor_id, e.actor_label, e.unit_id, e.subject_type, e.subject_id, coalesce(e.about_id::text, ''), e.details::text)
$$;

create function audit_chain() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  new.lane := pg_backend_pid() % 16;
  update audit_chainhead set seq = seq + 1 where lane = new.lane returning seq, digest into new.seq, new.previous;
  new.digest := encode(sha256(convert_to(audit_text(new), 'UTF8')), 'hex');
  update audit_chainhead set digest = new.digest where lane = new.lane;
  return new;
end $$;

create trigger audit_chain before insert on audit_event for each row execute function audit_chain();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("kernel", "0001_scope")]
    operations = [
        migrations.RunSQL(
            CHAIN,
            "drop trigger audit_chain on audit_event; drop function audit_chain(); drop function audit_text(audit_event)",
        )
    ]
