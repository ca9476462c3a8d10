"""The register of breaches (Art. 33(5) GDPR): what happened, what it means, who was told when and why not."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import From
from stafette.kernel.models import Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner

PURPOSE = "Datenpannen dokumentieren und melden (Art. 33, 34 DSGVO)"


class Nature(models.TextChoices):
    """What happened to the data, in the words of Art. 4 no. 12 GDPR."""

    SEEN = "seen", _("Unbefugte konnten die Daten sehen")
    LOST = "lost", _("Daten sind verloren oder zerstört")
    CHANGED = "changed", _("Daten wurden unbefugt verändert")
    BLOCKED = "blocked", _("Daten waren nicht verfügbar")


class DataKind(models.TextChoices):
    """Kinds of data, as the notification names them (Art. 33(3)(a))."""

    NAMES = "names", _("Namen und Geburtsdaten")
    ADDRESS = "address", _("Anschriften")
    CONTACT = "contact", _("Telefon, E-Mail")
    FAMILY = "family", _("Familie und Haushalt")
    STATUS = "status", _("Aufenthalt und Staatsangehörigkeit")
    HEALTH = "health", _("Gesundheit")
    COUNSEL = "counsel", _("Inhalte aus Gespräch und Beratung")
    ACCESS = "access", _("Zugangsdaten von Beschäftigten")


class Consequence(models.TextChoices):
    """What can follow for people (Art. 33(3)(c))."""

    CONTACTED = "contacted", _("Fremde können Kontakt aufnehmen")
    EXPOSED = "exposed", _("Die Wohnanschrift kann Unbefugten bekannt sein")
    FRAUD = "fraud", _("Betrug mit den Daten")
    STIGMA = "stigma", _("Nachteile oder Gerede im Umfeld")
    DELAY = "delay", _("Anliegen verzögern sich")


class Breach(Stateful):
    """A breach of the protection of personal data, from the first word of a colleague to the last decision.

    Its clock runs in real hours, through nights and weekends, and nobody holds it like a case: so it is no baton of
    the deadline run, which counts office days and desks of casework, and has a watch of its own (watching.py).
    """

    class State(models.TextChoices):
        OPEN = "open", _("gemeldet, zu bewerten")
        ASSESSED = "assessed", _("bewertet, zu entscheiden")
        NOTIFIED = "notified", _("der Aufsichtsbehörde gemeldet")
        NOT_NOTIFIED = "not_notified", _("nicht gemeldet, mit Begründung")
        CLOSED = "closed", _("abgeschlossen")

    class Risk(models.TextChoices):
        NOT_ASSESSED = "", _("noch nicht bewertet")
        NONE = "none", _("voraussichtlich kein Risiko")
        RISK = "risk", _("Risiko")
        HIGH = "high", _("hohes Risiko")

    class Telling(models.TextChoices):
        OPEN = "", _("noch nicht entschieden")
        TOLD = "told", _("benachrichtigt")
        NOT_NEEDED = "not_needed", _("nicht nötig: kein hohes Risiko")
        PROTECTED = "protected", _("nicht nötig: Daten waren unlesbar (Art. 34 Abs. 3 Buchst. a)")
        AVERTED = "averted", _("nicht nötig: Risiko abgewendet (Art. 34 Abs. 3 Buchst. b)")
        PUBLIC = "public", _("öffentlich bekannt gemacht (Art. 34 Abs. 3 Buchst. c)")

    MOVES: ClassVar = {
        "assess": ({State.OPEN, State.ASSESSED}, State.ASSESSED),
        "notify": ({State.ASSESSED, State.NOT_NOTIFIED}, State.NOTIFIED),
        "leave": ({State.ASSESSED}, State.NOT_NOTIFIED),
        "close": ({State.NOTIFIED, State.NOT_NOTIFIED}, State.CLOSED),
    }
    PEN: ClassVar = {
        **dict.fromkeys((State.OPEN, State.ASSESSED, State.NOTIFIED, State.NOT_NOTIFIED), "officer"),
        State.CLOSED: "",
    }
    NAMES: ClassVar = {
        "assess": _("Bewerten"),
        "notify": _("Meldung an die Aufsichtsbehörde vermerken"),
        "leave": _("Nicht melden"),
        "close": _("Abschließen"),
    }

    number = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    units = ArrayField(models.UUIDField(), default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    detected_at = models.DateTimeField()
    aware_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    what = models.TextField()
    natures = ArrayField(models.CharField(max_length=8), default=list)
    data_kinds = ArrayField(models.CharField(max_length=8), default=list)
    consequences = ArrayField(models.CharField(max_length=10), default=list)
    people_count = models.IntegerField(null=True)
    records_count = models.IntegerField(null=True)
    effects = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    risk = models.CharField(max_length=4, choices=Risk.choices, blank=True)
    risk_reason = models.TextField(blank=True)
    authority = models.CharField(max_length=200, blank=True)
    notified_at = models.DateTimeField(null=True)
    late_reason = models.TextField(blank=True)
    leave_reason = models.TextField(blank=True)
    telling = models.CharField(max_length=10, choices=Telling.choices, blank=True)
    told_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-detected_at", "-id"]
        indexes = [
            models.Index(fields=["unit", "-detected_at", "-id"], name="breach_by_unit"),
            models.Index(fields=["due_at"], name="breach_clock", condition=Q(state__in=["open", "assessed"])),
        ]
        constraints = [
            models.CheckConstraint(
                name="breach_notified_at_fits",
                condition=(Q(state="notified") & Q(notified_at__isnull=False))
                | (Q(state__in=["open", "assessed", "not_notified"]) & Q(notified_at=None))
                | Q(state="closed"),
            ),
            models.CheckConstraint(
                name="breach_not_notified_has_reason",
                condition=~Q(state="not_notified") | ~Q(leave_reason=""),
            ),
            models.CheckConstraint(
                name="breach_late_has_reason",
                condition=Q(notified_at=None) | Q(notified_at__lte=models.F("due_at")) | ~Q(late_reason=""),
            ),
            models.CheckConstraint(name="breach_assessed_has_risk", condition=Q(state="open") | ~Q(risk="")),
            models.CheckConstraint(
                name="breach_closed_is_decided",
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(telling=""))
                | (~Q(state="closed") & Q(closed_at=None)),
            ),
        ]

    class Privacy:
        purpose = PURPOSE
        owners = (
            Owner("unit", view=(Permission.BREACH_VIEW, Permission.DUTY_WATCH), edit=Permission.BREACH_EDIT),
        )
        plain = {
            *("id", "created_at", "number", "unit", "units", "state", "detected_at", "aware_at", "due_at"),
            *("natures", "data_kinds", "consequences", "people_count", "records_count", "risk", "authority"),
            *("notified_at", "telling", "told_on", "closed_at"),
        }
        personal = {
            *("reported_by", "what", "effects", "measures", "risk_reason", "late_reason", "leave_reason"),
        }
        sensitive: set[str] = set()
        retention = "L13"
        starts = From("closed_at")

    def __str__(self) -> str:
        return self.number

    @property
    def is_running(self) -> bool:
        """Whether the clock of Art. 33 still runs."""
        return self.state in (self.State.OPEN, self.State.ASSESSED)

    def is_late(self, at: datetime) -> bool:
        """Whether the authority was told after the period, or is not told yet and the period is over."""
        return (self.notified_at or at) > self.due_at and (self.is_running or self.notified_at is not None)

    def assess(self, *, risk: str, people_count: int | None) -> None:
        """Say how great the risk is; may be said again while nothing is decided."""
        self.move("assess")
        self.risk, self.people_count = risk, people_count

    def notify(self, *, at: datetime, authority: str, late_reason: str) -> None:
        """Note that the authority was told."""
        self.move("notify")
        self.notified_at, self.authority, self.late_reason = at, authority, late_reason

    def leave(self, *, reason: str) -> None:
        """Note why the authority is not told."""
        self.move("leave")
        self.leave_reason = reason

    def close(self, *, at: datetime) -> None:
        """End it; what was learned stays in the measures."""
        self.move("close")
        self.closed_at = at

    def concerns(self, unit_id: UUID) -> bool:
        """Whether data of this unit are in it."""
        return unit_id == self.unit_id or unit_id in self.units

    @property
    def letter_facts(self) -> dict[str, Any]:
        """What the letter to the people says: codes, number and day, kept with each unit's list."""
        return {
            "number": self.number,
            "noticed_on": f"{timezone.localtime(self.detected_at):%Y-%m-%d}",
            "natures": self.natures,
            "data_kinds": self.data_kinds,
            "consequences": self.consequences,
        }
