"""Mails: what is to be said, and as it was said. Never a name of a client, never content: number and link."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import From
from stafette.kernel.models import BaseModel, Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner


class Message(Stateful):
    """One mail, kept as it was sent: address, subject, text. Its Message-ID lets a bounce find it again.

    `sending` is written before the mail server is asked: what a crash leaves in that state is sent again under the
    same Message-ID, by which mail programs drop the second copy.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("wartet")
        SENDING = "sending", _("wird gesendet")
        SENT = "sent", _("gesendet")
        FAILED = "failed", _("nicht gesendet")
        BOUNCED = "bounced", _("zurückgekommen")

    MOVES: ClassVar = {
        "begin": ({State.QUEUED, State.SENDING}, State.SENDING),
        "send": ({State.SENDING}, State.SENT),
        "retry": ({State.SENDING, State.FAILED, State.BOUNCED}, State.QUEUED),
        "fail": ({State.QUEUED, State.SENDING}, State.FAILED),
        "bounce": ({State.SENDING, State.SENT}, State.BOUNCED),
    }
    NAMES: ClassVar = {
        "begin": _("an den Mailserver geben"),
        "send": _("angenommen"),
        "retry": _("noch einmal senden"),
        "fail": _("aufgeben"),
        "bounce": _("zurückgekommen"),
    }

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    key = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["created_at"], name="message_to_send", condition=Q(state__in=["queued", "sending"])
            ),
            models.Index(fields=["-created_at", "-id"], name="message_by_date"),
            models.Index(fields=["address", "-created_at"], name="message_of_address"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_sent_at_fits_state",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="message_returned_at_fits_state",
                condition=~Q(state="bounced") | Q(returned_at__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Nachweis versandter Mails; ohne Namen und Inhalt, nur Nummer und Link"
        owners = (
            Owner("unit", view=(Permission.MAIL_VIEW, Permission.DUTY_WATCH), edit=Permission.DUTY_WATCH),
        )
        plain = {
            *("id", "created_at", "unit", "kind", "reference", "subject", "key", "message_id", "state"),
            *("tries", "try_after", "sent_at", "returned_at", "failure"),
        }
        personal = {"user", "address"}
        sensitive = {"body"}
        retention = "L14"
        starts = From("created_at")


class Note(BaseModel):
    """One thing to tell one account; it goes out alone or with others in the daily digest, and never twice."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    key = models.CharField(max_length=120, unique=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="notes")

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["user", "created_at"], name="note_untold", condition=Q(message=None))]

    class Privacy:
        purpose = "Benachrichtigung von Konten; ohne Namen und Inhalt"
        owners = (Owner("unit", view=Permission.DUTY_WATCH, edit=Permission.DUTY_WATCH),)
        plain = {"id", "created_at", "unit", "kind", "reference", "path", "due_on", "key", "message"}
        personal = {"user"}
        sensitive: set[str] = set()
        retention = "L14"
        starts = From("created_at")
