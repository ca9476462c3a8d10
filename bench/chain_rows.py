"""Ten years of referrals between twelve units, in every state and with every reason, by set-based SQL as the owner.

`fill(100_000, 1_000_000)` is the large town, `fill(100, 1_000)` the small one; each call makes units of its own, and
a clerk per unit who holds what lies there. Rows have no envelope and no household: lists and figures need neither.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connections

from stafette.accounts.models import Authority, FindingKind, Membership, Unit, User
from stafette.accounts.roles import Role
from stafette.kernel.ids import new_id

FINDINGS = (
    "overcrowding",
    "newborn",
    "advice_wanted",
    "subletting",
    "family_needs_support",
    "kindergarten_age",
)
UNITS = 12
INSERT = """
with town as (
  select %(units)s::uuid[] as units, %(users)s::uuid[] as users, %(findings)s::text[] as findings
), drawn as (
  select i, random() as state, 1 + floor(random() * 3)::int as a, 1 + floor(random() * 12)::int as b,
    1 + floor(random() * 6)::int as f, random() as r, random() as d, random() as w,
    now() - interval '1 day' * %(youngest)s - interval '1 day' * (random() * %(days)s) as sent_at
  from generate_series(1, %(n)s) i
), shaped as (
  select i, f, r, d, w, sent_at, a, case when b = a then a %% 12 + 1 else b end as b,
    case when %(is_open)s then
      (array['sent','sent','sent','received','accepted','accepted','accepted','reached','reached','not_reached',
             'declined','returned'])[1 + floor(state * 12)::int]
    else (array['done','done','done','done','done','done','done','settled','settled','withdrawn'])[1 + floor(state * 10)::int]
    end as state
  from drawn
), dated as (
  select s.*, state in ('declined', 'returned', 'settled') as back,
    case when state not in ('sent', 'received', 'withdrawn') then sent_at + interval '1 day' * (r * r * 12) end as answered_at,
    case when state in ('reached', 'done') then sent_at + interval '1 day' * (r * r * 12 + d * 25) end as contacted_at,
    case when not %(is_open)s then sent_at + interval '1 day' * (20 + w * 40) end as ended_at,
    sent_at::date + 7 as due
  from shaped s
)
insert into referrals_referral (id, created_at, number, state, is_open, version, from_unit_id, to_unit_id, lead_unit_id,
  responsible_unit_id, responsible_user_id, sender_user_id, receiver_user_id, escalation_unit_id, next_on, remind_on,
  escalate_on, subject, finding_code, purpose, categories, flow_rule, mode, norm, flow_sentence, feedback_scope,
  rule_version, receipt_days, answer_days, first_contact_days, feedback_days, answer_due_on, sent_at, received_at,
  answered_at, contacted_at, closed_at, ended_at, decline_reason, feedback)
select gen_random_uuid(), sent_at, %(prefix)s || i, state, %(is_open)s, 1, units[a], units[b], units[a],
  case when state in ('declined', 'returned') then units[a] else units[b] end,
  case when state in ('declined', 'returned') then users[a] else users[b] end, users[a], users[b], units[1],
  d.due + (w * 20)::int, d.due + (w * 20)::int - 2, d.due + (w * 20)::int + 3, 'persons', findings[f], 'Messung',
  '{}', 'F01', 'consent', '', '', 'outcome', 'Vorgabe 1', 2, 5, 10, 5, d.due, sent_at,
  case when state not in ('sent', 'withdrawn') then sent_at + interval '1 hour' end,
  answered_at, contacted_at, case when state = 'done' then ended_at end, ended_at,
  case when back then (array['no_capacity','not_responsible','incomplete','no_need','already_known'])[1 + floor(r * 5)::int]
    else '' end,
  case when state = 'done' then (array['helped','ongoing','no_answer','not_reachable','moved_away','forwarded'])[1 + floor(w * 6)::int]
    else '' end
from dated d, town
"""


@dataclass(frozen=True)
class BenchTown:
    """The units and their clerks, in the same order; the first three units send."""

    units: list[UUID]
    clerks: list[User]
    coordination: User
    seconds: float


def fill(open_rows: int, closed_rows: int) -> BenchTown:
    """Make units, accounts and referrals; the tallies are counted anew, everything is analysed."""
    units, clerks = _units()
    coordination = _user(units[0], Role.COORDINATION)
    started = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        cursor.execute("alter table referrals_referral disable trigger steering_added")
        for is_open, number, days, youngest in ((True, open_rows, 60, 0), (False, closed_rows, 3650, 61)):
            values = {
                "units": units,
                "users": [clerk.pk for clerk in clerks],
                "findings": list(FINDINGS),
                "n": number,
                "days": days,
                "youngest": youngest,
                "is_open": is_open,
                "prefix": f"B-{new_id().hex[-8:]}-",
            }
            cursor.execute(INSERT, values)
        cursor.execute("alter table referrals_referral enable trigger steering_added")
        cursor.execute("select steering_count_anew()")
        cursor.execute("vacuum analyze referrals_referral")
        cursor.execute("vacuum analyze steering_tally")
    return BenchTown(units, clerks, coordination, time.perf_counter() - started)


def _units() -> tuple[list[UUID], list[User]]:
    code = f"bench-{new_id().hex[-8:]}"
    authority = Authority(code=code, name="Musterstadt", land="ST")
    authority.save(using="owner")
    for name in FINDINGS:
        if not FindingKind.objects.using("owner").filter(code=name).exists():
            FindingKind(code=name, label=name).save(using="owner")
    units = []
    for number in range(UNITS):
        unit = Unit(code=f"{code}-{number}", kind="CL", name=f"Stelle {number}", short_name=f"S{number}")
        unit.authority, unit.mandate = authority, "helping"
        unit.save(using="owner")
        units.append(unit.pk)
    return units, [_user(unit, Role.CLERK) for unit in units]


def _user(unit: UUID, role: Role) -> User:
    name = new_id().hex[-12:]
    user = User(email=f"bench-{name}@stafette.example", label=f"Bench {name}")
    user.set_unusable_password()
    user.save(using="owner")
    Membership(user=user, unit_id=unit, role=role, starts_on=date(2020, 1, 1)).save(using="owner")
    return User.objects.using("owner").get(pk=user.pk)
