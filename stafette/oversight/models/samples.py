"""Readings that were drawn for review."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.audit.models import Reading
from stafette.kernel.keeping import With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner


class ReadingSample(BaseModel):
    """One reading of the month that somebody has to look at: plausible, or to be asked about.

    Drawn by chance that can be drawn again (commands/sampling.py): nobody chooses whom to look at. `note` says what
    came of asking; it names numbers, no clients.
    """

    class Verdict(models.TextChoices):
        OPEN = "", _("noch zu prüfen")
        PLAUSIBLE = "plausible", _("plausibel")
        ASK = "ask", _("nachfragen")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reading = models.OneToOneField(Reading, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    verdict = models.CharField(max_length=9, choices=Verdict.choices, blank=True)
    note = models.CharField(max_length=400, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "-month", "id"], name="sample_by_month")]
        constraints = [
            models.CheckConstraint(
                name="sample_reviewed_by_somebody",
                condition=Q(verdict="", reviewed_at=None, reviewed_by=None)
                | (~Q(verdict="") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="sample_question_has_note", condition=~Q(verdict="ask") | ~Q(note="")
            ),
        ]

    class Privacy:
        purpose = "Lesezugriffe stichprobenweise prüfen"
        owners = (Owner("unit", view=Permission.READING_VIEW, edit=Permission.READING_VIEW),)
        plain = {"id", "created_at", "unit", "month", "verdict", "reviewed_at"}
        personal = {"reading", "note", "reviewed_by"}
        sensitive: set[str] = set()
        retention = "L14"
        starts = With("reading")

    @property
    def is_open(self) -> bool:
        """Whether nobody has looked at it yet."""
        return not self.verdict
