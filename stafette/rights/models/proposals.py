"""A correction on its way to a unit that had received the fact: a proposal, never a change in another unit's books."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import From
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.referrals.models import Referral
from stafette.referrals.models.baton import BATON_FIELDS, Baton, dates_in_order, open_fits_state


class CorrectionProposal(Baton):
    """What Art. 19 GDPR asks for: whoever received a fact hears that it was corrected, and decides for its own books.

    It travels along the referral that had carried the fact, to nobody else, and stands in the receiver's books only:
    what it decides, the sender need not know. `who` helps to find the person in the family that was taken over.
    """

    class State(models.TextChoices):
        OPEN = "open", _("zu entscheiden")
        TAKEN = "taken", _("übernommen")
        LEFT = "left", _("nicht übernommen")

    MOVES: ClassVar = {
        "take": ({State.OPEN}, State.TAKEN),
        "leave": ({State.OPEN}, State.LEFT),
    }
    PEN: ClassVar = {State.OPEN: "to_unit", State.TAKEN: "", State.LEFT: ""}
    NAMES: ClassVar = {"take": _("Übernehmen"), "leave": _("Nicht übernehmen")}

    number = models.CharField(max_length=40, unique=True)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=40)
    old = models.CharField(max_length=400, blank=True)
    new = models.CharField(max_length=400, blank=True)
    who = models.CharField(max_length=300, blank=True)
    corrected_on = models.DateField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Baton.Meta):
        indexes = [
            models.Index(
                fields=["to_unit", "next_on", "id"], name="proposal_open", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["responsible_user", "next_on"], name="proposal_desk", condition=Q(is_open=True)
            ),
            models.Index(fields=["next_on", "id"], name="proposal_by_date", condition=Q(is_open=True)),
        ]
        constraints = [
            open_fits_state("correction_proposal", open_states={"open"}, closed_states={"taken", "left"}),
            dates_in_order("correction_proposal"),
            models.CheckConstraint(name="proposal_is_from_another", condition=~Q(from_unit=F("to_unit"))),
            models.CheckConstraint(
                name="proposal_baton_is_there", condition=Q(responsible_unit=F("to_unit"))
            ),
            models.CheckConstraint(
                name="proposal_ended_at_fits",
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Empfängerinnen über eine Berichtigung unterrichten"
        owners = (
            Owner(
                "to_unit",
                view=(Permission.RIGHTS_VIEW, Permission.DUTY_WATCH),
                edit=(Permission.RIGHTS_EDIT, Permission.DUTY_WATCH),
            ),
        )
        plain = {
            *BATON_FIELDS,
            *("id", "created_at", "number", "from_unit", "to_unit", "referral", "field", "corrected_on"),
            *("state", "ended_at"),
        }
        personal = {"old", "new", "who", "responsible_user", "ended_by"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = From("ended_at")

    def decide(self, move: str, *, at: datetime, by_id: UUID) -> None:
        """Take it over or leave it; the old and new value need not be kept here any longer."""
        self.move(move)
        self.old, self.new, self.who = "", "", ""
        self.is_open, self.ended_at, self.ended_by_id = False, at, by_id
        self.version += 1
