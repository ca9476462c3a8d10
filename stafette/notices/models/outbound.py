"""Notices to the foreigners' authority: drafted by one, checked by another, sent as a letter (§ 87 AufenthG)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import From, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Person
from stafette.referrals.models.baton import BATON_FIELDS, Baton, dates_in_order, open_fits_state

OUTBOUND_OPEN = {"draft", "waiting"}
OUTBOUND_CLOSED = {"sent", "rejected", "withdrawn"}


class OutboundNotice(Baton):
    """A notice to the foreigners' authority: the only way there (domain.md T3, F19).

    The row holds norm, states and dates: the data protection officer reads them. What is told about whom lies in
    OutboundContent, which only the two people open who answer for it. Nothing is sent by the program: a letter is
    printed once a second person has agreed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        WAITING = "waiting", _("wartet auf die zweite Person")
        SENT = "sent", _("mitgeteilt")
        REJECTED = "rejected", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    class Ground(models.TextChoices):
        NO_NORM = "no_norm", _("Die Norm passt nicht")
        EXCEPTION = "exception", _("Eine Ausnahme steht entgegen")
        TOO_MUCH = "too_much", _("Es steht mehr darin als nötig")
        UNSURE = "unsure", _("Die Tatsache ist nicht sicher")
        REGISTER = "register", _("Steht schon im Ausländerzentralregister")

    MOVES: ClassVar = {
        "submit": ({State.DRAFT}, State.WAITING),
        "confirm": ({State.WAITING}, State.SENT),
        "reject": ({State.WAITING}, State.REJECTED),
        "withdraw": ({State.DRAFT, State.WAITING}, State.WITHDRAWN),
    }
    PEN: ClassVar = {
        **dict.fromkeys((State.DRAFT, State.WAITING), "unit"),
        **dict.fromkeys((State.SENT, State.REJECTED, State.WITHDRAWN), ""),
    }
    NAMES: ClassVar = {
        "submit": _("Zur Prüfung geben"),
        "confirm": _("Prüfung bestehen lassen und mitteilen"),
        "reject": _("Ablehnen"),
        "withdraw": _("Zurückziehen"),
    }

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    norm = models.SlugField(max_length=20)
    fine = models.PositiveIntegerField(null=True)
    answers = models.JSONField(default=dict)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reject_ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    submitted_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Baton.Meta):
        indexes = [
            models.Index(fields=["unit", "next_on", "id"], name="outbound_open", condition=Q(is_open=True)),
            models.Index(
                fields=["responsible_user", "next_on"], name="outbound_desk", condition=Q(is_open=True)
            ),
            models.Index(fields=["next_on", "id"], name="outbound_by_date", condition=Q(is_open=True)),
        ]
        constraints = [
            open_fits_state("outbound", open_states=OUTBOUND_OPEN, closed_states=OUTBOUND_CLOSED),
            dates_in_order("outbound"),
            models.CheckConstraint(name="outbound_baton_stays", condition=Q(responsible_unit=F("unit"))),
            models.CheckConstraint(
                name="outbound_takes_two_people",
                condition=Q(state__in=["sent", "rejected"], checked_by__isnull=False)
                & ~Q(checked_by=F("drafted_by"))
                | (~Q(state__in=["sent", "rejected"]) & Q(checked_by=None)),
            ),
            models.CheckConstraint(
                name="outbound_sent_at_fits_state",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="outbound_rejection_has_ground",
                condition=(Q(state="rejected") & ~Q(reject_ground=""))
                | (~Q(state="rejected") & Q(reject_ground="")),
            ),
            models.CheckConstraint(
                name="outbound_ended_at_fits",
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Mitteilungen nach § 87 AufenthG prüfen, begrenzen und nachweisen"
        owners = (
            Owner(
                "unit",
                view=(Permission.NOTICE_VIEW, Permission.DUTY_WATCH),
                edit=(Permission.NOTICE_EDIT, Permission.NOTICE_CONFIRM, Permission.DUTY_WATCH),
            ),
        )
        plain = {
            *BATON_FIELDS,
            *("id", "created_at", "number", "unit", "state", "norm", "fine", "answers", "reject_ground"),
            *("submitted_at", "sent_at", "ended_at"),
        }
        personal = {"responsible_user", "drafted_by", "checked_by"}
        sensitive: set[str] = set()
        retention = "L18"
        starts = From("ended_at")

    def submit(self, *, at: datetime) -> None:
        """Hand it to the second person."""
        self.move("submit")
        self.submitted_at = at

    def confirm(self, *, at: datetime, by_id: UUID) -> None:
        """The second person agrees: the letter may go out."""
        self._end("confirm", at=at)
        self.checked_by_id, self.sent_at = by_id, at

    def reject(self, *, at: datetime, by_id: UUID, ground: str) -> None:
        """The second person does not agree."""
        self._end("reject", at=at)
        self.checked_by_id, self.reject_ground = by_id, ground

    def withdraw(self, *, at: datetime) -> None:
        """The first person takes it back."""
        self._end("withdraw", at=at)

    def _end(self, move: str, *, at: datetime) -> None:
        self.move(move)
        self.is_open, self.ended_at = False, at
        self.version += 1


class OutboundContent(BaseModel):
    """Who is meant and which fact is told: as little as the norm needs. Gone when nothing was sent."""

    notice = models.OneToOneField(OutboundNotice, on_delete=models.CASCADE, related_name="content")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=200, blank=True)
    facts = models.TextField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    reject_note = models.CharField(max_length=300, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outbound_content_destroyed_is_empty",
                condition=Q(destroyed_at=None) | Q(subject="", facts="", person=None),
            )
        ]

    class Privacy:
        purpose = "Inhalt einer Mitteilung nach § 87 AufenthG"
        owners = (
            Owner(
                "unit",
                view=(Permission.NOTICE_EDIT, Permission.NOTICE_CONFIRM),
                edit=(Permission.NOTICE_EDIT, Permission.NOTICE_CONFIRM),
            ),
        )
        plain = {"id", "created_at", "notice", "unit", "address", "destroyed_at"}
        personal = {"person", "subject"}
        sensitive = {"facts", "reject_note"}
        retention = "L18"
        starts = With("notice")
