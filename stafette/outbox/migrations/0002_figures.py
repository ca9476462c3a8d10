"""What those see who may read no mail: how many wait, failed or came back lately, and which account's address bounced."""

from django.db import migrations

FIGURES = """
create function outbox_figures() returns table (state text, number bigint, oldest timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.state::text, count(*), min(m.created_at) from outbox_message m
  where m.state in ('queued', 'sending')
    or (m.state in ('failed', 'bounced') and m.created_at > now() - interval '30 days')
  group by 1
$$
"""
ACCOUNTS = """
create function outbox_account_bounces(accounts uuid[])
returns table (account uuid, returned_at timestamptz, failure text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (u.id) u.id, m.returned_at, m.failure::text
  from accounts_user u join outbox_message m on m.address = u.email and m.state = 'bounced'
  where u.id = any(accounts)
    and not exists (
      select from outbox_message later
      where later.address = m.address and later.state = 'sent' and later.sent_at > m.returned_at
        and later.sent_at < now() - interval '1 day'
    )
  order by u.id, m.returned_at desc
$$
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("kernel", "0001_scope"), ("accounts", "0003_partners")]
    operations = [
        migrations.RunSQL(FIGURES, "drop function outbox_figures()"),
        migrations.RunSQL(ACCOUNTS, "drop function outbox_account_bounces(uuid[])"),
    ]
