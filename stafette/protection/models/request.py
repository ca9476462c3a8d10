"""What another authority asks for in a single case, kept with its reasons (§ 67d(1), § 68 SGB X)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import From
from stafette.kernel.models import Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household
from stafette.protection.models.disclosure import Disclosure

EITHER = (Permission.REFERRAL_SEND, Permission.REQUEST_DECIDE)


class Refusal(models.TextChoices):
    """Why a request is turned down; the one who asks learns no more than that it was."""

    NOT_ALLOWED = "not_allowed", _("die Regel erlaubt es nicht")
    TOO_OLD = "too_old", _("Ersuchen ist zu alt")
    NO_REASON = "no_reason", _("Begründung fehlt oder reicht nicht")
    PROTECTED = "protected", _("schutzwürdige Belange der Person gehen vor")
    UNKNOWN = "unknown", _("dazu liegt nichts vor")


class DisclosureRequest(Stateful):
    """A request by the police, the job centre or another authority: it answers for its reasons, we for the answer.

    Nothing is answered by the person who takes it in: the head of the unit decides (§ 68(2) SGB X), and no request
    older than the rule allows is answered at all.
    """

    class State(models.TextChoices):
        OPEN = "open", _("zu entscheiden")
        GRANTED = "granted", _("beantwortet")
        REFUSED = "refused", _("abgelehnt")

    MOVES: ClassVar = {"grant": ({State.OPEN}, State.GRANTED), "refuse": ({State.OPEN}, State.REFUSED)}
    PEN: ClassVar = {State.OPEN: "unit"}
    NAMES: ClassVar = {"grant": _("Beantworten"), "refuse": _("Ablehnen")}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    disclosure = models.ForeignKey(Disclosure, null=True, on_delete=models.SET_NULL, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    body_kind = models.CharField(max_length=8)
    body_name = models.CharField(max_length=200)
    their_reference = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField()
    received_on = models.DateField()
    categories = ArrayField(models.CharField(max_length=20))
    justification = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    rule = models.CharField(max_length=12, blank=True)
    norm = models.CharField(max_length=200, blank=True)
    refusal = models.CharField(max_length=12, choices=Refusal.choices, blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-received_on", "-id"], name="request_by_unit")]
        constraints = [
            models.CheckConstraint(
                name="disclosure_request_decided_fits_state",
                condition=Q(state="open", decided_at=None, decided_by=None, refusal="")
                | Q(state="granted", decided_at__isnull=False, decided_by__isnull=False, refusal="")
                | (Q(state="refused", decided_at__isnull=False, decided_by__isnull=False) & ~Q(refusal="")),
            )
        ]

    class Privacy:
        purpose = "Ersuchen anderer Behörden und ihre Begründung aufbewahren (§ 67d Abs. 1, § 68 SGB X)"
        owners = (Owner("unit", view=EITHER, edit=EITHER),)
        plain = {
            *("id", "created_at", "unit", "disclosure", "number", "body_kind", "body_name", "dated_on"),
            *("received_on", "categories", "state", "rule", "norm", "refusal", "taken_by", "decided_by"),
            "decided_at",
        }
        personal = {"household", "their_reference", "justification"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = From("received_on")

    def decide(self, move: str, *, by: UUID, at: datetime, refusal: str = "") -> None:
        """Answer or refuse once, with who and when."""
        self.move(move)
        self.decided_by_id, self.decided_at, self.refusal = by, at, refusal
