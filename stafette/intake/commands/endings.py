"""Finish a talk and derive what follows; decline, abandon, reopen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.intake.derivation import derive
from stafette.intake.models import Interview, InterviewParticipant
from stafette.intake.queries.facts import facts_of
from stafette.intake.queries.talks import TalkView, talk_view
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.commands import change_person
from stafette.people.data import PersonData
from stafette.people.queries.duplicates import data_of
from stafette.referrals.commands import record_findings

CONTACT = (
    "contact_channel",
    "contact_value",
    "contact_language",
)  # questions named like the person's own fields


@command
def finish_interview(*, actor: Actor, interview_id: UUID) -> Interview:
    """Close the talk, carry over how people can be reached, and derive what follows.

    Findings are derived from what was said only. Finishing a reopened talk again adds what is new and repeats
    nothing: a finding that stands open is not made twice.
    """
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    if interview.consent_at is None and interview.state == Interview.State.DRAFT:
        raise RuleBroken(_("Ohne Einverständnis gibt es kein Gespräch. Wählen Sie „Gespräch abgelehnt“."))
    interview.end("finish", at=now())
    interview.save(update_fields=["state", "finished_at"])
    view = talk_view(actor=actor, interview_id=interview_id)
    assert view is not None
    _carry_over(actor, view)
    findings = derive(facts_of(view, on=today()))
    record_findings(
        actor=actor, unit_id=interview.unit_id, household_id=interview.household_id, findings=findings
    )
    record(
        actor,
        "interview.finished",
        interview,
        unit=interview.unit_id,
        about=interview.household_id,
        adults=view.adults,
        children=view.children,
        findings=[finding.code for finding in findings],
    )
    return interview


@command
def decline_interview(*, actor: Actor, interview_id: UUID) -> Interview:
    """Note that the people do not want the talk after all: consent and what they said so far are deleted."""
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    interview.end("decline", at=now())
    interview.consent_at, interview.consent_version = None, ""
    interview.answers.all().delete()
    interview.assessments.all().delete()
    interview.save(update_fields=["state", "finished_at", "consent_at", "consent_version"])
    record(actor, "interview.declined", interview, unit=interview.unit_id, about=interview.household_id)
    return interview


@command
def abandon_interview(*, actor: Actor, interview_id: UUID) -> Interview:
    """Stop a talk that cannot go on now; its answers stay, so that it can be taken up again."""
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    interview.end("abandon", at=now())
    interview.save(update_fields=["state", "finished_at"])
    record(actor, "interview.abandoned", interview, unit=interview.unit_id, about=interview.household_id)
    return interview


@command
def reopen_interview(*, actor: Actor, interview_id: UUID) -> Interview:
    """Take a finished or abandoned talk up again, for instance when a paper was found the next day."""
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview_id)
    actor.require(Permission.INTERVIEW_EDIT, unit=interview.unit_id)
    others = Interview.objects.filter(household=interview.household_id, state=Interview.State.DRAFT)
    if others.exists():
        raise RuleBroken(_("Mit diesem Haushalt läuft schon ein Gespräch. Führen Sie es fort."))
    interview.reopen()
    interview.save(update_fields=["state", "finished_at"])
    record(actor, "interview.reopened", interview, unit=interview.unit_id, about=interview.household_id)
    return interview


def _carry_over(actor: Actor, view: TalkView) -> None:
    """Keep with the person how they want to be reached and what they speak: hand-overs take it from there."""
    if not actor.may(Permission.PERSON_EDIT, unit=view.interview.unit_id):
        return
    for participant in view.participants:
        before = data_of(participant.person)
        after = replace(before, **dict(_said(view, participant, before)))
        if after != before:
            change_person(
                actor=actor,
                person_id=participant.person_id,
                data=after,
                source="person",
                source_date=today(),
                about=view.interview.household_id,
            )


def _said(view: TalkView, participant: InterviewParticipant, before: PersonData) -> Iterator[tuple[str, Any]]:
    for name in CONTACT:
        value = view.value(name, participant.pk)
        if value and not (name == "contact_channel" and _is_same_channel(before.contact_channel, value)):
            yield name, value
    is_adult = participant.role == InterviewParticipant.Role.ADULT
    if is_adult and not before.contact_language and not view.value("contact_language", participant.pk):
        yield "contact_language", view.interview.language  # consent is asked for in the language of the talk
    languages = dict(before.languages)
    mother, german = view.value("mother_tongue", participant.pk), view.value("german_level", participant.pk)
    spoken = dict.fromkeys(view.value("other_languages", participant.pk) or [], "")
    spoken |= {"de": german} if german else {}
    spoken |= {mother: "mother"} if mother else {}
    told = {
        code: level for code, level in spoken.items() if code != "xx" and (level or code not in languages)
    }
    if told:
        yield "languages", tuple({**languages, **told}.items())


def _is_same_channel(stored: str, said: str) -> bool:
    return stored == said or (stored, said) == ("mobile", "phone")
