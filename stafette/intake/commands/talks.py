"""Begin a talk, let people join it, keep its frame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.intake.codes import DocumentCheck, Interpreting
from stafette.intake.data import Known
from stafette.intake.definition.values import fits, is_asked, options_of
from stafette.intake.models import (
    Answer,
    FormVersion,
    Interview,
    InterviewParticipant,
    ShortContact,
    form_definition,
    form_topics,
)
from stafette.intake.queries.talks import form_of_unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.rules.ages import Birth, is_younger_than
from stafette.people.models import Household, HouseholdMember, Person

MAJORITY = 18


@command
def start_interview(
    *,
    actor: Actor,
    household_id: UUID,
    person_ids: Sequence[UUID],
    language: str,
    interpreting: str,
    agreed: bool,
    document_check: str = DocumentCheck.NOT_DONE,
    known: Sequence[Known] = (),
    contact_id: UUID | None = None,
) -> Interview:
    """Begin a talk after the people were told that it is voluntary, or note that they do not want one.

    A refusal is a result of its own and keeps no answers; it has no consequence for the registration (T1).
    `known` are answers that were there before. A counted contact becomes this talk and is no longer counted.
    """
    household = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=household.unit_id)
    form = _form_for(household)
    _require_values(interpreting, document_check, language)
    at = now()
    interview = Interview(
        unit_id=household.unit_id,
        household=household,
        form=form,
        language=language,
        interpreting=interpreting,
        document_check=document_check,
        led_by_id=actor.id,
        started_at=at,
        saved_at=at,
    )
    if agreed:
        interview.agree(at=at, version=form.read().consent.version)
    else:
        interview.end("decline", at=at)
    interview.save(force_insert=True)
    participants = _participants(interview, _members(household, person_ids))
    InterviewParticipant.objects.bulk_create(participants)
    if agreed:
        Answer.objects.bulk_create(_known_answers(interview, participants, known))
    _convert_contact(contact_id, household.unit_id, at)
    children = sum(one.role == InterviewParticipant.Role.CHILD for one in participants)
    record(
        actor,
        "interview.started" if agreed else "interview.declined",
        interview,
        unit=household.unit_id,
        about=household.pk,
        adults=len(participants) - children,
        children=children,
        language=language,
    )
    return interview


@command
def agree_to_interview(*, actor: Actor, interview_id: UUID) -> Interview:
    """Note the agreement of people who said no at first: they may change their mind on the spot."""
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    if interview.state != Interview.State.DRAFT:
        raise RuleBroken(_("Dieses Gespräch ist beendet. Beginnen Sie ein neues."))
    interview.agree(at=now(), version=form_definition(interview.form_id).consent.version)
    interview.save(update_fields=["consent_at", "consent_version"])
    record(actor, "interview.agreed", interview, unit=interview.unit_id, about=interview.household_id)
    return interview


@command
def add_participant(*, actor: Actor, interview_id: UUID, person_id: UUID) -> InterviewParticipant:
    """Let a member of the household join the running talk."""
    interview = (
        Interview.objects.select_for_update(of=("self",)).select_related("household").get(pk=interview_id)
    )
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    if interview.state != Interview.State.DRAFT:
        raise RuleBroken(_("Das Gespräch ist beendet. Öffnen Sie es wieder, um jemanden aufzunehmen."))
    if interview.participants.filter(person=person_id).exists():
        raise RuleBroken(_("Diese Person nimmt schon am Gespräch teil."))
    (participant,) = _participants(interview, _members(interview.household, [person_id]))
    participant.save(force_insert=True)
    record(
        actor,
        "interview.joined",
        interview,
        unit=interview.unit_id,
        about=interview.household_id,
        person=person_id,
        role=participant.role,
    )
    return participant


@command
def change_frame(
    *,
    actor: Actor,
    interview_id: UUID,
    language: str,
    interpreting: str,
    document_check: str,
    proofs_forwarded_on: date | None = None,
) -> Interview:
    """Note how the talk was held and what came of looking at the papers.

    Of proofs under § 5(2) FreizügG/EU only the day on which they were forwarded is kept (T2). The same frame again
    changes nothing.
    """
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    if interview.state != Interview.State.DRAFT:
        raise RuleBroken(_("Das Gespräch ist beendet. Öffnen Sie es wieder, um etwas zu ändern."))
    _require_values(interpreting, document_check, language)
    if proofs_forwarded_on and proofs_forwarded_on > today():
        raise BadInput(_("Der Tag der Weiterleitung liegt in der Zukunft. Bitte prüfen Sie das Datum."))
    before = (
        interview.language,
        interview.interpreting,
        interview.document_check,
        interview.proofs_forwarded_on,
    )
    if before == (language, interpreting, document_check, proofs_forwarded_on):
        return interview
    interview.language, interview.interpreting = language, interpreting
    interview.document_check, interview.proofs_forwarded_on = document_check, proofs_forwarded_on
    interview.saved_at = now()
    interview.save(
        update_fields=["language", "interpreting", "document_check", "proofs_forwarded_on", "saved_at"]
    )
    record(
        actor,
        "interview.framed",
        interview,
        unit=interview.unit_id,
        about=interview.household_id,
        interpreting=interpreting,
        forwarded=proofs_forwarded_on is not None,
    )
    return interview


def _form_for(household: Household) -> FormVersion:
    form = form_of_unit(household.unit_id)
    if form is None:
        raise RuleBroken(
            _("Für Ihre Stelle ist kein Gesprächsbogen hinterlegt. Bitten Sie die Administration darum.")
        )
    if household.interviews.filter(state=Interview.State.DRAFT).exists():
        raise RuleBroken(_("Mit diesem Haushalt läuft schon ein Gespräch. Führen Sie es fort."))
    return form


def _require_values(interpreting: str, document_check: str, language: str) -> None:
    if interpreting not in Interpreting.values or document_check not in DocumentCheck.values:
        raise BadInput(_("Wählen Sie Verständigung und Ergebnis der Prüfung aus der Liste."))
    if not 2 <= len(language) <= 3:
        raise BadInput(_("Wählen Sie die Sprache des Gesprächs."))


def _members(household: Household, person_ids: Sequence[UUID]) -> list[Person]:
    wanted = set(person_ids)
    living = HouseholdMember.objects.filter(household=household, until_on=None, person__in=wanted)
    persons = [member.person for member in living.select_related("person")]
    if not wanted or len(persons) != len(wanted):
        raise BadInput(_("Wählen Sie mindestens eine Person, die zum Haushalt gehört."))
    return persons


def _participants(interview: Interview, persons: Sequence[Person]) -> list[InterviewParticipant]:
    """Children are those surely under 18; whose birth date leaves it open is spoken to as an adult."""
    roles = InterviewParticipant.Role
    return [
        InterviewParticipant(
            unit_id=interview.unit_id,
            interview=interview,
            person=person,
            role=roles.CHILD if _is_child(person) else roles.ADULT,
        )
        for person in persons
    ]


def _is_child(person: Person) -> bool:
    known = person.birth
    return bool(known.year and is_younger_than(Birth(known.year, known.month, known.day), MAJORITY, today()))


def _known_answers(
    interview: Interview, participants: Sequence[InterviewParticipant], known: Sequence[Known]
) -> list[Answer]:
    """Turn what is known into answers to be confirmed; what does not fit the form is left out."""
    form, topics = form_definition(interview.form_id), form_topics(interview.form_id)
    by_person = {one.person_id: one for one in participants}
    found: dict[tuple[str, Any], Answer] = {}
    for item in known:
        question = form.by_code.get(item.question)
        joined = by_person.get(item.person_id) if item.person_id else None
        if question is None or (item.person_id and joined is None):
            continue
        is_child = joined.role == InterviewParticipant.Role.CHILD if joined else None
        allowed = {option.code for option in options_of(question, form, topics)}
        if is_asked(question, is_child=is_child) and fits(question, item.value, allowed):
            found[item.question, item.person_id] = Answer(
                unit_id=interview.unit_id,
                interview=interview,
                participant=joined,
                question=item.question,
                status=Answer.Status.ANSWERED,
                value=item.value,
                source=Answer.Source.KNOWN,
            )
    return list(found.values())


def _convert_contact(contact_id: UUID | None, unit_id: UUID, at: Any) -> None:
    if contact_id is None:
        return
    contact = ShortContact.objects.select_for_update(of=("self",)).filter(pk=contact_id, unit=unit_id).first()
    if contact is not None and contact.can("convert"):
        contact.end("convert", at=at)
        contact.save(update_fields=["state", "ended_at"])
