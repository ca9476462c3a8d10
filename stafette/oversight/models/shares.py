"""Whom a breach concerns: found by a question, counted for the officer, named only to the unit that knows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.oversight.models.breaches import PURPOSE, Breach
from stafette.people.models import Household


class BreachShare(BaseModel):
    """The part of a breach that falls to one unit: how many of its people the question found, and by which question.

    The officer sees the counts; the unit sees this row and, by its own rights, the households behind it.
    """

    class Question(models.TextChoices):
        READINGS = "readings", _("alle Akten, die ein Konto in einer Zeit gelesen hat")
        REFERRALS = "referrals", _("alle Übergaben an eine Stelle seit einem Tag")
        STREET = "street", _("alle Haushalte mit Anschrift in einer Straße")
        ACTIVE = "active", _("alle Akten, in denen in einer Zeit etwas geschah")

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="shares")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=10, choices=Question.choices)
    asked = models.JSONField(default=dict)
    letter = models.JSONField(default=dict)
    households = models.IntegerField()
    people = models.IntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["breach", "unit"], name="share_of_breach")]

    class Privacy:
        purpose = PURPOSE
        owners = (
            Owner(
                "unit",
                view=(Permission.BREACH_VIEW, Permission.PERSON_VIEW),
                edit=Permission.BREACH_EDIT,
            ),
        )
        plain = {"id", "created_at", "breach", "unit", "question", "asked", "letter", "households", "people"}
        personal = {"made_by"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = With("breach")


class Concerned(BaseModel):
    """A household that a breach concerns, in the books of the unit that has to tell it."""

    share = models.ForeignKey(BreachShare, on_delete=models.CASCADE, related_name="concerned")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "household"], name="concerned_once")]

    class Privacy:
        purpose = PURPOSE
        owners = (Owner("unit", view=Permission.PERSON_VIEW, edit=Permission.PERSON_EDIT),)
        plain = {"id", "created_at", "share", "unit", "told_at"}
        personal = {"household", "told_by"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = With("share")
