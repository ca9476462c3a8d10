"""A town with partners, and the steps with which several tests begin."""

import re
from dataclasses import dataclass
from datetime import date

import factory

from stafette.kernel.actor import Actor
from stafette.kernel.scope import acting
from stafette.kernel.testing import OwnedFactory, as_owner
from stafette.outbox.models import Message
from stafette.partners.access import link_actor
from stafette.partners.basis import outsider_of
from stafette.partners.commands import prepare_request, send_request
from stafette.partners.models import AnswerLink, Partner, PartnerContent, PartnerRequest
from stafette.people.models import Household, Person
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.protection.commands import give_consent
from stafette.protection.models import Consent
from stafette.referrals.tests.factories import Town, make_town

FORGED = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
URL = re.compile(r"https?://[^/\s]+(/partner/antwort/[\w-]+/)")


class PartnerFactory(OwnedFactory[Partner]):
    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Grundschule Beispiel {n}")
    kind = "school"
    email = factory.Sequence(lambda n: f"sekretariat{n}@schule.example.org")
    is_public = True


@dataclass
class Story:
    """The town, a school that is asked, and a family that the school team knows."""

    town: Town
    school: Partner
    doctor: Partner
    household: Household
    mother: Person
    child: Person

    @property
    def teacher(self) -> Actor:
        """The school team may ask about a child by law (L04)."""
        return self.town.teacher

    @property
    def clerk(self) -> Actor:
        """The clearing desk needs the parents' consent (L05, L06)."""
        return self.town.clerk

    def prepared(self, **facts) -> PartnerRequest:
        values = {"partner_id": self.school.pk, "question": "start_date", "person_id": self.child.pk}
        return prepare_request(actor=self.teacher, household_id=self.household.pk, **values | facts)

    def sent(self, **facts) -> PartnerRequest:
        request = self.prepared(**facts)
        return send_request(actor=self.teacher, request_id=request.pk)

    def drafted_by_consent(self) -> PartnerRequest:
        """The clearing desk asks a practice; every consent is missing."""
        return prepare_request(
            actor=self.clerk,
            household_id=self.town.household.pk,
            partner_id=self.doctor.pk,
            question="appointment_possible",
            person_id=self.town.child.pk,
        )

    def consented(self, categories=("core", "contact", "language"), partner=None) -> Consent:
        return give_consent(
            actor=self.clerk,
            unit_id=self.town.clearing.pk,
            household_id=self.town.household.pk,
            outsider=outsider_of(partner or self.doctor),
            purpose="Arzttermin finden",
            categories=categories,
            person_ids=[self.town.child.pk],
            guardian_ids=[self.town.mother.pk],
            text_version="1",
            language="bg",
            form="written",
        )


def make_story() -> Story:
    town = make_town()
    household = HouseholdFactory(unit=town.school)
    mother = PersonFactory(unit=town.school, given_names="Elena", family_name="Petrowa")
    child = PersonFactory(
        unit=town.school, given_names="Mila", family_name="Petrowa", former_names="Iwanowa", birth_year=2017
    )
    HouseholdMemberFactory(household=household, person=mother)
    HouseholdMemberFactory(household=household, person=child, relation="child")
    school = PartnerFactory(keeper=town.clearing)
    doctor = PartnerFactory(
        keeper=town.clearing, kind="doctor", name="Kinderarztpraxis Beispiel", is_public=False,
        bound_on=date(2026, 1, 5),
    )  # fmt: skip
    return Story(town, school, doctor, household, mother, child)


def path_in_mail(request: PartnerRequest) -> str:
    """The address that the newest mail about a question carries."""
    with as_owner():
        message = Message.objects.filter(reference=request.number).latest("created_at")
    found = URL.search(message.body)
    assert found, message.body
    return found.group(1)


def token_of(request: PartnerRequest) -> str:
    return path_in_mail(request).split("/")[-2]


def link_of(request: PartnerRequest) -> AnswerLink:
    with as_owner():
        return AnswerLink.objects.filter(request=request.pk).latest("created_at")


def by_link(request: PartnerRequest) -> Actor:
    return link_actor(request.pk)


def again(request: PartnerRequest) -> PartnerRequest:
    with as_owner():
        return PartnerRequest.objects.get(pk=request.pk)


def content_of(request: PartnerRequest, actor: Actor) -> PartnerContent:
    with acting(actor):
        return PartnerContent.objects.get(request=request.pk)


def plain(response) -> str:
    """A page without the token against forged forms, which is new each time."""
    return FORGED.sub("", response.content.decode())
