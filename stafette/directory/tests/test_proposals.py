"""Providers propose, editors decide; confirming and free places need nobody's leave."""

from dataclasses import replace

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.directory import commands
from stafette.directory import data as d
from stafette.directory.models import EntryProposal, Organization, Service
from stafette.directory.plain import to_plain
from stafette.directory.queries import proposal_cards, whole_services
from stafette.directory.reading import service_data
from stafette.directory.showing import label
from stafette.directory.tests.factories import (
    OrganizationFactory,
    ServiceAtLocationFactory,
    ServiceFactory,
)
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner


@pytest.fixture
def scene(db, actor_with):
    keeper, own = UnitFactory(), UnitFactory()
    organization = OrganizationFactory(keeper=keeper, unit=own)
    service = ServiceFactory(organization=organization, name="Beratung", assured_at=None)
    editor = actor_with(Permission.DIRECTORY_EDIT, unit=keeper)
    provider = actor_with(Permission.ENTRY_OWN, unit=own)
    return organization, service, editor, provider, keeper


def entry(service):
    return service_data(whole_services().get(pk=service.pk))


def propose(scene, actor=None, **changes):
    organization, service, _editor, provider, _keeper = scene
    data = to_plain(replace(entry(service), **changes))
    return commands.propose_entry(
        actor=actor or provider, organization_id=organization.pk, service_id=service.pk, data=data
    )


def test_a_proposal_changes_nothing_until_an_editor_takes_it(scene):
    _organization, service, editor, _provider, keeper = scene
    proposal = propose(scene, summary="Neu", phones=(d.PhoneData(number="030 23125 010"),))
    service.refresh_from_db()
    assert service.summary == ""
    commands.take_proposal(actor=editor, unit_id=keeper.pk, proposal_id=proposal.pk)
    service.refresh_from_db()
    assert service.summary == "Neu"
    assert service.phones.get().number == "030 23125 010"
    assert service.assured_at == today()
    with as_owner():
        kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"entry.proposed", "entry.proposal_taken", "service.saved"} <= kinds


def left_of(field):
    return {one.label: one.left for one in proposal_cards()[0].changes}[label(field)]


def test_what_people_are_shown_today_stands_beside_a_wish_for_the_first_number(scene):
    organization, service, *_rest = scene
    new = (d.PhoneData(number="030 23125 010"),)
    propose(scene, phones=new, email="neu@verein.example")
    assert (left_of("phones"), left_of("email")) == ("", "")
    with as_owner():
        organization.phones.create(number="030 23125 100")
        Organization.objects.filter(pk=organization.pk).update(email="info@verein.example")
    assert left_of("phones") == "030 23125 100 (Angabe des Trägers)"
    assert left_of("email") == "info@verein.example (Angabe des Trägers)"
    place = ServiceAtLocationFactory(service=service)
    with as_owner():
        place.location.phones.create(number="030 23125 200")
    assert left_of("phones") == "030 23125 200 (Angabe des Ortes)"
    with as_owner():
        service.phones.create(number="030 23125 300")
    propose(scene, phones=new)
    assert left_of("phones") == "030 23125 300", "its own word needs no source"


def test_what_others_corrected_meanwhile_stays(scene):
    _organization, service, editor, _provider, keeper = scene
    commands.put_service(actor=editor, unit_id=keeper.pk, data=replace(entry(service), fees="frei"))
    proposal = propose(scene, summary="Neu")
    commands.put_service(actor=editor, unit_id=keeper.pk, data=replace(entry(service), fees="5 Euro"))
    commands.take_proposal(actor=editor, unit_id=keeper.pk, proposal_id=proposal.pk)
    service.refresh_from_db()
    assert (service.summary, service.fees) == ("Neu", "5 Euro")


def test_a_provider_moves_no_entry_and_publishes_none(scene):
    organization, service, editor, provider, keeper = scene
    other = OrganizationFactory()
    data = to_plain(
        replace(entry(service), code="x", organization=other.code, is_public=False, summary="Neu")
    )
    proposal = commands.propose_entry(
        actor=provider, organization_id=organization.pk, service_id=service.pk, data=data
    )
    commands.take_proposal(actor=editor, unit_id=keeper.pk, proposal_id=proposal.pk)
    after = Service.objects.get(pk=service.pk)
    assert (after.code, after.organization_id, after.is_public) == (service.code, organization.pk, True)


def test_a_newer_wish_replaces_the_open_one(scene):
    first, second = propose(scene, summary="Eins"), propose(scene, summary="Zwei")
    assert first.pk == second.pk
    assert EntryProposal.objects.get().data["summary"] == "Zwei"


def test_a_new_service_comes_with_a_code_of_its_own(scene):
    organization, _service, editor, provider, keeper = scene
    data = to_plain(d.ServiceData(code="", organization="", name="Nähcafé für Mütter"))
    for _turn in range(2):
        proposal = commands.propose_entry(actor=provider, organization_id=organization.pk, data=data)
        commands.take_proposal(actor=editor, unit_id=keeper.pk, proposal_id=proposal.pk)
    codes = set(organization.services.values_list("code", flat=True))
    assert {"naehcafe-fuer-muetter", "naehcafe-fuer-muetter-2"} <= codes


def test_an_organisation_proposes_its_own_words(scene):
    organization, _service, editor, provider, keeper = scene
    data = {"code": "", "name": organization.name, "description": "Wir beraten."}
    proposal = commands.propose_entry(actor=provider, organization_id=organization.pk, data=data)
    commands.take_proposal(actor=editor, unit_id=keeper.pk, proposal_id=proposal.pk)
    organization.refresh_from_db()
    assert (organization.description, organization.keeper_id) == ("Wir beraten.", keeper.pk)


def test_nothing_changed_is_no_proposal_and_half_an_entry_neither(scene):
    organization, _service, _editor, provider, _keeper = scene
    with pytest.raises(BadInput, match="nichts geändert"):
        propose(scene)
    with pytest.raises(BadInput, match="nicht vollständig"):
        commands.propose_entry(actor=provider, organization_id=organization.pk, data={"organization": "x"})


def test_refusing_needs_a_reason_and_decides_once(scene):
    _organization, service, editor, _provider, keeper = scene
    proposal = propose(scene, summary="Neu")
    with pytest.raises(BadInput):
        commands.refuse_proposal(actor=editor, unit_id=keeper.pk, proposal_id=proposal.pk, reason=" ")
    commands.refuse_proposal(actor=editor, unit_id=keeper.pk, proposal_id=proposal.pk, reason="Doppelt.")
    with pytest.raises(MoveNotAllowed):
        commands.take_proposal(actor=editor, unit_id=keeper.pk, proposal_id=proposal.pk)
    service.refresh_from_db()
    assert service.summary == ""


def test_strangers_neither_propose_nor_decide(scene, actor_with):
    proposal = propose(scene, summary="Neu")
    keeper = scene[4]
    with pytest.raises(NotAllowed):
        propose(scene, actor=actor_with(Permission.ENTRY_OWN, unit=UnitFactory()), summary="Fremd")
    with pytest.raises(NotAllowed):
        commands.take_proposal(actor=scene[3], unit_id=keeper.pk, proposal_id=proposal.pk)


def test_a_link_speaks_for_one_organisation_only(scene):
    organization, service = scene[:2]
    link = Actor(service.pk, "Träger per Link", frozenset({(Permission.ENTRY_OWN, organization.pk)}))
    commands.confirm_service(actor=link, service_id=service.pk, by="Träger")
    service.refresh_from_db()
    assert service.assured_at == today()
    assert not service.is_stale
    with pytest.raises(NotAllowed):
        commands.confirm_service(actor=link, service_id=ServiceFactory().pk, by="Träger")


def test_room_holds_at_once(scene):
    service, provider = scene[1], scene[3]
    commands.set_room(
        actor=provider, service_id=service.pk, room="waiting", waiting_weeks=6, available=0, maximum=12
    )
    service.refresh_from_db()
    assert (service.room, service.waiting_weeks) == ("waiting", 6)
    assert service.capacities.get().maximum == 12
    commands.set_room(actor=provider, service_id=service.pk, room="open", waiting_weeks=6, available=4)
    service.refresh_from_db()
    assert (service.room, service.waiting_weeks, service.capacities.get().available) == ("open", None, 4)


@pytest.mark.parametrize(
    "values",
    [
        {"room": "vielleicht"},
        {"room": "open", "available": 3, "maximum": 2},
        {"room": "waiting", "waiting_weeks": 999},
    ],
)
def test_impossible_room_is_refused(scene, values):
    with pytest.raises(BadInput):
        commands.set_room(actor=scene[3], service_id=scene[1].pk, **values)
