"""The only noun of this room: what somebody said about a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class PageRemark(BaseModel):
    """A reader's remark about a page or a sheet; about a service it is a signal of the directory instead.

    `page` is the name or code of the page, `reason` a code, `text` a few words without names: the form asks for none
    and says so, and they go after half a year (commands/feedback.py). No address, no time of the day, nothing of the
    browser is kept.
    """

    class Reason(models.TextChoices):
        CLOSED = "closed", _("gibt es nicht mehr oder ist geschlossen")
        PHONE = "phone", _("Telefonnummer stimmt nicht")
        ADDRESS = "address", _("Adresse stimmt nicht")
        HOURS = "hours", _("Zeiten stimmen nicht")
        LANGUAGE = "language", _("diese Sprache wird dort nicht gesprochen")
        TEXT = "text", _("Text ist falsch oder unverständlich")
        OTHER = "other", _("etwas anderes")

    page = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    reason = models.CharField(max_length=8, choices=Reason.choices)
    text = models.CharField(max_length=400, blank=True)
    noted_on = models.DateField()
    settled_on = models.DateField(null=True)

    class Meta:
        ordering = ["noted_on", "id"]

    class Privacy:
        purpose = "Hinweise von Leserinnen und Lesern zu den öffentlichen Seiten, ohne Angaben zur Person"
        owners = ()
        plain = {"id", "created_at", "page", "language", "reason", "text", "noted_on", "settled_on"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Hinweise zu Seiten, ohne Bezug zu Menschen")
