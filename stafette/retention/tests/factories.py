"""A town through whose whole life the tests go: something of everything that is kept about people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.arrivals.models import ArrivalFile, ArrivalRow
from stafette.arrivals.tests.factories import ArrivalFactory, ImportFactory
from stafette.directory.tests.factories import ServiceFactory
from stafette.intake.tests.factories import AnswerFactory, InterviewFactory, ParticipantFactory
from stafette.kernel import rows
from stafette.kernel.clock import now, today, travel
from stafette.kernel.testing import as_owner
from stafette.outbox.tests.factories import MessageFactory, NoteFactory
from stafette.partners.commands import prepare_request, withdraw_request
from stafette.partners.tests.scenes import PartnerFactory
from stafette.people.commands import merge_persons
from stafette.people.models import Household
from stafette.people.tests.factories import (
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    PersonLanguageFactory,
)
from stafette.properties.models import Hint
from stafette.protection.commands import withdraw_consent
from stafette.referrals.commands import answer_follow_up, create_task, drop_follow_up, finish_task, signpost
from stafette.referrals.models import FollowUp, Task
from stafette.referrals.tests import scenes
from stafette.referrals.tests.factories import Town, make_town

ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 3, 2, 10, tzinfo=ZONE)
TRACES = {  # what may stay when everybody is gone: figures, marks, the report about the deletion, who works here
    "retention.Tombstone",
    "retention.Fact",
    "retention.PurgeFigure",
}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


@dataclass
class Life:
    """A town in which everything was done and ended; `other` is a household that nobody helped yet."""

    town: Town
    other: Household
    referral_id: object
    officer: object


def make_life() -> Life:
    with travel(BEGIN):
        town = make_town()
        unit = town.clearing
        PersonLanguageFactory(person=town.mother)
        merge_persons(actor=town.clerk, kept_id=town.mother.pk, dropped_id=PersonFactory(unit=unit).pk)
        other = HouseholdMemberFactory(household=HouseholdFactory(unit=unit)).household
        talks(town, other)
        arrivals(town)
        with as_owner():
            Hint.objects.create(
                unit=town.housing, street="Ringweg", indication="overcrowding", due_on=today(),
                received_on=today(), state="closed", result="no_defect", closed_on=today(),
            )  # fmt: skip
        MessageFactory(unit=unit)
        NoteFactory(unit=unit)
        task = create_task(
            actor=town.clerk, unit_id=unit.pk, title="Rückruf", next_on=today() + timedelta(days=3),
            household_id=town.household.pk,
        )  # fmt: skip
        finish_task(actor=town.clerk, task_id=task.pk)
        signpost(
            actor=town.clerk,
            unit_id=unit.pk,
            finding_id=town.finding("advice_wanted").pk,
            service_id=ServiceFactory(topics=["x"]).pk,
        )
        asked(town)
        referral = scenes.done(town)
        officer = MembershipFactory(role=Role.DATA_PROTECTION, unit=unit).user
    end_follow_ups(town)
    return Life(town, other, referral.pk, officer)


def talks(town, other):
    for household in (town.household, other):
        interview = InterviewFactory(
            unit=town.clearing, household=household, state="finished", finished_at=now(), consent_at=now(),
        )  # fmt: skip
        AnswerFactory(interview=interview)
    ParticipantFactory(interview=interview, person=HouseholdMemberFactory(household=other).person)


def arrivals(town):
    source = ImportFactory(unit=town.clearing, state="applied", applied_at=now())
    with as_owner():
        ArrivalFile.objects.create(unit=town.clearing, source=source, content=b"Name")
        ArrivalRow.objects.create(
            unit=town.clearing, source=source, number=1, outcome="new", fingerprint=7, person=town.mother,
            family_name="Petrowa",
        )  # fmt: skip
    ArrivalFactory(
        household=town.household, unit=town.clearing, source=source, state="talk_held", closed_on=today()
    )


def asked(town):
    request = prepare_request(
        actor=town.clerk, household_id=town.household.pk, partner_id=PartnerFactory(keeper=town.clearing).pk,
        question="attends", person_id=town.child.pk,
    )  # fmt: skip
    withdraw_request(actor=town.clerk, request_id=request.pk)


def end_follow_ups(town):
    """The first is answered, the second dropped, each when its day comes."""
    with as_owner():
        planned = list(FollowUp.objects.filter(is_open=True).order_by("next_on"))
    for number, follow_up in enumerate(planned):
        actor = town.worker if follow_up.unit_id == town.outreach.pk else town.clerk
        with travel(at(follow_up.next_on)):
            if number == 0:
                answer_follow_up(actor=actor, follow_up_id=follow_up.pk, result="lasts")
            else:
                drop_follow_up(actor=actor, follow_up_id=follow_up.pk, drop_reason="no_consent")
    with travel(at(date(2026, 7, 1))):
        from stafette.kernel.scope import acting
        from stafette.protection.models import Consent

        with acting(town.clerk):
            consents = list(Consent.objects.filter(withdrawn_at=None).values_list("pk", flat=True))
        for consent_id in consents:
            withdraw_consent(actor=town.clerk, consent_id=consent_id)
        with as_owner():
            checks = list(Task.objects.filter(is_open=True).values_list("pk", "unit_id"))
        for task_id, unit_id in checks:  # whoever withdrew is asked what may go
            finish_task(actor=town.worker if unit_id == town.outreach.pk else town.clerk, task_id=task_id)


def counts() -> dict[str, int]:
    """How many rows about people each table holds."""
    with as_owner():
        return {
            model._meta.label: number
            for model in rows.protected_models()
            if (number := model._default_manager.count())
        }


def dump(*labels: str) -> dict[str, list[tuple]]:
    """All rows of some tables, as a backup holds them."""
    found = {}
    with as_owner(), connection.cursor() as cursor:
        for label in labels:
            table = apps.get_model(label)._meta.db_table
            cursor.execute(f'select * from "{table}"')
            found[table] = ([column.name for column in cursor.description], cursor.fetchall())
    return found


def restore(backup) -> None:
    """Put the rows of a backup back, whatever stands there now."""
    with as_owner(), connection.cursor() as cursor:
        for table, (columns, lines) in backup.items():
            names = ", ".join(f'"{name}"' for name in columns)
            places = ", ".join(["%s"] * len(columns))
            for line in lines:
                cursor.execute(
                    f'insert into "{table}" ({names}) values ({places}) on conflict do nothing', line
                )
