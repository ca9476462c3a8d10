"""Which rule every disclosure of a period used: for the officer who signs the matrix off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.protection.access import disclosures_visible_to
from stafette.protection.data import Channel
from stafette.protection.flow import FlowRule, flow_rules
from stafette.protection.models import Disclosure


@dataclass(frozen=True)
class Use:
    """How often one rule was used; `rule` is None where the file no longer knows it."""

    code: str
    rule: FlowRule | None
    count: int
    persons: int
    last_at: datetime
    has_ended: bool


@dataclass(frozen=True)
class Pair:
    """How often one rule was used from one unit to one receiver in one way."""

    code: str
    sender: str
    receiver: str
    kind: str
    count: int
    persons: int


@dataclass(frozen=True)
class Usage:
    """A period: what was used, between whom, what never, and what rests on a rule that has ended since."""

    since: date
    until: date
    uses: list[Use]
    pairs: list[Pair]
    unused: list[FlowRule]

    @property
    def total(self) -> int:
        """All entries of the period."""
        return sum(use.count for use in self.uses)

    @property
    def ended(self) -> list[Use]:
        """Uses of rules that hold no longer."""
        return [use for use in self.uses if use.has_ended]


def usage(*, actor: Actor, since: date, until: date) -> Usage:
    """Count the log of a period by rule and by pair; ids, codes and counts only."""
    rows = _between(disclosures_visible_to(actor), since, until)
    uses = [_use(row) for row in _counted(rows, "rule", Max("at")).order_by("rule")]
    names = ("rule", "unit__short_name", "receiver__short_name", "kind")
    pairs = [_pair(row) for row in _counted(rows, *names).order_by(*names)]
    known = {use.code for use in uses}
    running = [rule for rule in flow_rules() if _holds_within(rule, since, until)]
    return Usage(since, until, uses, pairs, [rule for rule in running if rule.id not in known])


def _between(rows: QuerySet[Disclosure], since: date, until: date) -> QuerySet[Disclosure]:
    zone = timezone.get_current_timezone()
    first = datetime.combine(since, time.min, tzinfo=zone)
    last = datetime.combine(until, time.max, tzinfo=zone)
    return rows.filter(at__gte=first, at__lte=last)


def _counted(rows: QuerySet[Disclosure], *names: Any) -> Any:
    columns = [name for name in names if isinstance(name, str)]
    extra = [name for name in names if not isinstance(name, str)]
    return rows.values(*columns).annotate(*extra, number=Count("id"), persons=Sum("person_count")).order_by()


def _use(row: dict[str, Any]) -> Use:
    versions = [rule for rule in flow_rules() if rule.id == row["rule"]]
    day = timezone.localdate(row["at__max"])
    rule = next((one for one in versions if one.head.holds_on(day)), versions[-1] if versions else None)
    has_ended = not any(one.head.holds_on(today()) for one in versions)
    return Use(row["rule"], rule, row["number"], row["persons"], row["at__max"], has_ended)


def _pair(row: dict[str, Any]) -> Pair:
    receiver = row["receiver__short_name"] or _("Partner außerhalb")  # may be a landlord: no name here
    if row["kind"] == Channel.LETTER:
        receiver = _("die Person selbst")
    return Pair(row["rule"], row["unit__short_name"], receiver, row["kind"], row["number"], row["persons"])


def _holds_within(rule: FlowRule, since: date, until: date) -> bool:
    return rule.head.valid_from <= until and (rule.head.valid_to is None or rule.head.valid_to >= since)
