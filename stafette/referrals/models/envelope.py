"""What travels, what the receiver does with it, and how often somebody tried to reach the family."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.referrals.models.referral import Outcome, Referral


class Envelope(BaseModel):
    """The snapshot that crosses: only the categories that the flow rule and the consents allow.

    The clerk's preview shows exactly this row. It is opened by the right to see people, so that a head of unit who
    watches dates sees no content. When consent is withdrawn before the receiver accepted, the payload is destroyed.
    """

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="envelope")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    person_count = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="envelope_destroyed_is_empty", condition=Q(destroyed_at=None) | Q(payload={}, label="")
            )
        ]

    class Privacy:
        purpose = "Inhalt einer Übergabe: nur, was Regel und Einwilligung erlauben"
        owners = (
            Owner("from_unit", view=Permission.PERSON_VIEW, edit=Permission.REFERRAL_SEND),
            Owner("to_unit", view=Permission.PERSON_VIEW, edit=Permission.REFERRAL_ANSWER, once="sent_at"),
        )
        plain = {
            "id",
            "created_at",
            "referral",
            "from_unit",
            "to_unit",
            "person_count",
            "sent_at",
            "destroyed_at",
        }
        personal = {"label", "payload"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = With("referral")


class Handling(BaseModel):
    """What the receiver made of it: its own record, closed to the sender. Only the feedback travels back."""

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="handling")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        purpose = "Bearbeitung einer angenommenen Übergabe"
        owners = (Owner("unit", view=Permission.REFERRAL_VIEW, edit=Permission.REFERRAL_ANSWER),)
        plain = {"id", "created_at", "referral", "unit", "outcome", "closed_by"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L3"
        starts = With("referral")


class ContactAttempt(BaseModel):
    """One try to reach the family, by channel and result; only the receiver sees it (practice.md W-10).

    `next_on` is what came of it: the day of the next try, or of the appointment.
    """

    class Channel(models.TextChoices):
        PHONE = "phone", _("Telefon")
        MESSAGE = "message", _("Kurznachricht")
        LETTER = "letter", _("Brief")
        EMAIL = "email", _("E-Mail")
        VISIT = "visit", _("Hausbesuch")
        COUNTER = "counter", _("persönlich in der Stelle")

    class Result(models.TextChoices):
        REACHED = "reached", _("erreicht")
        NO_ANSWER = "no_answer", _("niemand erreicht")
        WRONG_CONTACT = "wrong_contact", _("Angaben stimmen nicht")
        APPOINTMENT = "appointment", _("Termin vereinbart")
        REFUSED = "refused", _("möchte keinen Kontakt")

    NEEDED: ClassVar[int] = 3
    IN_VAIN: ClassVar = (Result.NO_ANSWER, Result.WRONG_CONTACT)

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="attempts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    result = models.CharField(max_length=14, choices=Result.choices)
    tried_at = models.DateTimeField()
    tried_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    next_on = models.DateField(null=True)

    class Meta:
        ordering = ["tried_at", "id"]

    class Privacy:
        purpose = "Kontaktversuche nach einer Übergabe"
        owners = (Owner("unit", view=Permission.REFERRAL_VIEW, edit=Permission.REFERRAL_ANSWER),)
        plain = {"id", "created_at", "referral", "unit", "tried_by"}
        personal = {"channel", "result", "tried_at", "next_on"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = With("referral")
