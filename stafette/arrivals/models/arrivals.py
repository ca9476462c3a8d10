"""Whom we invite: one arrival of one household, how we tried to reach it, what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.arrivals.models.imports import OWNERS, PURPOSE, ArrivalImport
from stafette.kernel.keeping import From, With
from stafette.kernel.models import BaseModel, Stateful


class Arrival(Stateful):
    """A household moved in: it is invited to the talk, once per move.

    The talk is voluntary (domain.md T1): "declined" and "not reached" are ends as good as "held". `next_on` is the
    day on which somebody must look again, never empty, so that silence shows; a closed one keeps the day it closed.
    """

    class State(models.TextChoices):
        TO_INVITE = "to_invite", _("einzuladen")
        INVITED = "invited", _("eingeladen")
        TALK_PLANNED = "talk_planned", _("Gespräch vereinbart")
        TALK_HELD = "talk_held", _("Gespräch geführt")
        DECLINED = "declined", _("möchte nicht")
        NOT_REACHED = "not_reached", _("nicht erreicht")
        MOVED_ON = "moved_on", _("weggezogen")

    OPEN = {State.TO_INVITE, State.INVITED, State.TALK_PLANNED}
    MOVES = {
        "invite": ({*OPEN, State.NOT_REACHED, State.DECLINED}, State.INVITED),
        "plan": ({*OPEN, State.NOT_REACHED, State.DECLINED}, State.TALK_PLANNED),
        "hold": ({*OPEN, State.NOT_REACHED, State.DECLINED}, State.TALK_HELD),
        "decline": (OPEN, State.DECLINED),
        "give_up": (OPEN, State.NOT_REACHED),
        "leave": ({*OPEN, State.NOT_REACHED, State.DECLINED}, State.MOVED_ON),
    }
    PEN = {State.TO_INVITE: "unit", State.INVITED: "unit", State.TALK_PLANNED: "unit"}
    NAMES = {
        "invite": "Einladen", "plan": "Termin vereinbaren", "hold": "Gespräch geführt", "decline": "Möchte nicht",
        "give_up": "Nicht erreicht", "leave": "Weggezogen",
    }  # fmt: skip

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("people.Household", on_delete=models.CASCADE, related_name="arrivals")
    source = models.ForeignKey(ArrivalImport, null=True, on_delete=models.SET_NULL, related_name="arrivals")
    state = models.CharField(max_length=12, choices=State.choices, default=State.TO_INVITE)
    moved_in_on = models.DateField(null=True)
    came_from = models.CharField(max_length=200, blank=True)
    landlord = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=3, blank=True)
    persons = models.PositiveSmallIntegerField(default=1)
    is_walk_in = models.BooleanField(default=False)
    next_on = models.DateField()
    talk_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "next_on", "id"], name="arrivals_next"),
            models.Index(fields=["unit", "-created_at", "-id"], name="arrivals_new"),
            models.Index(fields=["household"], name="arrivals_of_household"),
        ]
        constraints = [
            models.CheckConstraint(
                name="arrival_closed_on_fits_state",
                condition=Q(state__in=["to_invite", "invited", "talk_planned"], closed_on=None)
                | (~Q(state__in=["to_invite", "invited", "talk_planned"]) & Q(closed_on__isnull=False)),
            )
        ]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {
            "id",
            "created_at",
            "unit",
            "source",
            "state",
            "is_walk_in",
            "next_on",
            "closed_on",
            "persons",
        }
        personal = {"household", "moved_in_on", "came_from", "landlord", "language", "talk_at"}
        sensitive: set[str] = set()
        retention = "L2"
        starts = From("closed_on")


class Channel(models.TextChoices):
    """How somebody was addressed; letters nearly fail, so all others matter (practice.md 0 g)."""

    LETTER = "letter", _("Brief")
    PHONE = "phone", _("Telefon")
    MESSENGER = "messenger", _("WhatsApp oder anderer Messenger")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-Mail")
    VISIT = "visit", _("Besuch")
    COUNTER = "counter", _("am Schalter")
    SAFE = "safe", _("vereinbarter sicherer Weg")


class Invitation(BaseModel):
    """That we invited, how and in which language; the text itself follows from version and language."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="invitations")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    language = models.CharField(max_length=3)
    text_version = models.CharField(max_length=20)
    appointment_at = models.DateTimeField(null=True)
    actor_id = models.UUIDField()
    actor_label = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["arrival", "created_at"], name="invitations_of_arrival")]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit", "channel", "text_version"}
        personal = {"arrival", "language", "appointment_at", "actor_id", "actor_label"}
        sensitive: set[str] = set()
        retention = "L2"
        starts = With("arrival")


class ContactAttempt(BaseModel):
    """One try to reach a household: by which way, in which language, with what result."""

    class Result(models.TextChoices):
        REACHED = "reached", _("erreicht, meldet sich")
        APPOINTMENT = "appointment", _("Termin vereinbart")
        NO_ANSWER = "no_answer", _("keine Antwort")
        UNDELIVERABLE = "undeliverable", _("nicht zustellbar")
        DECLINED = "declined", _("möchte kein Gespräch")
        MOVED_ON = "moved_on", _("ist weggezogen")
        GIVEN_UP = "given_up", _("nicht erreicht, abgeschlossen")

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    result = models.CharField(max_length=14, choices=Result.choices)
    language = models.CharField(max_length=3, blank=True)
    at = models.DateTimeField()
    next_on = models.DateField(null=True)
    actor_id = models.UUIDField()
    actor_label = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["arrival", "at"], name="attempts_of_arrival")]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit", "channel", "result", "next_on"}
        personal = {"arrival", "language", "at", "actor_id", "actor_label"}
        sensitive: set[str] = set()
        retention = "L2"
        starts = With("arrival")
