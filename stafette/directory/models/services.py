"""What is offered, and what it is called in other languages."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.directory.models.providers import CATALOGUE, Organization
from stafette.kernel.clock import today
from stafette.kernel.models import BaseModel

RHYTHM_DAYS = 90  # [default] partner data every three months (domain.md 8.6)


class Status(models.TextChoices):
    """Whether a service exists, in the words of HSDS 3.0."""

    ACTIVE = "active", _("besteht")
    PAUSED = "temporarily closed", _("vorübergehend geschlossen")
    INACTIVE = "inactive", _("ruht")
    DEFUNCT = "defunct", _("gibt es nicht mehr")


LISTED = (Status.ACTIVE, Status.PAUSED)


class Service(BaseModel):
    """An offer: what for, for whom, in which languages, and when somebody last made sure that this is true.

    `statuses` (codes of domain.md 9.2) and `target_groups` say for whom it is; empty means for everybody. Ages are
    whole years. `assured_at` is the last confirmation by a human being, `confirm_days` how long one holds.
    """

    class Room(models.TextChoices):
        OPEN = "open", _("nimmt auf")
        WAITING = "waiting", _("Warteliste")
        FULL = "full", _("nimmt zurzeit niemanden auf")

    code = models.SlugField(unique=True, max_length=80)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=18, choices=Status.choices, default=Status.ACTIVE)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    leika_keys = ArrayField(models.CharField(max_length=14), default=list)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    interpretation_services = models.CharField(max_length=300, blank=True)
    target_groups = ArrayField(models.CharField(max_length=40), default=list)
    statuses = ArrayField(models.PositiveSmallIntegerField(), default=list)
    eligibility = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    application_process = models.TextField(blank=True)
    fees = models.CharField(max_length=400, blank=True)
    is_free = models.BooleanField(null=True)
    accreditations = models.CharField(max_length=400, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    room = models.CharField(max_length=7, choices=Room.choices, default=Room.OPEN)
    waiting_weeks = models.PositiveSmallIntegerField(null=True)
    alert = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=True)
    assured_at = models.DateField(null=True)
    assured_by = models.CharField(max_length=200, blank=True)
    confirm_days = models.PositiveSmallIntegerField(default=RHYTHM_DAYS)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    extra = models.JSONField(default=dict)

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["status", "assured_at"], name="service_by_age")]
        constraints = [
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(minimum_age=None)
                | Q(maximum_age=None)
                | Q(maximum_age__gte=models.F("minimum_age")),
            ),
        ]

    class Privacy:
        purpose = "Verweisberatung: welches Angebot es für wen gibt"
        owners = ()
        plain = {
            *("id", "created_at", "code", "organization", "name", "alternate_name", "summary"),
            *("description", "status", "topics", "leika_keys", "languages", "interpretation_services"),
            *("target_groups", "statuses", "eligibility", "minimum_age", "maximum_age"),
            *("application_process", "fees", "is_free", "accreditations", "email", "website", "room"),
            *("waiting_weeks", "alert", "is_public", "assured_at", "assured_by", "confirm_days"),
            *("origin", "origin_id", "changed_at", "extra"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE

    def __str__(self) -> str:
        return self.name

    @property
    def is_listed(self) -> bool:
        """Whether people may still be sent there, if only later."""
        return self.status in LISTED

    @property
    def confirm_on(self) -> date:
        """The day on which the entry asks for its next confirmation; today where nobody ever gave one."""
        return self.assured_at + timedelta(days=self.confirm_days) if self.assured_at else today()

    @property
    def is_stale(self) -> bool:
        """Whether the last confirmation is older than its rhythm allows."""
        return self.assured_at is None or self.confirm_on < today()

    @property
    def german_digest(self) -> str:
        """A fingerprint of the German words; a translation that was made for another one is outdated."""
        words = [getattr(self, name) for name in ServiceText.WORDS]
        return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()[:32]


class ServiceText(BaseModel):
    """The words of a service in another language, made for one wording of the German ones."""

    WORDS = ("name", "summary", "description", "eligibility", "application_process", "fees", "alert")

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        APPROVED = "approved", _("freigegeben")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    eligibility = models.TextField(blank=True)
    application_process = models.TextField(blank=True)
    fees = models.CharField(max_length=400, blank=True)
    alert = models.CharField(max_length=300, blank=True)
    documents = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    made_for = models.CharField(max_length=32)
    approved_on = models.DateField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "language"], name="service_text_once"),
            models.CheckConstraint(
                name="service_text_approved_on_fits",
                condition=Q(state="draft", approved_on=None) | Q(state="approved", approved_on__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Angebote in den Sprachen der Ratsuchenden"
        owners = ()
        plain = {
            *("id", "created_at", "service", "language", "name", "summary", "description", "eligibility"),
            *("application_process", "fees", "alert", "documents", "state", "made_for", "approved_on"),
            "changed_at",
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE
