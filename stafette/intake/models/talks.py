"""The voluntary talk after arrival: apart from the registration, with a consent of its own (T1, § 3 and § 24 BMG)."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.intake.codes import DocumentCheck, Interpreting, Outlook, Status
from stafette.intake.models.forms import FormVersion
from stafette.kernel.keeping import Asked, With
from stafette.kernel.models import BaseModel, Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household, Person

OWNERS = (Owner("unit", view=Permission.INTERVIEW_VIEW, edit=Permission.INTERVIEW_EDIT),)
PURPOSE = "Nach der Ankunft beraten und zu Hilfen vermitteln"


class Interview(Stateful):
    """One talk with a household: 240 talks are not 314 people (W-20).

    `consent_at` says when the people agreed to the talk itself after the explanation `consent_version`;
    nothing may be answered before. A refused talk keeps only that it was refused.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("in Arbeit")
        FINISHED = "finished", _("abgeschlossen")
        DECLINED = "declined", _("abgelehnt")
        ABANDONED = "abandoned", _("abgebrochen")

    MOVES: ClassVar = {
        "finish": ({State.DRAFT}, State.FINISHED),
        "decline": ({State.DRAFT}, State.DECLINED),
        "abandon": ({State.DRAFT}, State.ABANDONED),
        "reopen": ({State.FINISHED, State.ABANDONED}, State.DRAFT),
    }
    PEN: ClassVar = {State.DRAFT: "unit"}
    NAMES: ClassVar = {
        "finish": _("Abschließen"),
        "decline": _("Abgelehnt"),
        "abandon": _("Abbrechen"),
        "reopen": _("Wieder öffnen"),
    }

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="interviews")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    language = models.CharField(max_length=3)
    interpreting = models.CharField(max_length=9, choices=Interpreting.choices)
    consent_at = models.DateTimeField(null=True)
    consent_version = models.CharField(max_length=20, blank=True)
    document_check = models.CharField(
        max_length=8, choices=DocumentCheck.choices, default=DocumentCheck.NOT_DONE
    )
    proofs_forwarded_on = models.DateField(null=True)
    led_by_id = models.UUIDField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-started_at", "-id"], name="interview_list"),
            models.Index(fields=["household", "-started_at"], name="interview_of_household"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="draft"), name="interview_draft_once_per_household"
            ),
            models.CheckConstraint(
                name="interview_finished_at_fits_state",
                condition=(Q(state="draft") & Q(finished_at=None))
                | (~Q(state="draft") & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="interview_finished_needs_consent",
                condition=~Q(state="finished") | Q(consent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="interview_consent_names_its_text",
                condition=(Q(consent_at=None) & Q(consent_version=""))
                | (Q(consent_at__isnull=False) & ~Q(consent_version="")),
            ),
        ]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {
            *("id", "created_at", "unit", "form", "state", "interpreting", "consent_version", "led_by_id"),
            *("started_at", "finished_at", "saved_at"),
        }
        personal = {"household", "language", "consent_at", "proofs_forwarded_on"}
        sensitive = {"document_check"}
        retention = "L2"
        starts = Asked("talk")

    def agree(self, *, at: datetime, version: str) -> None:
        """Note that the people agreed to the talk after they were told what it is."""
        self.consent_at, self.consent_version = at, version

    def end(self, move: str, *, at: datetime) -> None:
        """Finish, decline or abandon."""
        self.move(move)
        self.finished_at = at

    def reopen(self) -> None:
        """Go back to the draft, with all answers."""
        self.move("reopen")
        self.finished_at = None


class InterviewParticipant(BaseModel):
    """Who took part or was spoken of: adults and children are counted apart."""

    class Role(models.TextChoices):
        ADULT = "adult", _("erwachsen")
        CHILD = "child", _("Kind")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=5, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "person"], name="participant_once")]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit", "role"}
        personal = {"interview", "person"}
        sensitive: set[str] = set()
        retention = "L2"
        starts = With("interview")


class Answer(BaseModel):
    """What was said to one question: an answer, a refusal, or nothing because nobody asked.

    No row means "not asked" too. `source` tells what came from the registration before the person said it.
    """

    Status = Status

    class Source(models.TextChoices):
        TALK = "talk", _("im Gespräch")
        KNOWN = "known", _("aus dem Zuzug übernommen")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey(
        InterviewParticipant, null=True, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.SlugField(max_length=40)
    status = models.CharField(max_length=9, choices=Status.choices)
    value = models.JSONField(null=True)
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.TALK)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "question", "participant"], name="answer_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="answer_value_fits_status",
                condition=(Q(status="answered") & Q(value__isnull=False))
                | (~Q(status="answered") & Q(value__isnull=True)),
            ),
        ]

    class Privacy:
        purpose = PURPOSE
        owners = OWNERS
        plain = {"id", "created_at", "unit", "question", "status", "source"}
        personal = {"interview", "participant"}
        sensitive = {"value"}
        retention = "L2"
        starts = With("interview")


class Handout(BaseModel):
    """What information was given along, and in which language."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="handouts")
    material = models.SlugField(max_length=40)
    language = models.CharField(max_length=3)
    handed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "material"], name="handout_once")]

    class Privacy:
        purpose = "Wissen, welche Information in welcher Sprache mitgegeben wurde"
        owners = OWNERS
        plain = {"id", "created_at", "unit", "material", "language", "handed_on"}
        personal = {"interview"}
        sensitive: set[str] = set()
        retention = "L2"
        starts = With("interview")


class StayAssessment(BaseModel):
    """What a clerk thought on a day about how long the household will stay: dated and signed, never a label (W-22).

    A later talk adds another; nothing is overwritten. Used only to propose long-term advice.
    """

    Outlook = Outlook

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="assessments")
    outlook = models.CharField(max_length=7, choices=Outlook.choices)
    assessed_on = models.DateField()
    assessed_by_id = models.UUIDField()
    assessed_by_label = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["interview", "-created_at"], name="assessment_latest")]

    class Privacy:
        purpose = "Beratung für Menschen vorschlagen, die länger bleiben"
        owners = OWNERS
        plain = {"id", "created_at", "unit", "assessed_on"}
        personal = {"interview", "outlook", "assessed_by_id", "assessed_by_label"}
        sensitive: set[str] = set()
        retention = "L2"
        starts = With("interview")
