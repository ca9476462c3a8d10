"""Write down what was said, what was handed out, and how the clerk judges the stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.intake.data import Said
from stafette.intake.definition import FormDefinition
from stafette.intake.definition.values import fits, is_asked, options_of
from stafette.intake.models import (
    Answer,
    Handout,
    Interview,
    InterviewParticipant,
    StayAssessment,
    form_definition,
    form_topics,
)
from stafette.intake.queries.handing import known_materials
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission


@command
def save_answers(*, actor: Actor, interview_id: UUID, answers: Sequence[Said]) -> int:
    """Save what was said so far; returns how many answers changed.

    Saving the same twice changes nothing and leaves no trace, so that drafts may be saved as often as one likes.
    What is not named stays as it is.
    """
    interview = _open_draft(interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    _require_fitting(interview, answers)
    stored = {(one.question, one.participant_id): one for one in interview.answers.all()}
    new, changed = [], []
    for said in answers:
        answer = stored.get((said.question, said.participant_id))
        if answer is None and said.status != Answer.Status.NOT_ASKED:
            new.append(_answer(interview, said))
        elif answer is not None and (answer.status, answer.value) != (said.status, said.value):
            answer.status, answer.value, answer.source = said.status, said.value, Answer.Source.TALK
            changed.append(answer)
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_update(changed, ["status", "value", "source"])
    interview.saved_at = now()
    interview.save(update_fields=["saved_at"])
    if new or changed:
        count = len(new) + len(changed)
        record(actor, "interview.answered", interview, unit=interview.unit_id, count=count)
    return len(new) + len(changed)


@command
def hand_out(*, actor: Actor, interview_id: UUID, materials: Mapping[str, str]) -> int:
    """Note which information was given along, in which language; `materials` is the whole list.

    Returns how many entries changed; saving the same twice changes nothing.
    """
    interview = _open_draft(interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    known = known_materials(form_definition(interview.form_id)) | set(
        interview.handouts.values_list("material", flat=True)
    )
    if not set(materials) <= known:
        raise BadInput(_("Dieses Material steht nicht in der Liste. Bitte laden Sie die Seite neu."))
    stored = {one.material: one for one in interview.handouts.all()}
    gone = [one.pk for material, one in stored.items() if materials.get(material) != one.language]
    new = [
        Handout(
            unit_id=interview.unit_id,
            interview=interview,
            material=material,
            language=language,
            handed_on=today(),
        )
        for material, language in materials.items()
        if material not in stored or stored[material].language != language
    ]
    Handout.objects.filter(pk__in=gone).delete()
    Handout.objects.bulk_create(new)
    if gone or new:
        record(actor, "interview.handed_out", interview, unit=interview.unit_id, materials=sorted(materials))
    return len(new) + len(gone)


@command
def assess_stay(*, actor: Actor, interview_id: UUID, outlook: str) -> StayAssessment:
    """Add the clerk's own dated judgement of the stay; those of other days and colleagues stay beside it.

    Within one day the same person corrects the own judgement instead of adding another.
    """
    interview = _open_draft(interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    if outlook not in StayAssessment.Outlook.values:
        raise BadInput(_("Wählen Sie eine Einschätzung aus der Liste."))
    last = interview.assessments.order_by("-created_at", "-id").first()
    own = last if last and (last.assessed_by_id, last.assessed_on) == (actor.id, today()) else None
    if own and own.outlook == outlook:
        return own
    assessment = own or StayAssessment(unit_id=interview.unit_id, interview=interview)
    assessment.outlook, assessment.assessed_on = outlook, today()
    assessment.assessed_by_id, assessment.assessed_by_label = actor.id, actor.label
    assessment.save()
    record(actor, "interview.assessed", interview, unit=interview.unit_id, about=interview.household_id)
    return assessment


def _open_draft(interview_id: UUID) -> Interview:
    """Lock the talk for writing; one that ended takes no more answers."""
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview_id)
    if interview.state != Interview.State.DRAFT:
        raise RuleBroken(
            _("Dieses Gespräch ist beendet („{state}“). Öffnen Sie es wieder, um etwas zu ändern.").format(
                state=Interview.State(interview.state).label
            )
        )
    if interview.consent_at is None:
        raise RuleBroken(_("Fragen Sie zuerst, ob die Person mit dem Gespräch einverstanden ist."))
    return interview


def _answer(interview: Interview, said: Said) -> Answer:
    return Answer(
        unit_id=interview.unit_id,
        interview=interview,
        participant_id=said.participant_id,
        question=said.question,
        status=said.status,
        value=said.value,
    )


def _require_fitting(interview: Interview, answers: Sequence[Said]) -> None:
    """Refuse what is no answer to a question of this talk's form."""
    form, topics = form_definition(interview.form_id), form_topics(interview.form_id)
    roles = dict(interview.participants.values_list("pk", "role"))
    for said in answers:
        question = form.by_code.get(said.question)
        if question is None or not _is_asked(form, said, roles):
            raise BadInput(_("Eine Antwort passt zu keiner Frage. Bitte laden Sie die Seite neu."))
        is_answer = said.status == Answer.Status.ANSWERED
        allowed = {option.code for option in options_of(question, form, topics)}
        if said.status not in Answer.Status.values or (is_answer and not fits(question, said.value, allowed)):
            raise BadInput(
                _("„{question}“: Diese Antwort ist nicht möglich.").format(question=question.wording["de"])
            )
        if not is_answer and said.value is not None:
            raise BadInput(_("Nicht gefragt oder keine Angabe: dann gibt es keinen Wert."))


def _is_asked(form: FormDefinition, said: Said, roles: Mapping[UUID, str]) -> bool:
    question = form.by_code[said.question]
    if said.participant_id is None:
        return is_asked(question, is_child=None)
    role = roles.get(said.participant_id)
    return role is not None and is_asked(question, is_child=role == InterviewParticipant.Role.CHILD)
