"""Services outside the administration that clerks point people to; no people stand here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel


class Service(BaseModel):
    """An offer: where, in which languages, when, and when somebody last made sure that this is true."""

    code = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=200)
    provider = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    hours = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "id"]

    class Privacy:
        purpose = "Verweisberatung zu Diensten außerhalb der Verwaltung"
        owners = ()
        plain = {
            *(
                "id",
                "created_at",
                "code",
                "name",
                "provider",
                "summary",
                "topics",
                "languages",
                "address",
                "phone",
            ),
            *("email", "website", "hours", "verified_on", "is_active"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Katalog der Angebote")

    def __str__(self) -> str:
        return self.name
