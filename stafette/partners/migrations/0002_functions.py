"""From the digest of a token to its question: one row always, whatever was asked, and nothing but ids and a word."""

from django.db import migrations

LINK = """
create function partner_link(asked text, at timestamptz)
returns table (state text, request_id uuid, link_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select
    case
      when l.id is null then 'unknown'
      when r.state in ('answered', 'closed') and l.revoked_at is null then 'answered'
      when l.used_at is not null or l.revoked_at is not null or l.expires_at <= at then 'expired'
      when r.state in ('sent', 'bounced') then 'open'
      else 'expired'
    end,
    r.id, l.id
  from (values (asked)) as given (digest)
  left join partners_answerlink l on l.digest = given.digest
  left join partners_partnerrequest r on r.id = l.request_id
$$
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_requests"), ("kernel", "0001_scope")]
    operations = [migrations.RunSQL(LINK, "drop function partner_link(text, timestamptz)")]
