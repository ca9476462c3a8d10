"""What the runs did: per kind and rule due, deleted, held, overdue. And the rules themselves, with their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.kernel.actor import Actor
from stafette.kernel.rules.deadline_rules import RetentionClass
from stafette.kernel.rules.retention import retention_class
from stafette.retention.access import figures_visible_to
from stafette.retention.kinds import LOG, kinds
from stafette.retention.words import kind_word


@dataclass(frozen=True)
class Line:
    """One kind of records in the report."""

    kind: str
    rule: str
    due: int
    deleted: int
    held: int
    overdue: int


@dataclass(frozen=True)
class Report:
    """The last run, and what the runs of the last twelve months deleted."""

    run_on: date | None
    lines: list[Line]
    overdue: int
    deleted_in_year: int


@dataclass(frozen=True)
class RuleLine:
    """A rule as officers read it: which records, from when, how long, where it stands."""

    kind: str
    code: str
    period: str
    start: str
    source: str
    status: str
    is_announced: bool


def report(*, actor: Actor) -> Report:
    """Sum up the last run over the actor's units."""
    rows = figures_visible_to(actor)
    last = rows.aggregate(last=Max("run_on"))["last"]
    if last is None:
        return Report(None, [], 0, 0)
    sums = ("due", "deleted", "held", "overdue")
    found: Any = rows.filter(run_on=last).order_by("kind").values("kind", "rule")
    lines = [
        Line(kind=kind_word(row["kind"]), rule=row["rule"], **{name: row[f"sum_{name}"] for name in sums})
        for row in found.annotate(**{f"sum_{name}": Sum(name) for name in sums})
    ]
    year = rows.filter(run_on__gt=date(last.year - 1, last.month, min(last.day, 28)))
    return Report(
        run_on=last,
        lines=sorted(lines, key=lambda line: (-line.overdue, line.kind)),
        overdue=sum(line.overdue for line in lines),
        deleted_in_year=year.aggregate(all=Sum("deleted"))["all"] or 0,
    )


def rules() -> list[RuleLine]:
    """Return the rule of every kind of records, as the models declare it."""
    found = [(kind.word, kind.rule, kind.is_announced) for kind in kinds()]
    lines = []
    for word, code, is_announced in [*found, (kind_word(LOG), "L14", False)]:
        rule = retention_class(code)
        lines.append(
            RuleLine(
                kind=word,
                code=code,
                period=_period(rule),
                start=rule.start_event,
                source=str(rule.head.source),
                status=rule.head.status.label,
                is_announced=is_announced,
            )
        )
    return sorted(lines, key=lambda line: line.kind)


def _period(rule: RetentionClass) -> str:
    if rule.is_unlimited:
        return _("ohne Frist")
    if rule.hours:
        return ngettext("{count} Stunde", "{count} Stunden", rule.hours).format(count=rule.hours)
    if rule.days:
        return ngettext("{count} Tag", "{count} Tage", rule.days).format(count=rule.days)
    years, months = divmod(rule.months, 12)
    if months:
        return ngettext("{count} Monat", "{count} Monate", rule.months).format(count=rule.months)
    return ngettext("{count} Jahr", "{count} Jahre", years).format(count=years)
