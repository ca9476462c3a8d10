"""What people agreed to: one receiver, one purpose, each category ticked on its own, withdrawn at any time."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.clock import today
from stafette.kernel.errors import RuleBroken
from stafette.kernel.keeping import Asked, From, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household, Person
from stafette.protection.kinds import WITH_TOPIC, Kind
from stafette.protection.numbers import new_number

OWNERS = (Owner("unit", view=Permission.CONSENT_VIEW, edit=Permission.CONSENT_EDIT),)


def one_receiver(name: str) -> models.CheckConstraint:
    """Exactly one receiver: a unit, or a partner outside by id and name."""
    return models.CheckConstraint(
        name=f"{name}_has_one_receiver",
        condition=Q(receiver__isnull=False, outsider_id=None, outsider_name="")
        | (Q(receiver=None, outsider_id__isnull=False) & ~Q(outsider_name="")),
    )


class Consent(BaseModel):
    """The consent of a household's members that a unit passes data on (Art. 7 GDPR, § 67b(2) SGB X).

    It belongs to the unit that asked. It covers only the ticked categories, only this receiver, and ends by date or
    by withdrawal; then nothing more is sent, while the receiver keeps what became its own record. `kind` keeps
    releases from secrecy and the other agreements apart. `talk` ties what was signed on one sheet together, each
    receiver a consent of its own; `number` is printed for the person, who can withdraw with it at any unit.
    """

    class Form(models.TextChoices):
        WRITTEN = "written", _("schriftlich")
        ELECTRONIC = "electronic", _("elektronisch")
        SPOKEN = "spoken", _("mündlich vor einer Zeugin oder einem Zeugen")

    class SaidBy(models.TextChoices):
        PERSON = "person", _("die Person selbst")
        GUARDIAN = "guardian", _("eine sorgeberechtigte Person")
        REPRESENTATIVE = "representative", _("eine gesetzliche Vertretung oder Betreuung")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=14, unique=True, default=new_number)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DATA)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="consents")
    receiver = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    outsider_id = models.UUIDField(null=True)
    outsider_name = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=300)
    topic = models.CharField(max_length=300, blank=True)
    categories = ArrayField(models.CharField(max_length=20))
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    form = models.CharField(max_length=10, choices=Form.choices)
    witness = models.CharField(max_length=120, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    given_on = models.DateField()
    expires_on = models.DateField()
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    talk = models.UUIDField(null=True)
    renews = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="renewals")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawal_form = models.CharField(max_length=10, choices=Form.choices, blank=True)
    withdrawal_by = models.CharField(max_length=14, choices=SaidBy.choices, blank=True)
    withdrawal_taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-given_on", "-id"]
        indexes = [models.Index(fields=["unit", "household", "receiver"], name="consent_for_receiver")]
        constraints = [
            models.CheckConstraint(name="consent_names_a_category", condition=~Q(categories=[])),
            models.CheckConstraint(
                name="consent_expires_after_start", condition=Q(expires_on__gt=F("given_on"))
            ),
            models.CheckConstraint(
                name="consent_by_word_has_witness", condition=~Q(form="spoken") | ~Q(witness="")
            ),
            one_receiver("consent"),
            models.CheckConstraint(
                name="consent_names_its_topic",
                condition=~Q(kind__in=sorted(WITH_TOPIC)) | ~Q(topic=""),
            ),
            models.CheckConstraint(
                name="consent_withdrawal_is_proven",
                condition=Q(withdrawn_at=None, withdrawn_unit=None, withdrawal_form="", withdrawal_by="")
                | Q(withdrawn_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["talk", "receiver", "outsider_name"],
                condition=Q(talk__isnull=False),
                nulls_distinct=False,
                name="consent_once_per_talk_and_receiver",
            ),
        ]

    class Privacy:
        purpose = "Nachweis der Einwilligung in eine Weitergabe"
        owners = OWNERS
        plain = {
            *("id", "created_at", "unit", "receiver", "outsider_id", "outsider_name", "purpose"),
            *("text_version", "form", "expires_on", "number", "kind", "talk", "renews"),
            *("withdrawn_unit", "withdrawal_form"),
        }
        personal = {
            "household",
            "categories",
            "language",
            "witness",
            "interpreter",
            "given_on",
            "withdrawn_at",
            "topic",
            "taken_by",
            "withdrawal_by",
            "withdrawal_taken_by",
        }
        sensitive: set[str] = set()
        retention = "L13"
        starts = Asked("consent")

    @property
    def receiver_name(self) -> str:
        """Name who may receive: a unit, or a partner outside."""
        return self.receiver.name if self.receiver is not None else self.outsider_name

    def is_valid(self, on: date | None = None) -> bool:
        """Tell whether it holds on that day: not withdrawn and not lapsed."""
        day = on or today()
        return self.withdrawn_at is None and self.given_on <= day < self.expires_on

    @property
    def is_lapsed(self) -> bool:
        """Tell whether it ended by its date alone."""
        return self.withdrawn_at is None and self.expires_on <= today()

    def withdraw(
        self, *, at: datetime, unit_id: UUID, form: str, said_by: str, taken_by_id: UUID | None
    ) -> None:
        """End it; a second withdrawal is refused so that the first moment stays the proof."""
        if self.withdrawn_at is not None:
            raise RuleBroken(str(_("Diese Einwilligung wurde schon widerrufen.")))
        self.withdrawn_at, self.withdrawn_unit_id = at, unit_id
        self.withdrawal_form, self.withdrawal_by = form, said_by
        self.withdrawal_taken_by_id = taken_by_id


class ConsentPerson(BaseModel):
    """Whom a consent is about, and who gave it for a child (parents, guardians)."""

    class Part(models.TextChoices):
        SUBJECT = "subject", _("betrifft")
        GUARDIAN = "guardian", _("stimmt als sorgeberechtigte Person zu")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=8, choices=Part.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "person", "part"], name="consent_person_once_per_part")
        ]

    class Privacy:
        purpose = "Nachweis der Einwilligung in eine Weitergabe"
        owners = OWNERS
        plain = {"id", "created_at", "unit"}
        personal = {"consent", "person", "part"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = With("consent")


class WithdrawalNote(BaseModel):
    """A withdrawal spoken at a unit that need not own the consent: who said it where, in which form, for which number.

    It is the same for every number, so that nobody learns from it whether a consent exists, or whose (the program
    follows it by itself, protection/tasks.py).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=14)
    said_by = models.CharField(max_length=14, choices=Consent.SaidBy.choices)
    form = models.CharField(max_length=10, choices=Consent.Form.choices)
    language = models.CharField(max_length=8)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at"], name="withdrawal_unsettled", condition=Q(settled_at=None)),
        ]

    class Privacy:
        purpose = "Nachweis eines Widerrufs, der bei einer anderen Stelle erklärt wurde"
        owners = (
            Owner(
                "unit",
                view=(Permission.CONSENT_VIEW, Permission.DUTY_WATCH),
                edit=(Permission.CONSENT_EDIT, Permission.DUTY_WATCH),
            ),
        )
        plain = {"id", "created_at", "unit", "number", "form", "at", "settled_at"}
        personal = {"said_by", "language", "taken_by"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = From("at")
