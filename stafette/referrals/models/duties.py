"""Open things besides referrals: does it last (follow-up), what is to do (task), who leads from now on (transfer)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import From, With
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household
from stafette.referrals.models.baton import BATON_FIELDS, Baton, dates_in_order, open_fits_state
from stafette.referrals.models.finding import Finding
from stafette.referrals.models.referral import WATCHED, Referral

WORKED = (Permission.REFERRAL_SEND, Permission.REFERRAL_ANSWER, Permission.DUTY_WATCH)


class FollowUp(Baton):
    """The question whether it lasted: child still at school, insurance running, flat still theirs (W6, W-34).

    It belongs to the unit that leads; 30 and 90 days after closing it comes by itself, others on one's own date.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("geplant")
        ANSWERED = "answered", _("beantwortet")
        DROPPED = "dropped", _("entfallen")

    class Kind(models.TextChoices):
        AFTER_30 = "after_30", _("30 Tage danach")
        AFTER_90 = "after_90", _("90 Tage danach")
        OWN = "own", _("eigene Wiedervorlage")

    class Result(models.TextChoices):
        LASTS = "lasts", _("besteht noch")
        PARTLY = "partly", _("besteht zum Teil")
        ENDED = "ended", _("besteht nicht mehr")
        UNKNOWN = "unknown", _("nicht zu klären")
        MOVED = "moved_away", _("verzogen")

    class DropReason(models.TextChoices):
        NO_CONSENT = "no_consent", _("Familie möchte keine Nachfrage")
        MOVED = "moved_away", _("verzogen")
        SUPERSEDED = "superseded", _("durch einen neuen Vorgang überholt")

    MOVES: ClassVar = {
        "answer": ({State.PLANNED}, State.ANSWERED),
        "drop": ({State.PLANNED}, State.DROPPED),
    }
    PEN: ClassVar = {State.PLANNED: "unit", State.ANSWERED: "", State.DROPPED: ""}
    NAMES: ClassVar = {"answer": _("Ergebnis festhalten"), "drop": _("Entfallen lassen")}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    referral = models.ForeignKey(Referral, null=True, on_delete=models.SET_NULL, related_name="follow_ups")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.SET_NULL, related_name="+")
    finding_code = models.SlugField(max_length=60, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    drop_reason = models.CharField(max_length=12, choices=DropReason.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Baton.Meta):
        indexes = [
            models.Index(fields=["unit", "next_on", "id"], name="follow_up_open", condition=Q(is_open=True)),
            models.Index(
                fields=["responsible_user", "next_on"], name="follow_up_desk", condition=Q(is_open=True)
            ),
            models.Index(fields=["household"], name="follow_up_of_household"),
            models.Index(fields=["next_on", "id"], name="follow_up_by_date", condition=Q(is_open=True)),
        ]
        constraints = [
            open_fits_state("follow_up", open_states={"planned"}, closed_states={"answered", "dropped"}),
            dates_in_order("follow_up"),
            models.CheckConstraint(name="follow_up_baton_stays", condition=Q(responsible_unit=F("unit"))),
            models.CheckConstraint(
                name="follow_up_result_fits_state",
                condition=(Q(state="answered") & ~Q(result="")) | (~Q(state="answered") & Q(result="")),
            ),
            models.CheckConstraint(
                name="follow_up_drop_has_reason",
                condition=(Q(state="dropped") & ~Q(drop_reason=""))
                | (~Q(state="dropped") & Q(drop_reason="")),
            ),
            models.CheckConstraint(
                name="follow_up_ended_at_fits_state",
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["referral", "kind"],
                condition=Q(kind__in=["after_30", "after_90"], is_open=True),
                name="follow_up_once_per_referral",
            ),
        ]

    class Privacy:
        purpose = "Nachhaltigkeit von Übergaben prüfen"
        owners = (Owner("unit", view=WATCHED, edit=WORKED),)
        plain = {
            *BATON_FIELDS,
            *("id", "created_at", "number", "unit", "referral", "finding_code", "kind", "state"),
            *("result", "drop_reason", "ended_at"),
        }
        personal = {"household", "finding", "responsible_user", "ended_by"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = From("ended_at")

    def answer(self, *, result: str, at: datetime, by_id: UUID) -> None:
        """Keep whether it lasted; what follows from that is the command's business."""
        self._end("answer", at=at, by_id=by_id)
        self.result = result

    def drop(self, *, reason: str, at: datetime, by_id: UUID) -> None:
        """Give the question up, and say why."""
        self._end("drop", at=at, by_id=by_id)
        self.drop_reason = reason

    def _end(self, move: str, *, at: datetime, by_id: UUID) -> None:
        self.move(move)
        self.is_open, self.ended_at, self.ended_by_id = False, at, by_id
        self.version += 1


class Task(Baton):
    """Something to do by a date, in one's own words: never more than a reminder for the own unit."""

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        DONE = "done", _("erledigt")
        DROPPED = "dropped", _("entfallen")

    MOVES: ClassVar = {
        "finish": ({State.OPEN}, State.DONE),
        "drop": ({State.OPEN}, State.DROPPED),
        "reopen": ({State.DONE, State.DROPPED}, State.OPEN),
    }
    PEN: ClassVar = {State.OPEN: "unit", State.DONE: "", State.DROPPED: ""}
    NAMES: ClassVar = {
        "finish": _("Erledigen"),
        "drop": _("Entfallen lassen"),
        "reopen": _("Wieder öffnen"),
    }

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    referral = models.ForeignKey(Referral, null=True, on_delete=models.SET_NULL, related_name="tasks")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Baton.Meta):
        indexes = [
            models.Index(fields=["unit", "next_on", "id"], name="task_open", condition=Q(is_open=True)),
            models.Index(fields=["responsible_user", "next_on"], name="task_desk", condition=Q(is_open=True)),
            models.Index(fields=["household"], name="task_of_household"),
            models.Index(fields=["next_on", "id"], name="task_by_date", condition=Q(is_open=True)),
        ]
        constraints = [
            open_fits_state("task", open_states={"open"}, closed_states={"done", "dropped"}),
            dates_in_order("task"),
            models.CheckConstraint(name="task_baton_stays", condition=Q(responsible_unit=F("unit"))),
            models.CheckConstraint(
                name="task_ended_at_fits_state",
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Erinnerung an das, was in der eigenen Stelle zu tun ist"
        owners = (Owner("unit", view=WATCHED, edit=WORKED),)
        plain = {
            *BATON_FIELDS,
            *("id", "created_at", "number", "unit", "referral", "state", "ended_at"),
        }
        personal = {"household", "title", "responsible_user", "made_by", "ended_by"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = From("ended_at")

    def end(self, move: str, *, at: datetime, by_id: UUID) -> None:
        """Finish or drop it."""
        self.move(move)
        self.is_open, self.ended_at, self.ended_by_id = False, at, by_id
        self.version += 1

    def reopen(self) -> None:
        """Take an ended task up again; the command names its next date."""
        self.move("reopen")
        self.is_open, self.ended_at, self.ended_by_id = True, None, None


class CaseTransfer(Baton):
    """The lead of a referral offered to the other unit: whoever leads asks later whether it lasted."""

    class State(models.TextChoices):
        OFFERED = "offered", _("angeboten")
        ACCEPTED = "accepted", _("übernommen")
        REFUSED = "refused", _("nicht übernommen")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    class Reason(models.TextChoices):
        CLOSER = "closer", _("dort besteht der engere Kontakt")
        MOVED = "moved", _("Familie ist in deren Bezirk gezogen")
        EXPERTISE = "expertise", _("dort liegt die Fachaufgabe")
        WISH = "wish", _("Wunsch der Familie")

    MOVES: ClassVar = {
        "accept": ({State.OFFERED}, State.ACCEPTED),
        "refuse": ({State.OFFERED}, State.REFUSED),
        "withdraw": ({State.OFFERED}, State.WITHDRAWN),
    }
    PEN: ClassVar = {State.OFFERED: "to_unit", State.ACCEPTED: "", State.REFUSED: "", State.WITHDRAWN: ""}
    NAMES: ClassVar = {
        "accept": _("Federführung übernehmen"),
        "refuse": _("Federführung nicht übernehmen"),
        "withdraw": _("Angebot zurückziehen"),
    }

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="transfers")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Baton.Meta):
        indexes = [
            models.Index(
                fields=["to_unit", "next_on", "id"], name="transfer_open", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["responsible_user", "next_on"], name="transfer_desk", condition=Q(is_open=True)
            ),
            models.Index(fields=["next_on", "id"], name="transfer_by_date", condition=Q(is_open=True)),
        ]
        constraints = [
            open_fits_state(
                "transfer", open_states={"offered"}, closed_states={"accepted", "refused", "withdrawn"}
            ),
            dates_in_order("transfer"),
            models.CheckConstraint(
                name="transfer_goes_to_another_unit", condition=~Q(from_unit=F("to_unit"))
            ),
            models.CheckConstraint(
                name="transfer_baton_is_with_receiver", condition=Q(responsible_unit=F("to_unit"))
            ),
            models.CheckConstraint(
                name="transfer_ended_at_fits_state",
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(is_open=True), name="transfer_one_at_a_time"
            ),
        ]

    class Privacy:
        purpose = "Wechsel der Federführung zwischen zwei Stellen"
        owners = (
            Owner("from_unit", view=WATCHED, edit=WORKED),
            Owner("to_unit", view=WATCHED, edit=WORKED, begins=False),
        )
        plain = {
            *BATON_FIELDS,
            *("id", "created_at", "number", "referral", "from_unit", "to_unit", "state", "reason"),
            "ended_at",
        }
        personal = {"responsible_user", "offered_by", "ended_by"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = With("referral")

    def end(self, move: str, *, at: datetime, by_id: UUID) -> None:
        """Take the lead, refuse it, or withdraw the offer: afterwards nobody must act."""
        self.move(move)
        self.is_open, self.ended_at, self.ended_by_id = False, at, by_id
        self.version += 1
