"""The people of the house: accounts, memberships with dates, absences with a deputy."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models.units import Unit
from stafette.accounts.roles import Role
from stafette.kernel.keeping import From, Stays, With
from stafette.kernel.models import BaseModel


class UserManager(BaseUserManager["User"]):
    """Finds accounts by address, whatever the case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Look an account up as login does."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, label: str, password: str | None = None, **extra: Any) -> "User":
        """Make an account; without a password it cannot log in until one is set by invitation."""
        user = self.model(email=self.normalize_email(email).lower(), label=label, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, BaseModel):
    """An account of a member of staff. `label` is what colleagues see, e.g. "Clearing 1"."""

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    label = models.CharField(_("Anzeigename"), max_length=120)
    is_active = models.BooleanField(default=True)
    left_on = models.DateField(null=True)
    extra_until = models.DateTimeField(null=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["label"]

    class Meta:
        ordering = ["label"]

    class Privacy:
        purpose = "Anmeldung und Nachweis, wer handelt"
        owners = ()
        plain = {"id", "created_at", "is_active", "left_on", "last_login", "extra_until"}
        personal = {"email", "label"}
        sensitive = {"password"}
        retention = "L14"
        starts = Stays(
            "Nachweis, wer gehandelt hat, solange ein Vorgang auf das Konto zeigt; nach dem Ausscheiden gesperrt"
        )

    def __str__(self) -> str:
        return self.label


class Membership(BaseModel):
    """In which unit someone works in which role, and from when until when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    class Privacy:
        purpose = "Wer darf was"
        owners = ()
        plain = {"id", "created_at", "unit", "role", "starts_on", "ends_on"}
        personal = {"user"}
        sensitive: set[str] = set()
        retention = "L14"
        starts = From("ends_on")


class Absence(BaseModel):
    """While someone is away, the deputy has their open things on the desk."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputyships")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="absence_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="absence_deputy_is_someone_else", condition=~Q(user=F("deputy"))),
        ]

    class Privacy:
        purpose = "Vertretung sicherstellen; ohne Grund der Abwesenheit"
        owners = ()
        plain = {"id", "created_at"}
        personal = {"user", "deputy", "starts_on", "ends_on"}
        sensitive: set[str] = set()
        retention = "L14"
        starts = From("ends_on")


class MailChoice(BaseModel):
    """How an account wants to hear of things: at once, once a day, or not by mail until a day, with a reason."""

    class Rhythm(models.TextChoices):
        SINGLE = "single", _("sofort, jede Nachricht einzeln")
        DAILY = "daily", _("einmal am Tag gesammelt")

    class PauseReason(models.TextChoices):
        HOLIDAY = "holiday", _("Urlaub oder Abwesenheit")
        OTHER_WAY = "other_way", _("Ich arbeite mit „Mein Tag“ und brauche keine Mails")
        ADDRESS = "address", _("Die Adresse wird gerade geändert")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_choice")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.SINGLE)
    paused_until = models.DateField(null=True)
    pause_reason = models.CharField(max_length=10, choices=PauseReason.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mail_pause_has_reason",
                condition=Q(paused_until=None, pause_reason="")
                | (Q(paused_until__isnull=False) & ~Q(pause_reason="")),
            )
        ]

    class Privacy:
        purpose = "Wie ein Konto benachrichtigt werden will"
        owners = ()
        plain = {"id", "created_at"}
        personal = {"user", "rhythm", "paused_until", "pause_reason"}
        sensitive: set[str] = set()
        retention = "L14"
        starts = With("user")


class HandOver(BaseModel):
    """All open things of a desk, or of a unit, given to others in one go. Its id comes from the form: once only."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    from_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    to_users = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]

    class Privacy:
        purpose = "Nachweis, wer die offenen Vorgänge einer Stelle verteilt hat"
        owners = ()
        plain = {"id", "created_at", "unit", "counts"}
        personal = {"from_user", "to_users", "moved_by"}
        sensitive: set[str] = set()
        retention = "L14"
        starts = From("created_at")
