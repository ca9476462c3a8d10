"""What was found out about a household, and what the unit decided to do about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.directory.models import Service
from stafette.kernel.keeping import Asked, From
from stafette.kernel.models import BaseModel, Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household, Person


class DismissReason(models.TextChoices):
    """Why a finding needs no action."""

    NOT_WANTED = "not_wanted", _("Die Familie möchte das nicht")
    SOLVED = "solved", _("Hat sich schon erledigt")
    WRONG = "wrong", _("Trifft nicht zu")
    ELSEWHERE = "elsewhere", _("Wird schon an anderer Stelle bearbeitet")


class Finding(Stateful):
    """Something that calls for action: a child without a school place, no health insurance.

    It is the unit's own record and never travels itself; it stays open until it was referred, signposted or
    dismissed with a reason, and opens again when the receiver declines.
    """

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        PREPARED = "prepared", _("Übergabe in Vorbereitung")
        REFERRED = "referred", _("übergeben")
        SIGNPOSTED = "signposted", _("an Dienst verwiesen")
        DISMISSED = "dismissed", _("verworfen")
        DONE = "done", _("erledigt")

    MOVES: ClassVar = {
        "prepare": ({State.OPEN}, State.PREPARED),
        "refer": ({State.PREPARED}, State.REFERRED),
        "reopen": ({State.PREPARED, State.REFERRED}, State.OPEN),
        "finish": ({State.REFERRED}, State.DONE),
        "signpost": ({State.OPEN}, State.SIGNPOSTED),
        "dismiss": ({State.OPEN}, State.DISMISSED),
        "resume": ({State.DONE}, State.REFERRED),
        "recur": ({State.DONE}, State.OPEN),
    }
    NAMES: ClassVar = {
        "prepare": _("Übergabe vorbereiten"),
        "refer": _("übergeben"),
        "reopen": _("wieder öffnen"),
        "finish": _("erledigen"),
        "signpost": _("an Dienst verweisen"),
        "dismiss": _("verwerfen"),
        "resume": _("Übergabe läuft wieder"),
        "recur": _("besteht wieder"),
    }

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="findings")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    code = models.SlugField(max_length=60)
    reason = models.CharField(max_length=400)
    source = models.CharField(max_length=200, blank=True)
    rule_version = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    dismiss_reason = models.CharField(max_length=12, choices=DismissReason.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "household"], name="finding_of_household"),
            models.Index(fields=["unit", "created_at"], name="finding_open", condition=Q(state="open")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="finding_open_once",
                fields=["unit", "household", "person", "code"],
                condition=Q(state__in=["open", "prepared", "referred"]),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="finding_dismissed_with_reason",
                condition=(Q(state="dismissed") & ~Q(dismiss_reason=""))
                | (~Q(state="dismissed") & Q(dismiss_reason="")),
            ),
        ]

    class Privacy:
        purpose = "Erkennen, welche Hilfe oder Pflicht ansteht"
        owners = (Owner("unit", view=Permission.FINDING_VIEW, edit=Permission.FINDING_EDIT),)
        plain = {
            "id",
            "created_at",
            "unit",
            "code",
            "source",
            "rule_version",
            "state",
            "found_by",
            "dismiss_reason",
        }
        personal = {"household", "person", "reason"}
        sensitive: set[str] = set()
        retention = "L2"
        starts = Asked("finding")

    def dismiss(self, *, reason: str) -> None:
        """Decide that nothing follows, and say why."""
        self.move("dismiss")
        self.dismiss_reason = reason


class Signpost(BaseModel):
    """Someone was pointed to a service; nobody must answer, so it is counted apart from referrals."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.CASCADE, related_name="signposts")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.SET_NULL, related_name="signposts")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["unit", "given_on"], name="signpost_by_unit")]

    class Privacy:
        purpose = "Verweisberatung zählen"
        owners = (Owner("unit", view=Permission.FINDING_VIEW, edit=Permission.REFERRAL_SEND),)
        plain = {"id", "created_at", "unit", "service", "given_by", "given_on"}
        personal = {"household", "finding"}
        sensitive: set[str] = set()
        retention = "L2"
        starts = From("given_on")
