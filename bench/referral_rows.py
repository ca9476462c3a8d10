"""A town of many years in the database: open and closed referrals between a large unit and eight receivers.

The rows are made by set-based SQL as the owner of the tables, with everything that the constraints ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connections

from stafette.accounts.models import Authority, FindingKind, Mandate, Membership, Post, Unit, UnitKind, User
from stafette.accounts.roles import Role
from stafette.kernel.clock import today
from stafette.kernel.ids import new_id
from stafette.people.models import Household

RECEIVERS = 8
STAFF = 5
FINDINGS = (
    *("newborn", "no_work", "overcrowding", "language_course", "no_health_insurance", "advice_wanted"),
    *("kindergarten_age", "subletting", "family_needs_support", "school_age", "no_income", "rubbish"),
)
SMALL = 100
MANY_ON_ONE_DESK = 20


@dataclass(frozen=True)
class Crowd:
    """Who asks: a clerk whose unit sees every row and whose desk is full, one with a hundred rows, the office."""

    many: User
    few: User
    head: User
    office: User
    large: UUID
    small: UUID
    receivers: tuple[UUID, ...]
    open_rows: int
    closed_rows: int


def build(open_rows: int, closed_rows: int) -> Crowd:
    """Make units, accounts, households and referrals; one in twenty open ones (declined) lies on the desk of `many`."""
    mark = new_id().hex[-6:]
    authority = Authority(code=f"bench-{mark}", name="Stadt Musterstadt", land="ST")
    authority.save(using="owner")
    large = _unit(authority, f"bench-cl-{mark}", UnitKind.CLEARING_DESK, Mandate.REGISTERING)
    small = _unit(authority, f"bench-sm-{mark}", UnitKind.DISTRICT_CENTRE, Mandate.HELPING)
    office = _unit(authority, f"bench-lkr-{mark}", UnitKind.COORDINATION, Mandate.STEERING)
    receivers = tuple(
        _unit(authority, f"bench-r{n}-{mark}", UnitKind.OUTREACH, Mandate.HELPING) for n in range(RECEIVERS)
    )
    for position, code in enumerate(FINDINGS):
        FindingKind.objects.using("owner").get_or_create(
            code=code, defaults={"label": code, "position": position}
        )
    senders = [_user(f"sender-{n}-{mark}", large, Role.CLERK) for n in range(STAFF)]
    few = _user(f"few-{mark}", small, Role.COUNTER)
    staff = [
        [_user(f"r{r}-{n}-{mark}", unit, Role.OUTREACH) for n in range(STAFF)]
        for r, unit in enumerate(receivers)
    ]
    crowd = Crowd(
        many=senders[0],
        few=few,
        head=_user(f"head-{mark}", large, Role.HEAD),
        office=_user(f"office-{mark}", office, Role.COORDINATION),
        large=large.pk,
        small=small.pk,
        receivers=tuple(unit.pk for unit in receivers),
        open_rows=open_rows,
        closed_rows=closed_rows,
    )
    who = [[user.pk for user in row] for row in staff]
    with _uncounted(), _bare("referrals_referral"), _bare("referrals_envelope"):
        for sender, names, rows, tag in (
            (large, [user.pk for user in senders], (open_rows, closed_rows), "G"),
            (small, [few.pk], (SMALL, SMALL), "K"),
        ):
            homes = _households(sender)
            for count, is_open in zip(rows, (True, False), strict=True):
                _insert(
                    count,
                    is_open=is_open,
                    number=f"{tag}{'O' if is_open else 'Z'}-{mark}-",
                    sender=sender.pk,
                    senders=names,
                    receivers=list(crowd.receivers),
                    staff=who,
                    office=office.pk,
                    homes=homes,
                )
    return crowd


def _unit(authority: Authority, code: str, kind: str, mandate: str) -> Unit:
    unit = Unit(code=code, kind=kind, name=code, short_name=code, authority=authority, mandate=mandate)
    unit.save(using="owner")
    Post(unit=unit, code="stelle", title="Stelle", duty=Post.Duty.CONTACT, fte=2).save(using="owner")
    return unit


def _user(name: str, unit: Unit, role: Role) -> User:
    user = User(email=f"{name}@stafette.example", label=name)
    user.set_unusable_password()
    user.save(using="owner")
    Membership(user=user, unit=unit, role=role, starts_on=date(2016, 1, 1)).save(using="owner")
    return User.objects.using("owner").get(pk=user.pk)


def _households(unit: Unit) -> list[UUID]:
    made = [Household(unit=unit, label=f"Haushalt {n}", source_date=today()) for n in range(200)]
    Household.objects.using("owner").bulk_create(made)
    return [household.pk for household in made]


@contextmanager
def _uncounted() -> Iterator[None]:
    """Load without the trigger of the tallies, and count everything anew at the end."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("alter table referrals_referral disable trigger steering_added")
        yield
        cursor.execute("alter table referrals_referral enable trigger steering_added")
        cursor.execute("select steering_count_anew()")
        cursor.execute("vacuum analyze steering_tally")


@contextmanager
def _bare(table: str) -> Iterator[None]:
    """Load the table without foreign keys and secondary indexes, and put them back."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint "
            "where conrelid = %s::regclass and contype = 'f'",
            [table],
        )
        keys = cursor.fetchall()
        cursor.execute(
            "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index "
            "where indrelid = %s::regclass and not indisunique",
            [table],
        )
        indexes = cursor.fetchall()
        for name, _definition in keys:
            cursor.execute(f'alter table {table} drop constraint "{name}"')
        for name, _definition in indexes:
            cursor.execute(f"drop index {name}")
        yield
        cursor.execute("set maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        for name, definition in keys:
            cursor.execute(f'alter table {table} add constraint "{name}" {definition}')
        cursor.execute(f"vacuum analyze {table}")


_STATES = {
    True: "array['sent','sent','sent','sent','received','received','received','accepted','accepted','accepted',"
    "'accepted','accepted','reached','reached','reached','reached','reached','not_reached','closed','declined']",
    False: "array['done','done','done','done','done','done','done','done','done','done','done','done','done',"
    "'done','done','done','settled','settled','settled','withdrawn']",
}
INSERT = """
with raw as (
  select i, gen_random_uuid() as id, ({states})[1 + i %% 20] as state, 1 + i %% {receivers} as r,
    case when i %% {desk} = {desk} - 1 then 1 else 1 + i %% cardinality(%(senders)s::uuid[]) end as s,
    1 + (i / {receivers}) %% {staff} as w, hashint8(i) & 2147483647 as luck
  from generate_series(1, %(count)s) as i
), dated as (
  select *,
    case when %(is_open)s then %(day)s::date - (luck %% 60) else %(day)s::date - 60 - (luck %% 3600) end as sent_on,
    case when %(is_open)s then %(day)s::date + (luck %% 40) - 10 else %(day)s::date - 30 - (luck %% 3600) end as next_on
  from raw
), made as (
  insert into referrals_referral (
    id, created_at, number, from_unit_id, to_unit_id, subject, household_id, finding_code, purpose, state, is_open,
    version, categories, flow_rule, mode, norm, flow_sentence, feedback_scope, responsible_unit_id,
    responsible_user_id, next_on, remind_on, escalate_on, escalation_unit_id, lead_unit_id, sender_user_id,
    receiver_user_id, rule_version, receipt_days, answer_days, first_contact_days, feedback_days, answer_due_on,
    sent_at, received_at, answered_at, contacted_at, closed_at, ended_at, decline_reason, feedback
  )
  select id, sent_on, %(number)s || i, %(sender)s, (%(receivers)s::uuid[])[r], 'persons',
    (%(homes)s::uuid[])[1 + i %% cardinality(%(homes)s::uuid[])],
    (%(findings)s::text[])[1 + luck %% cardinality(%(findings)s::text[])], 'Unterstützung der Familie', state,
    %(is_open)s, 1, '{{core,address}}', 'F05', 'consent', 'Art. 6', 'Mit Einwilligung.', 'outcome',
    case when state = 'declined' then %(sender)s::uuid else (%(receivers)s::uuid[])[r] end,
    case when state = 'declined' then (%(senders)s::uuid[])[s] else (%(staff)s::uuid[])[(r - 1) * {staff} + w] end,
    next_on, next_on - 1, next_on + 5, %(office)s, %(sender)s, (%(senders)s::uuid[])[s],
    (%(staff)s::uuid[])[(r - 1) * {staff} + w], 'Vorgabe 1', 2, 5, 10, 5, sent_on + 7, sent_on,
    case when state <> 'sent' then sent_on + 1 end,
    case when state not in ('sent', 'received', 'withdrawn') then sent_on + luck %% 12 end,
    case when state in ('reached', 'closed', 'done') then sent_on + 5 + luck %% 40 end,
    case when state in ('closed', 'done') then sent_on + 50 end,
    case when not %(is_open)s then sent_on + 55 end,
    case when state in ('declined', 'settled')
      then (array['no_capacity','not_responsible','already_known','incomplete','no_need'])[1 + luck %% 5] else '' end,
    case when state = 'done' then (array['helped','ongoing','no_answer','not_reachable'])[1 + luck %% 4] else '' end
  from dated
  returning id, from_unit_id, to_unit_id, sent_at
)
insert into referrals_envelope (id, created_at, referral_id, from_unit_id, to_unit_id, label, payload, person_count, sent_at)
select gen_random_uuid(), sent_at, id, from_unit_id, to_unit_id, 'Familie Muster', '{{}}', 1, sent_at from made
"""


def _insert(count: int, *, is_open: bool, staff: list[list[UUID]], **values: Any) -> None:
    statement = INSERT.format(
        states=_STATES[is_open], receivers=RECEIVERS, desk=MANY_ON_ONE_DESK, staff=STAFF
    )
    flat = [user for row in staff for user in row]
    arguments = {
        **values,
        "count": count,
        "is_open": is_open,
        "staff": flat,
        "day": today(),
        "findings": list(FINDINGS),
    }
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, arguments)
