"""What a family entrusted to one person: sealed before it reaches the database."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.casework.models.keys import UnitKey
from stafette.kernel.keeping import With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.kernel.sealing import Place, Sealed
from stafette.people.models import Household, Person


class SealedNote(BaseModel):
    """A note that its author and the named deputy can open, and nobody else by whatever rank (§ 65(2) SGB VIII).

    No column holds a word of it, not even a title. Author and unit never change: the seal is bound to both. The
    deputy gets it under § 65(1) No. 1 SGB VIII with the consent of whoever entrusted it, which is dated here.
    """

    class Ground(models.TextChoices):
        ENTRUSTED = "entrusted", _("anvertraut, § 65 SGB VIII")
        SECRET = "secret", _("Berufsgeheimnis, § 203 StGB")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    deputy_consent_on = models.DateField(null=True)
    ground = models.CharField(max_length=9, choices=Ground.choices)
    key = models.ForeignKey(UnitKey, on_delete=models.PROTECT, related_name="+")
    ciphertext = models.BinaryField()
    wrapped = models.BinaryField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["household", "author"], name="sealed_note_of_household"),
            models.Index(fields=["author"], name="sealed_note_of_author"),
        ]
        constraints = [
            models.CheckConstraint(
                name="sealed_note_deputy_is_someone_else",
                condition=Q(deputy=None) | ~Q(deputy=F("author")),
            ),
            models.CheckConstraint(
                name="sealed_note_consent_names_deputy",
                condition=Q(deputy__isnull=False) | Q(deputy_consent_on=None),
            ),
            models.CheckConstraint(
                name="sealed_note_entrusted_with_consent",
                condition=Q(deputy=None) | ~Q(ground="entrusted") | Q(deputy_consent_on__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Anvertrautes und Berufsgeheimnisse festhalten, lesbar nur für die Person, der es anvertraut wurde"
        owners = (Owner("unit", view=Permission.SEALED_VIEW, edit=Permission.SEALED_EDIT),)
        readers = ("author", "deputy")
        plain = {"id", "created_at", "unit", "ground", "key", "changed_at"}
        personal = {"household", "person", "author", "deputy", "deputy_consent_on"}
        sensitive = {"ciphertext", "wrapped"}
        retention = "L4"
        starts = With("household")

    @property
    def place(self) -> Place:
        """To what the seal is bound."""
        return Place(self.pk, self.unit_id, self.author_id)

    @property
    def sealed(self) -> Sealed:
        """What the database keeps of the text."""
        return Sealed(bytes(self.ciphertext), bytes(self.wrapped))

    def put_under(self, sealed: Sealed, key: UnitKey) -> None:
        """Take a text in; what stood there before is gone."""
        self.ciphertext, self.wrapped, self.key = sealed.ciphertext, sealed.wrapped, key

    def renew(self, sealed: Sealed, key: UnitKey, *, at: datetime) -> None:
        """Put another text in the place of the old one; only the date of the change stays."""
        self.put_under(sealed, key)
        self.changed_at = at

    def name_deputy(self, deputy: User, *, consent_on: date | None) -> None:
        """Let one more account open it."""
        self.deputy, self.deputy_consent_on = deputy, consent_on

    def withdraw_deputy(self) -> None:
        """Only the author opens it again."""
        self.deputy = self.deputy_consent_on = None
