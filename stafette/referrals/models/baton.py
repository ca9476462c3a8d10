"""What every open thing has: one unit and one person who must act, one next date, one unit that is told of silence."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.errors import RuleBroken
from stafette.kernel.models import Stateful
from stafette.referrals.data import Dates

BATON_FIELDS = {
    *("is_open", "version", "responsible_unit", "next_on", "remind_on", "escalate_on", "escalation_unit"),
    "paused_until",
}


class Baton(Stateful):
    """An open thing that somebody must deal with by a date: a referral, a follow-up, a task, a question to a partner.

    While it is open, exactly one unit and one person hold it until one date; the columns admit nothing else. The
    deadline run, the audit, hand-overs and leaving work on whatever is a baton (referrals/batons.py).
    `paused_until` keeps reminder and head's notice back up to that day; the dates stay, and silence rises all the same.
    """

    CHANGED_MEANWHILE: ClassVar[Any] = _(
        "Inzwischen hat jemand anderes diesen Vorgang geändert. Bitte laden Sie die Seite neu."
    )

    number = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    responsible_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    responsible_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    next_on = models.DateField()
    remind_on = models.DateField()
    escalate_on = models.DateField()
    escalation_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    paused_until = models.DateField(null=True)

    class Meta:
        abstract = True
        ordering = ["next_on", "id"]

    def __str__(self) -> str:
        return self.number

    def expect_version(self, version: int | None) -> None:
        """Refuse a form that shows an older state than the one that holds now."""
        if version is not None and version != self.version:
            raise RuleBroken(str(self.CHANGED_MEANWHILE))

    def pass_baton(self, *, unit_id: UUID, user_id: UUID, dates: Dates) -> None:
        """Name who holds it now and until when; the version counts up so that older forms are refused.

        A pause of reminders ends: it was granted for the step that is over now.
        """
        self.responsible_unit_id, self.responsible_user_id = unit_id, user_id
        self.next_on, self.remind_on, self.escalate_on = dates.next_on, dates.remind_on, dates.escalate_on
        self.paused_until = None
        self.version += 1


def dates_in_order(name: str) -> models.CheckConstraint:
    """Reminder, date and escalation follow each other."""
    return models.CheckConstraint(
        name=f"{name}_dates_in_order",
        condition=Q(remind_on__lte=F("next_on")) & Q(escalate_on__gte=F("next_on")),
    )


def open_fits_state(name: str, *, open_states: set[Any], closed_states: set[Any]) -> models.CheckConstraint:
    """Tie `is_open` to the state, so that nothing open can hide from the worklists."""
    return models.CheckConstraint(
        name=f"{name}_is_open_fits_state",
        condition=Q(is_open=True, state__in=sorted(open_states))
        | Q(is_open=False, state__in=sorted(closed_states)),
    )
