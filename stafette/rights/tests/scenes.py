"""A town whose clearing desk knows a family, and requests of its mother in every state."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import accept_referral, prepare_referral, send_referral
from stafette.referrals.tests.factories import Town
from stafette.rights.commands import begin_request, pass_on_request, take_in_request
from stafette.rights.models import Passing, RequestContent, SubjectRequest


@dataclass
class Story:
    """The town and shortcuts to requests."""

    town: Town
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def clerk(self) -> Actor:
        return self.town.clerk

    def received(self, kind="access", **facts) -> SubjectRequest:
        values = {
            "unit_id": self.town.clearing.pk,
            "kind": kind,
            "channel": "counter",
            "received_on": today(),
            "person_id": self.town.mother.pk,
            "identity": "document",
        }
        return take_in_request(actor=self.clerk, **values | facts)

    def begun(self, kind="access", **facts) -> SubjectRequest:
        request = self.received(kind, **facts)
        return begin_request(actor=self.clerk, request_id=request.pk)

    def unknown(self, kind="access", **facts) -> SubjectRequest:
        """Somebody who is not identified yet."""
        words = {"person_id": None, "identity": "", "asker": "Ana Beispiel", "born": "1.2.1985"}
        return self.received(kind, **words | facts)

    def passed_on(self, unit=None, **facts) -> tuple[SubjectRequest, SubjectRequest]:
        """What the clearing desk passed on, and what arrived at outreach."""
        request = self.received(contact="0170 1234567", wish="Alles über mich", **facts)
        there = unit or self.town.outreach
        pass_on_request(actor=self.clerk, request_id=request.pk, unit_ids=[there.pk])
        with as_owner():
            return again(request), SubjectRequest.objects.get(came_from=self.town.clearing, unit=there)


def make_story(town: Town) -> Story:
    return Story(town)


def again(request: SubjectRequest) -> SubjectRequest:
    with as_owner():
        return SubjectRequest.objects.get(pk=request.pk)


def content_of(request: SubjectRequest) -> RequestContent:
    with as_owner():
        return RequestContent.objects.get(request=request.pk)


def passing_of(request: SubjectRequest) -> Passing:
    with as_owner():
        return Passing.objects.get(request=request.pk)


def watcher(unit) -> Actor:
    """Somebody who sees the clock and nothing else: head or officer."""
    return Actor(new_id(), "Aufsicht", frozenset({(Permission.RIGHTS_WATCH, unit.pk)}))


def days_ago(days: int):
    return today() - timedelta(days=days)


def accepted_referral(story: Story):
    """The school team took the child over into its own books."""
    town = story.town
    route = town.route("child_without_school_place", town.school, ["core", "address", "language"])
    finding = town.finding("child_without_school_place", person=town.child)
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    send_referral(actor=town.clerk, referral_id=referral.pk)
    return accept_referral(actor=town.teacher, referral_id=referral.pk)
