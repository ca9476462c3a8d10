"""From the answers of a talk to the plain facts that rules may use."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from stafette.intake.derivation import HouseholdFacts, PersonFacts
from stafette.intake.models import Answer, InterviewParticipant
from stafette.intake.queries.talks import TalkView, outlook_of
from stafette.kernel.rules.ages import Birth
from stafette.people.birthdates import BirthDate


def facts_of(view: TalkView, *, on: date) -> HouseholdFacts:
    """Take only what was answered: not asked and declined are left out, so that no rule can build on them."""
    outlook, note = outlook_of(view)
    return HouseholdFacts(
        on=on,
        land=view.interview.unit.authority.land,
        persons=tuple(
            PersonFacts(
                id=one.person_id,
                is_child=one.role == InterviewParticipant.Role.CHILD,
                birth=_birth(one.person.birth),
                answers=_answers(view, one.pk),
            )
            for one in view.participants
        ),
        answers=_answers(view, None),
        outlook=outlook,
        outlook_note=note,
        topic_words={topic.code: topic.words["de"] for topic in view.topics.topics} if view.topics else {},
    )


def _answers(view: TalkView, participant_id: UUID | None) -> dict[str, Any]:
    return {
        question: answer.value
        for (question, said_by), answer in view.answers.items()
        if said_by == participant_id and answer.status == Answer.Status.ANSWERED
    }


def _birth(known: BirthDate) -> Birth | None:
    return Birth(known.year, known.month, known.day) if known.year else None
