"""How far a date may be moved by the unit that holds the baton. The page and the command ask here.

The numbers are rules with a date (rules/targets.toml); what counts are the unit's own rows of DateChange.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.rules.deadline_rules import target_rules
from stafette.referrals.deadlines import working_day
from stafette.referrals.models import DateChange, Referral

State, Kind, Reason = Referral.State, DateChange.Kind, DateChange.Reason
RUNNING = {
    *(State.RECEIVED, State.ACCEPTED, State.REACHED, State.NOT_REACHED, State.CLOSED),
    *(State.DECLINED, State.RETURNED),
}
_WAITING = (
    *(Reason.FAMILY_AWAY, Reason.WAITING_DOCUMENT, Reason.WAITING_AUTHORITY, Reason.ILLNESS),
    *(Reason.INTERPRETER, Reason.AGREED),
)
REASONS: dict[str, tuple[DateChange.Reason, ...]] = {
    Kind.SUSPENSION: _WAITING,
    Kind.EXTENSION: (*_WAITING, Reason.STAFFING),
    Kind.PAUSE: (*_WAITING, Reason.STAFFING),
}


@dataclass(frozen=True)
class Room:
    """From when to when a date may be moved, and the day that the form proposes; `refusal` says why not at all."""

    earliest: date
    latest: date
    proposed: date
    refusal: str = ""

    def check(self, chosen: date) -> None:
        """Refuse a day outside, with the days between which one may choose."""
        if self.refusal:
            raise RuleBroken(self.refusal)
        if not self.earliest <= chosen <= self.latest:
            raise BadInput(
                _("Wählen Sie einen Tag vom {first} bis zum {last}.").format(
                    first=f"{self.earliest:%d.%m.%Y}", last=f"{self.latest:%d.%m.%Y}"
                )
            )


def check_reason(kind: DateChange.Kind, reason: str) -> None:
    """Refuse a reason that is none for this: a unit short of staff cannot let a family's matter rest."""
    if reason not in REASONS[kind]:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))


def holding_unit(referral: Referral) -> Unit:
    """The unit that holds the baton, with its authority at hand."""
    at_sender = referral.responsible_unit_id == referral.from_unit_id
    return referral.from_unit if at_sender else referral.to_unit


def suspension_room(referral: Referral) -> Room:
    """Until when it may rest: so many days at a time, and so many in all."""
    day = today()
    once, total = _limit("suspension_once"), _limit("suspension_total")
    left = total - rested_days(_changes(referral, Kind.SUSPENSION, Kind.RESUMED))
    refusal = ""
    if left < 1:
        refusal = _(
            "Diese Übergabe hat schon {total} Tage geruht; mehr ist nicht vorgesehen. "
            "Schließen Sie sie ab oder geben Sie sie zurück."
        ).format(total=total)
    latest = day + timedelta(days=max(1, min(once, left)))
    proposed = min(latest, working_day(day, 10, unit=referral.to_unit))
    return Room(day + timedelta(days=1), latest, proposed, refusal)


def extension_room(referral: Referral) -> Room:
    """Until when the running date may be moved: so often, and so many working days each time.

    Counted from the date that holds; once it is past, from today (§ 31(7) VwVfG lets one extend afterwards too).
    """
    times, unit = _limit("extension_times"), holding_unit(referral)
    start = max(referral.next_on, today())
    refusal = ""
    if referral.state not in RUNNING:
        refusal = _("In diesem Stand gibt es keine Frist, die sich verlängern lässt.")
    elif len(_changes(referral, Kind.EXTENSION)) >= times:
        refusal = _(
            "Diese Übergabe wurde schon {times}-mal verlängert. Lassen Sie sie ruhen, schließen Sie sie ab "
            "oder geben Sie sie zurück."
        ).format(times=times)
    latest = working_day(start, _limit("extension_days"), unit=unit)
    return Room(start + timedelta(days=1), latest, working_day(start, 5, unit=unit), refusal)


def pause_room(referral: Referral) -> Room:
    """Until when reminders may be kept back for the running date; a second pause does not begin to count anew."""
    day, unit = today(), holding_unit(referral)
    same = [row for row in _changes(referral, Kind.PAUSE) if row.before_on == referral.next_on]
    begun = min((localtime(row.created_at).date() for row in same), default=day)
    latest = working_day(begun, _limit("pause_days"), unit=unit)
    refusal = ""
    if not referral.is_open:
        refusal = _("Diese Übergabe ist beendet; es kommen keine Erinnerungen mehr.")
    elif latest <= day:
        refusal = _(
            "Die Erinnerungen haben für diese Frist schon so lange geruht, wie es vorgesehen ist. "
            "Verlängern Sie die Frist oder handeln Sie."
        )
    earliest = day + timedelta(days=1)
    return Room(earliest, max(earliest, latest), min(latest, working_day(day, 5, unit=unit)), refusal)


def rested_days(changes: Iterable[DateChange]) -> int:
    """How many days a referral has rested or was granted to rest: up to the day on which it went on."""
    total, since, until = 0, None, None
    for row in changes:
        day = localtime(row.created_at).date()
        if since is not None and until is not None:
            ended = min(until, day)
            total += (ended - since).days
        since, until = (day, row.after_on) if row.kind == Kind.SUSPENSION else (None, None)
    if since is not None and until is not None:
        total += (until - since).days
    return total


def _changes(referral: Referral, *kinds: DateChange.Kind) -> list[DateChange]:
    unit = referral.responsible_unit_id
    return list(DateChange.objects.filter(referral=referral, unit=unit, kind__in=kinds))


def _limit(limit_id: str) -> int:
    return target_rules().limit(limit_id, today())
