"""Talks: the list, and everything that one talk's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from stafette.intake.access import answers_visible_to, assessments_visible_to, handouts_visible_to, visible_to
from stafette.intake.definition import FormDefinition, Option, TopicListDefinition
from stafette.intake.models import (
    Answer,
    FormVersion,
    Handout,
    Interview,
    InterviewParticipant,
    StayAssessment,
    form_definition,
    form_topics,
)
from stafette.intake.queries.handing import offered_materials
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission

TALK_STATES = Interview.State.choices


def units_with_talks(actor: Actor) -> list[UUID]:
    """Units for which the actor may hold talks and which have a form."""
    units = actor.units(Permission.INTERVIEW_EDIT)
    return list(FormVersion.objects.filter(unit__in=units).values_list("unit", flat=True).distinct())


def form_of_unit(unit_id: UUID) -> FormVersion | None:
    """The newest version of the unit's form; talks begun with an older one keep it."""
    return (
        FormVersion.objects.filter(unit=unit_id).defer("content").order_by("-created_at", "-version").first()
    )


def interviews(*, actor: Actor) -> QuerySet[Interview]:
    """Talks with their household and the number of adults and children, the newest first."""
    roles = InterviewParticipant.Role
    mine = ExpressionWrapper(Q(led_by_id=actor.id), output_field=BooleanField())
    found = visible_to(actor).select_related("household")
    counted = found.annotate(adults=_count(roles.ADULT), children=_count(roles.CHILD), is_mine=mine)
    return counted.order_by("-started_at", "-id")


def _count(role: str) -> Coalesce:
    """Count per shown row, not over the whole table before the page is cut."""
    rows = InterviewParticipant.objects.filter(interview=OuterRef("pk"), role=role).order_by()
    return Coalesce(Subquery(rows.values("interview").annotate(n=Count("pk")).values("n")), 0)


@dataclass(frozen=True)
class TalkView:
    """One talk as a page needs it: definition, people in order, answers by (question, participant)."""

    interview: Interview
    form: FormDefinition
    topics: TopicListDefinition | None
    participants: tuple[InterviewParticipant, ...]
    answers: dict[tuple[str, UUID | None], Answer]
    handouts: tuple[Handout, ...]
    assessment: StayAssessment | None

    @cached_property
    def adults(self) -> int:
        """How many adults took part."""
        return sum(one.role == InterviewParticipant.Role.ADULT for one in self.participants)

    @cached_property
    def children(self) -> int:
        """How many children were spoken of."""
        return len(self.participants) - self.adults

    @cached_property
    def materials(self) -> tuple[Option, ...]:
        """What can be handed out, in German and in the language of the talk; read only where it is shown."""
        return offered_materials(self.form, self.interview.language)

    def value(self, question: str, participant_id: UUID | None = None) -> Any:
        """Return an answered value; None where nothing was said."""
        answer = self.answers.get((question, participant_id))
        return answer.value if answer and answer.status == Answer.Status.ANSWERED else None


def talk_view(*, actor: Actor, interview_id: UUID) -> TalkView | None:
    """Load one talk with its answers in a handful of queries; None where the actor sees none."""
    participants = InterviewParticipant.objects.select_related("person").order_by(
        "role", "person__birth_year", "person__birth_month", "person__birth_day", "id"
    )
    interview = (
        visible_to(actor)
        .select_related("household", "unit__authority")
        .prefetch_related(
            Prefetch("participants", participants, to_attr="people"),
            Prefetch("answers", answers_visible_to(actor), to_attr="said"),
            Prefetch("handouts", handouts_visible_to(actor).order_by("material"), to_attr="given"),
            Prefetch(
                "assessments", assessments_visible_to(actor).order_by("-created_at", "-id"), to_attr="judged"
            ),
        )
        .filter(pk=interview_id)
        .first()
    )
    if interview is None:
        return None
    loaded: Any = interview
    return TalkView(
        interview=interview,
        form=form_definition(interview.form_id),
        topics=form_topics(interview.form_id),
        participants=tuple(loaded.people),
        answers={(answer.question, answer.participant_id): answer for answer in loaded.said},
        handouts=tuple(loaded.given),
        assessment=loaded.judged[0] if loaded.judged else None,
    )


def outlook_of(view: TalkView) -> tuple[str, str]:
    """The latest assessment of the stay and, in words, of when and by whom it is."""
    found = view.assessment
    if found is None:
        return "", ""
    return found.outlook, f"Einschätzung vom {found.assessed_on:%d.%m.%Y}, {found.assessed_by_label}"
