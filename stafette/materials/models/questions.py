"""What the counter could not answer: the gaps of directory and sheets, without anybody's name."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.kernel.keeping import Asked
from stafette.kernel.models import Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner


class OpenQuestion(Stateful):
    """A question in one sentence, what it is about and in which language it was asked; an editor closes the gap.

    `answer_code` names what answers it now: `sheet:code`, `aid:id` or `service:code`. The form asks for no names and
    hints at telling words, but nothing keeps anybody from typing one: so a question goes half a year after it was
    settled, and a year after it was asked at the latest (retention/starts.py).
    """

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        ANSWERED = "answered", _("beantwortet")
        DROPPED = "dropped", _("nicht verfolgt")

    MOVES: ClassVar = {
        "answer": ({State.OPEN}, State.ANSWERED),
        "drop": ({State.OPEN}, State.DROPPED),
        "reopen": ({State.ANSWERED, State.DROPPED}, State.OPEN),
    }
    NAMES: ClassVar = {
        "answer": _("Beantworten"),
        "drop": _("Nicht verfolgen"),
        "reopen": _("Wieder öffnen"),
    }
    PEN: ClassVar = {State.OPEN: "editor"}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    topics = ArrayField(models.CharField(max_length=60), default=list)
    language = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer_code = models.CharField(max_length=100, blank=True)
    answer_text = models.CharField(max_length=600, blank=True)
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["asked_on", "id"]
        indexes = [models.Index(fields=["state", "asked_on"], name="open_question_by_state")]
        constraints = [
            models.CheckConstraint(
                name="open_question_settled_fits",
                condition=Q(state="open", settled_on=None) | ~Q(state="open") & Q(settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="open_question_answer_fits",
                condition=~Q(state="answered") | ~Q(answer_code="") | ~Q(answer_text=""),
            ),
        ]

    class Privacy:
        purpose = "Lücken der Auskunft finden und schließen; ohne Angaben zur Person"
        owners = (
            Owner(
                "unit",
                view=(Permission.CONTACT_COUNT, Permission.MATERIAL_EDIT),
                edit=(Permission.CONTACT_COUNT, Permission.MATERIAL_EDIT),
            ),
        )
        plain = {
            *("id", "created_at", "unit", "asked_on", "topics", "language", "text", "state", "answer_code"),
            *("answer_text", "settled_on", "settled_by"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L2"
        starts = Asked("question")
