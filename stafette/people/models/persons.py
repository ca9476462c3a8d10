"""A person as one unit knows it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.kernel.keeping import Asked, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.birthdates import BirthDate
from stafette.people.languages import Level

OWNERS = (Owner("unit", view=Permission.PERSON_VIEW, edit=(Permission.PERSON_EDIT, Permission.PERSON_MERGE)),)
PURPOSE = "Ankunft begleiten, übergeben und Rückmeldungen zuordnen"


class Sex(models.TextChoices):
    """As in the register of residents (§ 3(1) no. 7 BMG)."""

    FEMALE = "w", _("weiblich")
    MALE = "m", _("männlich")
    DIVERSE = "d", _("divers")
    NOT_STATED = "", _("keine Angabe")


class Channel(models.TextChoices):
    """How a person can be reached."""

    PHONE = "phone", _("Telefon")
    MOBILE = "mobile", _("Mobiltelefon (SMS)")
    MESSENGER = "messenger", _("Messenger")
    EMAIL = "email", _("E-Mail")
    LETTER = "letter", _("Brief")
    VISIT = "visit", _("nur persönlich")
    NONE = "", _("nicht bekannt")


class Source(models.TextChoices):
    """Where a fact came from; other codes are allowed and shown as they are."""

    PERSON = "person", _("Angabe der Person")
    REGISTER = "register", _("Meldebehörde")
    DOCUMENT = "document", _("Ausweis oder Pass")
    REFERRAL = "referral", _("Übergabe einer anderen Stelle")
    OTHER = "other", _("andere Quelle")


class Person(BaseModel):
    """Identity only, and only what this unit was given; the same human may stand in another unit's books.

    The birth date may be known in part. A person merged into another one stays, hidden, so that the
    merge can be undone. `search_keys`, `folded_names` and `sort_name` are worked out from the names by the commands.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    former_names = models.CharField(max_length=300, blank=True)
    patronymic = models.CharField(max_length=120, blank=True)
    original_script = models.CharField(max_length=300, blank=True)
    birth_year = models.SmallIntegerField(null=True)
    birth_month = models.SmallIntegerField(null=True)
    birth_day = models.SmallIntegerField(null=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    nationalities = ArrayField(models.CharField(max_length=3), default=list)
    contact_channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    contact_value = models.CharField(max_length=200, blank=True)
    contact_language = models.CharField(max_length=3, blank=True)
    safe_contact_note = models.CharField(max_length=300, blank=True)
    address_locked = models.BooleanField(default=False)
    source = models.CharField(max_length=40, default=Source.PERSON)
    source_date = models.DateField()
    merged_into = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="merged")
    sort_name = models.CharField(max_length=120)
    folded_names = models.TextField(blank=True)
    search_keys = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "sort_name", "id"], name="person_list", condition=Q(merged_into=None)
            ),
            models.Index(
                fields=["unit", "created_at", "id"], name="person_new", condition=Q(merged_into=None)
            ),
            GinIndex(fields=["search_keys"], name="person_keys", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_has_a_name", condition=~Q(given_names="") | ~Q(family_name="")
            ),
            models.CheckConstraint(
                name="person_birth_parts_fit",
                condition=Q(birth_day=None) | Q(birth_month__isnull=False),
            ),
            models.CheckConstraint(
                name="person_birth_in_range",
                condition=(Q(birth_year=None) | Q(birth_year__range=(1890, 2200)))
                & (Q(birth_month=None) | Q(birth_month__range=(1, 12)))
                & (Q(birth_day=None) | Q(birth_day__range=(1, 31))),
            ),
            models.CheckConstraint(
                name="person_not_merged_into_itself", condition=Q(merged_into=None) | ~Q(merged_into=F("id"))
            ),
        ]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit", "source", "source_date", "merged_into"}
        personal = {
            *("given_names", "family_name", "former_names", "patronymic", "original_script", "birth_year"),
            *("birth_month", "birth_day", "sex", "nationalities", "contact_channel", "contact_value"),
            *("contact_language", "sort_name", "folded_names", "search_keys"),
        }
        sensitive = {"address_locked", "safe_contact_note"}
        retention = "L4"
        starts = Asked("person")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Family name, given names: as offices write it."""
        return ", ".join(part for part in (self.family_name, self.given_names) if part)

    @property
    def birth(self) -> BirthDate:
        """What is known of the birth date."""
        return BirthDate(self.birth_year, self.birth_month, self.birth_day)


class PersonLanguage(BaseModel):
    """A language somebody speaks, and how well."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=3)
    level = models.CharField(max_length=6, choices=Level.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="language_once_per_person")
        ]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit"}
        personal = {"person", "language", "level"}
        sensitive: set[str] = set()
        retention = "L4"
        starts = With("person")
