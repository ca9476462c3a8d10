"""A published form, talks and contacts for tests."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import factory

from stafette.accounts.tests.factories import UnitFactory
from stafette.intake.models import (
    Answer,
    FormVersion,
    Interview,
    InterviewParticipant,
    ShortContact,
    TopicList,
)
from stafette.kernel.clock import now
from stafette.kernel.testing import OwnedFactory
from stafette.people.tests.factories import HouseholdFactory, PersonFactory

FILE = Path(__file__).parents[3] / "blueprints" / "forms" / "ankunftsgespraech.toml"


@cache
def form_file():
    return tomllib.loads(FILE.read_text("utf-8"))


class TopicListFactory(OwnedFactory[TopicList]):
    class Meta:
        model = TopicList
        django_get_or_create = ("code", "version")

    code, version = "themen", 1
    content = factory.LazyFunction(lambda: form_file()["topic_list"][0])


class FormVersionFactory(OwnedFactory[FormVersion]):
    class Meta:
        model = FormVersion
        django_get_or_create = ("unit", "code", "version")

    unit = factory.SubFactory(UnitFactory)
    code, version = "ankunftsgespraech", 1
    content = factory.LazyFunction(lambda: form_file()["form"][0])
    topics = factory.SubFactory(TopicListFactory)


class InterviewFactory(OwnedFactory[Interview]):
    class Meta:
        model = Interview

    unit = factory.SubFactory(UnitFactory)
    household = factory.SubFactory(HouseholdFactory, unit=factory.SelfAttribute("..unit"))
    form = factory.SubFactory(FormVersionFactory, unit=factory.SelfAttribute("..unit"))
    language, interpreting = "bg", "device"
    consent_at = factory.LazyFunction(now)
    consent_version = "2026-11"
    led_by_id = factory.Faker("uuid4")
    started_at = factory.LazyFunction(now)
    saved_at = factory.SelfAttribute("started_at")


class ParticipantFactory(OwnedFactory[InterviewParticipant]):
    class Meta:
        model = InterviewParticipant

    interview = factory.SubFactory(InterviewFactory)
    unit = factory.SelfAttribute("interview.unit")
    person = factory.SubFactory(PersonFactory, unit=factory.SelfAttribute("..interview.unit"))
    role = "adult"


class AnswerFactory(OwnedFactory[Answer]):
    class Meta:
        model = Answer

    interview = factory.SubFactory(InterviewFactory)
    unit = factory.SelfAttribute("interview.unit")
    question, status, value = "rooms", "answered", 2


class ShortContactFactory(OwnedFactory[ShortContact]):
    class Meta:
        model = ShortContact

    unit = factory.SubFactory(UnitFactory)
    counted_on = factory.LazyFunction(lambda: date.today())
    hour, language, topics, result = 10, "bg", ["work"], "answered"
    topic_list = factory.SubFactory(TopicListFactory)
