"""What housing control was told about a building: never by whom, never who lives there."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import From
from stafette.kernel.models import Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner


class Hint(Stateful):
    """An indication about an address: address, code, head count; no names, no informant (flow rule F08).

    It is housing control's own record. The wall between help and control stands on this model's poverty: it has no
    column for what must not arrive.
    """

    class State(models.TextChoices):
        NEW = "new", _("neu")
        CHECKING = "checking", _("in Prüfung")
        CLOSED = "closed", _("abgeschlossen")

    class Indication(models.TextChoices):
        OVERCROWDING = "overcrowding", _("Anzeichen für Überbelegung")
        CERTIFICATE = "landlord_certificate_missing", _("Wohnungsgeberbestätigung fehlt")
        SUBLETTING = "subletting", _("Anzeichen für Untervermietung")
        DEFECT = "defect", _("Mangel am Gebäude")
        OTHER = "other", _("anderer Hinweis")

    class Result(models.TextChoices):
        NO_DEFECT = "no_defect", _("ohne Beanstandung")
        REMEDIED = "remedied", _("freiwillig behoben")
        PROCEDURE = "procedure", _("Verfahren eröffnet")
        NOT_RESPONSIBLE = "not_responsible", _("andere Stelle zuständig")

    MOVES: ClassVar = {
        "take": ({State.NEW}, State.CHECKING),
        "close": ({State.NEW, State.CHECKING}, State.CLOSED),
    }
    NAMES: ClassVar = {"take": _("in Prüfung nehmen"), "close": _("abschließen")}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    street = models.CharField(max_length=120)
    house_number = models.CharField(max_length=20, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    town = models.CharField(max_length=80, blank=True)
    district = models.CharField(max_length=80, blank=True)
    indication = models.CharField(max_length=40, choices=Indication.choices)
    person_count = models.PositiveSmallIntegerField(null=True)
    source_kind = models.CharField(max_length=4, blank=True)
    source_number = models.CharField(max_length=40, blank=True)
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    due_on = models.DateField()
    responsible = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=16, choices=Result.choices, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="hint_worklist"),
            models.Index(fields=["unit", "street", "house_number"], name="hint_by_address"),
        ]
        constraints = [
            models.CheckConstraint(
                name="hint_closed_with_result",
                condition=(Q(state="closed", closed_on__isnull=False) & ~Q(result=""))
                | (~Q(state="closed") & Q(closed_on=None, result="")),
            ),
            models.CheckConstraint(
                name="hint_checked_by_someone", condition=~Q(state="checking") | Q(responsible__isnull=False)
            ),
            models.UniqueConstraint(
                name="hint_once_per_source", fields=["unit", "source_number"], condition=~Q(source_number="")
            ),
        ]

    class Privacy:
        purpose = "Hinweise auf Missstände an Gebäuden prüfen"
        owners = (Owner("unit", view=Permission.HINT_VIEW, edit=(Permission.HINT_EDIT,)),)
        plain = {
            *(
                "id",
                "created_at",
                "unit",
                "street",
                "house_number",
                "postal_code",
                "town",
                "district",
                "indication",
            ),
            *("person_count", "source_kind", "source_number", "received_on", "state", "due_on", "result"),
            "closed_on",
        }
        personal = {"responsible"}
        sensitive: set[str] = set()
        retention = "L8"
        starts = From("closed_on")

    @property
    def address(self) -> str:
        """The address in one line."""
        street = f"{self.street} {self.house_number}".strip()
        town = f"{self.postal_code} {self.town}".strip()
        return ", ".join(part for part in (street, town) if part)

    def take(self, *, responsible: User) -> None:
        """Name who checks it."""
        self.move("take")
        self.responsible = responsible

    def close(self, *, result: str, on: date) -> None:
        """End it with a coded result."""
        self.move("close")
        self.result, self.closed_on = result, on
