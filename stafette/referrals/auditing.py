"""The invariant, asked of a live database: every open thing has one unit, one person, one date, one that is told.

Constraints hold what one row can say; these checks hold what several rows say together, and the constraints as well,
so that a restored or repaired database is believed only after it was looked at. Each check is one statement over a
whole table, run as the owner, who sees every row; what comes out is case numbers, never a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections, models
from django.utils.translation import gettext_lazy

from stafette.accounts.queries import crews, left_alone
from stafette.accounts.roles import CASEWORK
from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.referrals import batons
from stafette.referrals.batons import BatonKind
from stafette.referrals.duty.watched import working_units
from stafette.referrals.lasting import LETS_LAST
from stafette.referrals.models import Envelope, Finding, FollowUp, Handling, Notice, Referral
from stafette.referrals.models.baton import Baton

SHOWN = 20


@dataclass(frozen=True)
class Check:
    """One rule: `says` names what is wrong, `todo` what to do; `sql` selects the numbers of what breaks it.

    Where it is `per_kind`, it runs for every kind of baton; `opens` are the open ones, `units` names for each unit
    the one that is responsible now, `crew` who can work on cases there.
    """

    code: str
    says: Any
    todo: Any
    sql: str
    per_kind: bool = True


@dataclass(frozen=True)
class Fault:
    """What a check found: how many, and the first numbers."""

    code: str
    kind: str
    says: str
    todo: str
    count: int
    numbers: Sequence[str]


CHECKS = (
    Check(
        "unit",
        gettext_lazy("offen in einer Stelle, die beendet ist und keine laufende Nachfolgerin hat"),
        gettext_lazy("Tragen Sie in der Blaupause eine Nachfolgerin ein."),
        "select b.number from opens b left join units u on u.id = b.responsible_unit_id where u.heir is null",
    ),
    Check(
        "person",
        gettext_lazy("offen bei jemandem, der dort nicht (mehr) arbeitet und den niemand vertritt"),
        gettext_lazy("Übertragen Sie die Vorgänge unter Stellen → Team → „Vorgänge übertragen“."),
        "select b.number from opens b join units u on u.id = b.responsible_unit_id "
        "where u.heir is not null and exists (select 1 from crew c where c.unit = u.heir) and not exists "
        "(select 1 from crew c where c.unit = u.heir and c.person = b.responsible_user_id)",
    ),
    Check(
        "waiting",
        gettext_lazy("wartet auf eine andere Stelle, aber wer darauf wartet, arbeitet nicht (mehr) dort"),
        gettext_lazy("Übertragen Sie die Vorgänge unter Stellen → Team → „Vorgänge übertragen“."),
        "select b.number from opens b where {waiting}",
    ),
    Check(
        "crew",
        gettext_lazy("offen in einer Stelle, in der zurzeit niemand Vorgänge bearbeiten kann"),
        gettext_lazy("Tragen Sie im Team der Stelle jemanden ein oder beenden Sie eine Abwesenheit."),
        "select b.number from opens b join units u on u.id = b.responsible_unit_id "
        "where u.heir is not null and not exists (select 1 from crew c where c.unit = u.heir)",
    ),
    Check(
        "dates",
        gettext_lazy("offen ohne Termin, Erinnerung oder Eskalation, oder diese folgen nicht aufeinander"),
        gettext_lazy("Öffnen Sie den Vorgang und setzen Sie den nächsten Termin neu."),
        "select b.number from opens b where "
        "(b.remind_on <= b.next_on and b.next_on <= b.escalate_on) is not true",
    ),
    Check(
        "escalation",
        gettext_lazy("offen, aber die Stelle, der das Ausbleiben gemeldet wird, gibt es nicht mehr"),
        gettext_lazy("Tragen Sie in der Blaupause eine Koordinationsstelle oder eine Nachfolgerin ein."),
        "select b.number from opens b left join units u on u.id = b.escalation_unit_id where u.heir is null",
    ),
    Check(
        "state",
        gettext_lazy("Stand und „offen“ passen nicht zusammen, oder die falsche Stelle ist am Zug"),
        gettext_lazy("Das darf nicht vorkommen. Melden Sie es dem Support mit diesen Nummern."),
        "select b.number from {table} b where not ({holds})",
    ),
    Check(
        "silent",
        gettext_lazy("weit überfällig, ohne dass die Koordinationsstelle davon weiß"),
        gettext_lazy("Starten Sie den Fristenlauf: stafette deadlines run"),
        "select b.number from opens b where b.escalate_on < %(day)s and b.next_on < %(day)s "
        "and %(ran)s "
        "and b.responsible_unit_id = any(%(working)s::uuid[]) and not exists "
        "(select 1 from {notice} n where n.thing_id = b.id and n.step = 'steering' and n.due_on = b.next_on)",
    ),
    Check(
        "numbers",
        gettext_lazy("dieselbe Nummer zweimal"),
        gettext_lazy("Das darf nicht vorkommen. Melden Sie es dem Support mit diesen Nummern."),
        "select b.number from {table} b group by b.number having count(*) > 1",
    ),
    Check(
        "notice",
        gettext_lazy("Erinnerung an einen Vorgang, den es nicht gibt"),
        gettext_lazy("Prüfen Sie, ob eine Sicherung unvollständig eingespielt wurde."),
        "select n.number from {notice} n where n.thing = %(code)s and not exists "
        "(select 1 from {table} b where b.id = n.thing_id)",
    ),
    Check(
        "finding",
        gettext_lazy("Feststellung gilt als übergeben oder vorbereitet, aber es läuft keine Übergabe dazu"),
        gettext_lazy("Öffnen Sie die Feststellung wieder und entscheiden Sie neu."),
        "select coalesce((select r.number from {referral} r where r.finding_id = f.id "
        "order by r.created_at desc limit 1), f.code) from {finding} f where f.state in ('prepared', 'referred') "
        "and not exists (select 1 from {referral} r where r.finding_id = f.id and r.is_open)",
        per_kind=False,
    ),
    Check(
        "envelope",
        gettext_lazy("gesendet, aber der Umschlag fehlt"),
        gettext_lazy("Prüfen Sie, ob eine Sicherung unvollständig eingespielt wurde."),
        "select r.number from {referral} r where r.sent_at is not null and not exists "
        "(select 1 from {envelope} e where e.referral_id = r.id)",
        per_kind=False,
    ),
    Check(
        "lasting",
        gettext_lazy("abgeschlossen mit einem Ergebnis, das dauern kann, aber ohne Nachverfolgung"),
        gettext_lazy("Öffnen Sie die Übergabe und legen Sie eine Wiedervorlage an."),
        "select r.number from {referral} r where r.state = 'done' and case when r.lead_unit_id = r.from_unit_id "
        "then r.feedback = any(%(durable)s) else exists (select 1 from {handling} h "
        "where h.referral_id = r.id and h.outcome = any(%(durable)s)) end "
        "and not exists (select 1 from {follow_up} w where w.referral_id = r.id)",
        per_kind=False,
    ),
)

_CONTEXT = """
with heirs as materialized (
  select u.id, unit_heir(u.id, %(day)s) as heir from accounts_unit u
), units as materialized (
  select u.id, case when h.ends_on is null or h.ends_on >= %(day)s then h.id end as heir
  from heirs u join accounts_unit h on h.id = u.heir
), crew as materialized (
  select distinct m.unit_id as unit, m.user_id as person from accounts_membership m
  join accounts_user p on p.id = m.user_id and p.is_active
  where m.starts_on <= %(day)s and (m.ends_on is null or m.ends_on >= %(day)s) and m.role = any(%(casework)s)
    and m.user_id <> all(%(alone)s::uuid[])
)
"""
_OPEN = ', opens as (select * from "{table}" b where b.is_open)'
_COUNTED = """, wrong(number) as ({sql})
select count(*), (array_agg(number order by number))[1:%(shown)s] from wrong
"""


def faults(*, using: str = "owner", on: date | None = None) -> list[Fault]:
    """Run every check and return what it found; nothing is written."""
    day = on or today()
    found = []
    with connections[using].cursor() as cursor:
        values: dict[str, Any] = {
            "day": day,
            "ran": _has_run(cursor, day),
            "casework": [str(role) for role in CASEWORK],
            "alone": list(left_alone(on=day)),
            "durable": [str(outcome) for outcome, lasts in LETS_LAST.items() if lasts],
            "shown": SHOWN,
            "working": working_units(crews(on=day), day),
        }
        for check, kind in _each():
            cursor.execute(_statement(check, kind), values | {"code": kind.code if kind else ""})
            count, numbers = cursor.fetchone()
            if count:
                label = str(kind.label) if kind else str(batons.kind_of("referral").label)
                found.append(Fault(check.code, label, str(check.says), str(check.todo), count, numbers))
    return found


def _each() -> Iterator[tuple[Check, BatonKind | None]]:
    for check in CHECKS:
        if not check.per_kind:
            yield check, None
            continue
        for kind in batons.kinds():
            if "{waiting}" not in check.sql or kind.sides:
                yield check, kind


def _has_run(cursor: Any, day: date) -> bool:
    """Tell whether the deadline run of this day is over: only then has everybody been told."""
    cursor.execute(
        f'select exists (select 1 from "{Event._meta.db_table}" '
        "where kind = 'deadlines.run' and details->>'day' = %s)",
        [day.isoformat()],
    )
    return bool(cursor.fetchone()[0])


def _statement(check: Check, kind: BatonKind | None) -> str:
    """Put a check together: names of tables and columns come from the models, never from outside."""
    tables = {name: f'"{model._meta.db_table}"' for name, model in _TABLES.items()}
    if kind is None:
        return _CONTEXT + _COUNTED.format(sql=check.sql.format(**tables))
    table = kind.model._meta.db_table
    sql = check.sql.format(
        table=f'"{table}"', holds=_fits(kind.model), waiting=_waiting(kind) or "false", **tables
    )
    return _CONTEXT + _OPEN.format(table=table) + _COUNTED.format(sql=sql)


def _fits(model: type[Baton]) -> str:
    """Say in SQL what the state table says: open where somebody holds the pen, and then that unit is responsible."""
    cases = [
        f"when '{state.value}' then "
        + (f"b.is_open and b.responsible_unit_id = b.{pen}_id" if pen else "not b.is_open")
        for state, pen in model.PEN.items()
    ]
    return f"case b.state {' '.join(cases)} else false end"


def _waiting(kind: BatonKind) -> str:
    """Somebody who waits for the other side is not able to take it back."""
    return " or ".join(
        f"(b.{person}_id is not null and b.responsible_unit_id <> b.{unit}_id and exists (select 1 from units u "
        f"where u.id = b.{unit}_id and exists (select 1 from crew c where c.unit = u.heir) and not exists "
        f"(select 1 from crew c where c.unit = u.heir and c.person = b.{person}_id)))"
        for unit, person in kind.sides
    )


_TABLES: dict[str, type[models.Model]] = {
    "notice": Notice,
    "finding": Finding,
    "referral": Referral,
    "envelope": Envelope,
    "follow_up": FollowUp,
    "handling": Handling,
}
