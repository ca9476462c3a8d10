"""What the counter could not answer reaches the editor, who closes the gap or says why not."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.materials.models import InfoSheet, OpenQuestion, WorkAid

LONGEST = 300


@command
def ask_question(
    *, actor: Actor, unit_id: UUID, topics: Sequence[str], language: str, text: str
) -> OpenQuestion:
    """Note a question that could not be answered, in one sentence and without names.

    Raises BadInput where there is no text or it is longer than 300 characters.
    """
    Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    actor.require(Permission.CONTACT_COUNT, unit=unit_id)
    text = " ".join(text.split())
    if not text:
        raise BadInput(_("Schreiben Sie in einem Satz, was Sie nicht beantworten konnten."))
    if len(text) > LONGEST:
        raise BadInput(
            _("Bitte fassen Sie die Frage kürzer: höchstens {limit} Zeichen.").format(limit=LONGEST)
        )
    question = OpenQuestion(
        unit_id=unit_id, asked_on=today(), topics=list(topics), language=language, text=text
    )
    question.save(force_insert=True)
    record(actor, "question.asked", question, unit=unit_id, topics=sorted(topics), language=language)
    return question


@command
def answer_question(*, actor: Actor, question_id: UUID, code: str = "", text: str = "") -> OpenQuestion:
    """Close a gap: name the sheet, the work aid or the service that answers it now, or write the answer.

    `code` is `sheet:code`, `aid:id` or `service:code`.
    """
    question = OpenQuestion.objects.select_for_update(of=("self",)).get(pk=question_id)
    actor.require(Permission.MATERIAL_EDIT, unit=question.unit_id)
    if not code and not text.strip():
        raise BadInput(_("Nennen Sie Blatt, Arbeitshilfe oder Angebot, oder schreiben Sie die Antwort."))
    _check(code)
    question.move("answer")
    question.answer_code, question.answer_text = code, text.strip()
    question.settled_on, question.settled_by = today(), actor.label
    question.save()
    record(actor, "question.answered", question, unit=question.unit_id, answer=code)
    return question


@command
def drop_question(*, actor: Actor, question_id: UUID, text: str = "") -> OpenQuestion:
    """Say that a question is not followed up, and why."""
    question = OpenQuestion.objects.select_for_update(of=("self",)).get(pk=question_id)
    actor.require(Permission.MATERIAL_EDIT, unit=question.unit_id)
    question.move("drop")
    question.answer_text, question.settled_on, question.settled_by = text.strip(), today(), actor.label
    question.save()
    record(actor, "question.dropped", question, unit=question.unit_id)
    return question


@command
def reopen_question(*, actor: Actor, question_id: UUID) -> OpenQuestion:
    """Take a question up again."""
    question = OpenQuestion.objects.select_for_update(of=("self",)).get(pk=question_id)
    actor.require(Permission.MATERIAL_EDIT, unit=question.unit_id)
    question.move("reopen")
    question.answer_code = question.answer_text = question.settled_by = ""
    question.settled_on = None
    question.save()
    record(actor, "question.reopened", question, unit=question.unit_id)
    return question


def _check(code: str) -> None:
    """A code that leads nowhere helps nobody; services are checked where the directory shows them."""
    kind, _colon, name = code.partition(":")
    if not code or (kind == "service" and name):
        return
    found = False
    if kind == "sheet":
        found = InfoSheet.objects.filter(code=name).exists()
    elif kind == "aid":
        try:
            found = WorkAid.objects.filter(pk=UUID(name), withdrawn_on=None).exists()
        except ValueError:
            found = False
    if not found:
        raise BadInput(_("Dieses Blatt oder diese Arbeitshilfe gibt es nicht. Bitte wählen Sie neu."))
