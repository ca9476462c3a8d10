"""Break-glass: another's files opened for some hours, in danger or when nobody is there; reviewed by two sides."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.errors import RuleBroken
from stafette.kernel.keeping import From
from stafette.kernel.models import Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner


class BreakGlass(Stateful):
    """Somebody opened the files of a unit: why, until when, and what the review found (domain.md 12).

    It gives reading only and for a limited time (accounts/extra_grants.py). Sealed notes and files that are closed
    to colleagues stay shut: those rows ask for their readers, not for the unit. Head and data protection officer
    review it; whoever opened it does not.
    """

    class State(models.TextChoices):
        OPEN = "open", _("zu prüfen")
        JUSTIFIED = "justified", _("gerechtfertigt")
        UNJUSTIFIED = "unjustified", _("nicht gerechtfertigt")

    class Ground(models.TextChoices):
        DANGER = "danger", _("Gefahr für ein Kind oder ein Leben")
        DEPUTY = "deputy", _("Vertretung fehlt")

    class Finding(models.TextChoices):
        JUSTIFIED = "justified", _("Der Zugriff war gerechtfertigt")
        UNJUSTIFIED = "unjustified", _("Der Zugriff war nicht gerechtfertigt")

    MOVES: ClassVar = {
        "accept": ({State.OPEN}, State.JUSTIFIED),
        "object": ({State.OPEN}, State.UNJUSTIFIED),
    }
    PEN: ClassVar = {State.OPEN: "head, officer", State.JUSTIFIED: "", State.UNJUSTIFIED: ""}
    NAMES: ClassVar = {
        "accept": _("Beide Seiten: gerechtfertigt"),
        "object": _("Mindestens eine Seite: nicht gerechtfertigt"),
    }

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    home_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=6, choices=Ground.choices)
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    review_on = models.DateField()
    needs_head = models.BooleanField()
    head_finding = models.CharField(max_length=12, choices=Finding.choices, blank=True)
    head_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    head_at = models.DateTimeField(null=True)
    officer_finding = models.CharField(max_length=12, choices=Finding.choices, blank=True)
    officer_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    officer_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "ends_at"], name="glass_running", condition=Q(ended_at=None)),
            models.Index(fields=["unit", "-opened_at"], name="glass_of_unit"),
            models.Index(fields=["review_on"], name="glass_to_review", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(name="glass_ends_after_start", condition=Q(ends_at__gt=F("opened_at"))),
            models.CheckConstraint(
                name="glass_reviewed_fits_state",
                condition=Q(state="open", reviewed_at=None)
                | (~Q(state="open") & Q(reviewed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="glass_not_reviewed_by_oneself",
                condition=(Q(head_by=None) | ~Q(head_by=F("account")))
                & (Q(officer_by=None) | ~Q(officer_by=F("account"))),
            ),
            models.CheckConstraint(
                name="glass_closed_by_the_officer",
                condition=Q(state="open") | ~Q(officer_finding=""),
            ),
        ]

    class Privacy:
        purpose = "Notfallzugriffe begrenzen, nachweisen und prüfen"
        owners = (
            Owner(
                "unit",
                view=(Permission.GLASS_REVIEW, Permission.DUTY_WATCH),
                edit=(Permission.GLASS_REVIEW, Permission.DUTY_WATCH),
            ),
        )
        plain = {
            *("id", "created_at", "number", "unit", "home_unit", "ground", "state", "version", "opened_at"),
            *("ends_at", "ended_at", "review_on", "needs_head", "head_finding", "head_at", "officer_finding"),
            *("officer_at", "reviewed_at"),
        }
        personal = {"account", "head_by", "officer_by"}
        sensitive = {"reason"}
        retention = "L14"
        starts = From("reviewed_at")

    def __str__(self) -> str:
        return self.number

    def runs_at(self, at: datetime) -> bool:
        """Tell whether the files are open at that moment."""
        return self.ended_at is None and self.ends_at > at

    def end(self, *, at: datetime) -> None:
        """Shut the files before their time."""
        if not self.runs_at(at):
            raise RuleBroken(str(_("Dieser Notfallzugriff ist schon beendet.")))
        self.ended_at = at
        self.version += 1

    def review(self, side: str, finding: str, *, at: datetime, by_id: UUID) -> None:
        """Keep what one side found; with the last of them the review is over, and one objection suffices."""
        if getattr(self, f"{side}_finding") or self.state != self.State.OPEN:
            raise RuleBroken(str(_("Diese Prüfung ist schon festgehalten.")))
        setattr(self, f"{side}_finding", self.Finding(finding))
        setattr(self, f"{side}_by_id", by_id)
        setattr(self, f"{side}_at", at)
        self.version += 1
        if self.officer_finding and (self.head_finding or not self.needs_head):
            both = {self.head_finding, self.officer_finding} - {""}
            self.move("accept" if both == {self.Finding.JUSTIFIED} else "object")
            self.reviewed_at = at
