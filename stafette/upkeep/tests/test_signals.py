"""What the work of the units tells about services: a day and a code, never a case."""

import pytest

from stafette.audit.models import Event
from stafette.directory.models import Signal, SignalKind
from stafette.directory.tests.factories import OrganizationFactory, ServiceFactory
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.partners.commands import answer_request, leave_out, send_request
from stafette.partners.refusals import kind_of
from stafette.partners.tests.conftest import story  # noqa: F401
from stafette.partners.tests.scenes import by_link
from stafette.referrals.commands import accept_referral, decline_referral, prepare_referral, send_referral
from stafette.referrals.tests.factories import make_town
from stafette.upkeep.commands import note_signals, settle_signals
from stafette.upkeep.tests.scenes import provider

pytestmark = pytest.mark.django_db


def signals():
    with as_owner():
        return [(one.kind, one.days, one.noted_on, one.note) for one in Signal.objects.order_by("id")]


@pytest.fixture
def town():
    return make_town()


def sent(town):
    route = town.route("child_without_school_place", town.school, ["core", "address", "language"])
    finding = town.finding("child_without_school_place", person=town.child)
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    return send_referral(actor=town.clerk, referral_id=referral.pk)


def offers_of(unit, count=1):
    organization = OrganizationFactory(unit=unit)
    for _ in range(count):
        ServiceFactory(organization=organization)
    return organization


@pytest.mark.parametrize(
    ("reason", "kinds"),
    [
        ("no_capacity", ["at_capacity"]),
        ("not_responsible", ["not_resp"]),
        ("incomplete", []),
        ("no_need", []),
    ],
)
def test_a_declined_referral_is_a_hint_on_the_services_of_the_unit(town, reason, kinds):
    offers_of(town.school)
    decline_referral(actor=town.teacher, referral_id=sent(town).pk, reason=reason)
    assert [one[0] for one in signals()] == kinds


def test_an_accepted_one_tells_how_long_it_took(town):
    offers_of(town.school, count=2)
    accept_referral(actor=town.teacher, referral_id=sent(town).pk)
    assert signals() == [("accepted", 0, today(), "")] * 2


def test_a_unit_without_entries_leaves_no_trace(town):
    offers_of(town.outreach)
    decline_referral(actor=town.teacher, referral_id=sent(town).pk, reason="no_capacity")
    assert signals() == []


def test_services_that_are_no_more_get_no_hint(town):
    organization = offers_of(town.school)
    with as_owner():
        organization.services.update(status="defunct")
    decline_referral(actor=town.teacher, referral_id=sent(town).pk, reason="no_capacity")
    assert signals() == []


def test_no_signal_and_no_event_of_it_names_the_case(town):
    offers_of(town.school)
    referral = sent(town)
    decline_referral(actor=town.teacher, referral_id=referral.pk, reason="no_capacity")
    with as_owner():
        event = Event.objects.get(kind="signal.noted")
        row = str(Signal.objects.values().get())
    assert event.about_id is None
    for secret in (referral.pk, referral.number, town.household.pk, town.child.pk):
        assert str(secret) not in row and str(secret) not in str(event.details)


@pytest.mark.parametrize(
    ("question", "answer", "kind"),
    [
        ("place_free", "no", SignalKind.AT_CAPACITY),
        ("appointment_possible", "waiting_list", SignalKind.AT_CAPACITY),
        ("can_take_over", "not_responsible", SignalKind.NOT_RESPONSIBLE),
        ("can_take_over", "yes", SignalKind.ACCEPTED),
        ("still_employed", "no", ""),
        ("attends", "no", ""),
        ("appointment_kept", "no", ""),
    ],
)
def test_only_answers_about_room_are_hints(question, answer, kind):
    assert kind_of(question, answer) == kind


def test_a_partner_s_answer_by_link_is_a_hint_on_its_entry(story):  # noqa: F811
    organization = OrganizationFactory(email=story.school.email.upper())
    ServiceFactory(organization=organization)
    draft = story.prepared(question="place_free")
    leave_out(actor=story.teacher, request_id=draft.pk)
    request = send_request(actor=story.teacher, request_id=draft.pk)
    answer_request(actor=by_link(request), request_id=request.pk, answer="no")
    assert [one[:2] for one in signals()] == [("at_capacity", 0)]


def test_only_the_program_notes_and_only_editors_settle(actor_with):
    organization = provider(services=1)
    service = organization.services.get()
    editor = actor_with(Permission.DIRECTORY_EDIT, unit=organization.keeper)
    watch = actor_with(Permission.DUTY_WATCH, unit=organization.keeper)
    with pytest.raises(NotAllowed):
        note_signals(actor=editor, organization_id=organization.pk, kind="at_capacity")
    with pytest.raises(BadInput):
        note_signals(actor=watch, organization_id=organization.pk, kind="feedback")
    note_signals(actor=watch, organization_id=organization.pk, kind="at_capacity", days=5000)
    note_signals(actor=watch, organization_id=organization.pk, kind="not_resp")
    assert signals()[0][:2] == ("at_capacity", 999)
    with pytest.raises(NotAllowed):
        settle_signals(actor=watch, service_id=service.pk, kind="at_capacity")
    assert settle_signals(actor=editor, service_id=service.pk, kind="at_capacity") == 1
    assert settle_signals(actor=editor, service_id=service.pk, kind="at_capacity") == 0
    with as_owner():
        assert Signal.objects.filter(settled_on=None).get().kind == "not_resp"
