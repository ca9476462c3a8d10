"""The link that a mail carries. The token itself stands in the mail only; here lies its digest."""

from django.db import models
from django.db.models import F, Q

from stafette.accounts.models import Unit
from stafette.kernel.keeping import With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.partners.models.requests import WATCHED, WORKED, PartnerRequest


class AnswerLink(BaseModel):
    """One link to one question: it runs out, is replaced by a newer one, and answers once.

    The token has 256 random bits, so its SHA-256 needs no salt: nobody can try them all, and the look-up compares
    digests, never secrets.
    """

    request = models.ForeignKey(PartnerRequest, on_delete=models.CASCADE, related_name="links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    asked_again = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["request", "-created_at"], name="answer_link_of_request")]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(used_at=None, revoked_at=None),
                name="answer_link_one_valid_per_request",
            ),
            models.CheckConstraint(
                name="answer_link_expires_later", condition=Q(expires_at__gt=F("created_at"))
            ),
        ]

    class Privacy:
        purpose = "Link, über den ein Partner ohne Konto antwortet"
        owners = (
            Owner("unit", view=WATCHED, edit=WORKED),
            Owner("request", view=Permission.LINK_ANSWER, edit=Permission.LINK_ANSWER, begins=False),
        )
        plain = {
            *("id", "created_at", "request", "unit", "expires_at", "opened_at", "used_at", "revoked_at"),
            "asked_again",
        }
        personal: set[str] = set()
        sensitive = {"digest"}
        retention = "L3"
        starts = With("request")
