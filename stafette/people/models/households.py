"""Who lives together, where, since when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.kernel.keeping import Asked, With
from stafette.kernel.models import BaseModel
from stafette.people.data import AddressData
from stafette.people.models.persons import OWNERS, PURPOSE, Person, Source


class Relation(models.TextChoices):
    """What a member is in the household; families do not follow surnames (Ivanov, Ivanova)."""

    HEAD = "head", _("Bezugsperson")
    PARTNER = "partner", _("Ehe- oder Lebenspartner")
    CHILD = "child", _("Kind")
    PARENT = "parent", _("Elternteil")
    SIBLING = "sibling", _("Geschwister")
    OTHER_RELATIVE = "relative", _("andere Verwandte")
    OTHER = "other", _("nicht verwandt")
    UNKNOWN = "", _("nicht bekannt")


class Household(BaseModel):
    """People who live together at one address, as this unit knows them.

    With an address lock (§§ 51, 52 BMG) the address leaves no list, search, export, letter or page:
    everything that shows one asks `shown_address`, never the single fields.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200)
    street = models.CharField(max_length=120, blank=True)
    house_number = models.CharField(max_length=20, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=100, blank=True)
    district = models.CharField(max_length=100, blank=True)
    address_locked = models.BooleanField(default=False)
    source = models.CharField(max_length=40, default=Source.PERSON)
    source_date = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["unit", "created_at", "id"], name="household_new")]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit", "source", "source_date"}
        personal = {"label", "street", "house_number", "postal_code", "town", "district"}
        sensitive = {"address_locked"}
        retention = "L4"
        starts = Asked("file")

    def __str__(self) -> str:
        return self.label

    @property
    def shown_address(self) -> AddressData | None:
        """The address, or None where a lock hides it; the only way in which anything shows an address."""
        if self.address_locked:
            return None
        return AddressData(self.street, self.house_number, self.postal_code, self.town, self.district)


class HouseholdMember(BaseModel):
    """One person's time in a household; who has moved out stays in its history."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    relation = models.CharField(max_length=10, choices=Relation.choices, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until_on=None), name="member_once_at_a_time"
            ),
            models.CheckConstraint(
                name="member_leaves_after_coming", condition=Q(until_on=None) | Q(until_on__gte=F("from_on"))
            ),
        ]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit"}
        personal = {"household", "person", "relation", "from_on", "until_on"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("household")
