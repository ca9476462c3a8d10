"""What was agreed on with a partner: services, hours in the house, periods, data protection, and until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel, Stateful
from stafette.partners.models.catalogue import Partner


class Clause(models.TextChoices):
    """Who answers for the data, as the agreement says."""

    NONE = "none", _("keine Daten: nur Räume und Zeiten")
    PROCESSOR = "processor", _("Auftragsverarbeitung (Art. 28 DSGVO)")
    JOINT = "joint", _("gemeinsam verantwortlich (Art. 26 DSGVO)")
    OWN = "own", _("jede Seite selbst verantwortlich")


class Weekday(models.IntegerChoices):
    """Days as ISO 8601 counts them."""

    MONDAY = 1, _("Montag")
    TUESDAY = 2, _("Dienstag")
    WEDNESDAY = 3, _("Mittwoch")
    THURSDAY = 4, _("Donnerstag")
    FRIDAY = 5, _("Freitag")
    SATURDAY = 6, _("Samstag")


class CooperationAgreement(Stateful):
    """An agreement of a unit with a partner, under a number of the file that holds the signed paper.

    `contacts` are functions („Leitung Mieterberatung“), never people. Periods are working days; an empty one leaves
    what holds otherwise. An agreement without `ends_on` runs until somebody gives notice, `notice_weeks` before.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        RUNNING = "running", _("läuft")
        ENDED = "ended", _("beendet")

    Clause = Clause
    MOVES: ClassVar = {
        "start": ({State.DRAFT}, State.RUNNING),
        "end": ({State.DRAFT, State.RUNNING}, State.ENDED),
    }
    NAMES: ClassVar = {"start": _("In Kraft setzen"), "end": _("Beenden")}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="agreements")
    file_number = models.CharField(max_length=60)
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    notice_weeks = models.PositiveSmallIntegerField(null=True)
    services = ArrayField(models.CharField(max_length=80), default=list)
    contacts = ArrayField(models.CharField(max_length=200), default=list)
    receipt_days = models.PositiveSmallIntegerField(null=True)
    answer_days = models.PositiveSmallIntegerField(null=True)
    clause = models.CharField(max_length=9, choices=Clause.choices, default=Clause.NONE)
    clause_on = models.DateField(null=True)
    clause_text = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["partner__name", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "file_number"], name="agreement_once_per_file"),
            models.CheckConstraint(
                name="agreement_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="agreement_ended_fits_state",
                condition=Q(state="ended", ended_at__isnull=False, ends_on__isnull=False)
                | (~Q(state="ended") & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="agreement_clause_has_its_day",
                condition=Q(clause="none", clause_on=None) | (~Q(clause="none") & Q(clause_on__isnull=False)),
            ),
        ]

    class Privacy:
        purpose = "Was mit Partnern vereinbart ist: Angebote, Zeiten im Haus, Fristen, Datenschutz"
        owners = ()
        plain = {
            *("id", "created_at", "unit", "partner", "file_number", "signed_on", "starts_on", "ends_on"),
            *("notice_weeks", "services", "contacts", "receipt_days", "answer_days", "clause", "clause_on"),
            *("clause_text", "state", "ended_at"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Vereinbarungen mit Einrichtungen, nur Funktionen, keine Ratsuchenden")

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return (
            self.state == self.State.RUNNING
            and self.starts_on <= day
            and (self.ends_on is None or day <= self.ends_on)
        )

    def end(self, *, at: datetime, last_day: date) -> None:
        """It ends with this day; what was agreed stays readable."""
        self.move("end")
        self.ended_at = at
        self.ends_on = max(self.starts_on, last_day)


class DeskTime(BaseModel):
    """When a partner sits at which desk of the house, in which languages.

    Every `every` weeks (1, 2 or 4), in the weeks whose number since 1 January 2024 leaves the rest `week`. While its
    agreement is not ended, no other may have the same desk at the same time: the database itself refuses it, for any
    rhythm. `unit`, `starts_on`, `ends_on` and `is_live` repeat the agreement, because a constraint sees one row only.
    """

    agreement = models.ForeignKey(CooperationAgreement, on_delete=models.CASCADE, related_name="times")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    desk = models.PositiveSmallIntegerField()
    languages = ArrayField(models.CharField(max_length=8), default=list)
    every = models.PositiveSmallIntegerField(default=1)
    week = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    is_live = models.BooleanField(default=True)

    class Meta:
        ordering = ["weekday", "opens_at", "desk", "id"]
        constraints = [
            models.CheckConstraint(name="desk_time_in_order", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(name="desk_time_on_weekday", condition=Q(weekday__gte=1, weekday__lte=6)),
            models.CheckConstraint(name="desk_time_at_desk", condition=Q(desk__gte=1, desk__lte=20)),
            models.CheckConstraint(
                name="desk_time_rhythm", condition=Q(every__in=[1, 2, 4]) & Q(week__lt=F("every"))
            ),
        ]

    class Privacy:
        purpose = "Wer wann an welchem Platz im Haus ist"
        owners = ()
        plain = {
            *("id", "created_at", "agreement", "unit", "weekday", "opens_at", "closes_at", "desk"),
            *("languages", "every", "week", "starts_on", "ends_on", "is_live"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Belegung der Plätze durch Einrichtungen")

    def is_on(self, day: date) -> bool:
        """Whether the partner is in the house on that day."""
        runs = self.is_live and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return runs and day.isoweekday() == self.weekday and week_number(day) % self.every == self.week


FIRST_MONDAY = date(2024, 1, 1)


def week_number(day: date) -> int:
    """Weeks since the Monday from which rhythms are counted."""
    return (day - FIRST_MONDAY).days // 7
