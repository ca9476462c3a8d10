"""An entry goes in whole and comes out whole."""

from dataclasses import replace
from datetime import date, time

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.directory import data as d
from stafette.directory.commands import put_location, put_organization, put_service
from stafette.directory.hours import hours_text, parse_hours
from stafette.directory.models import EntryVersion, Organization, SearchRow, Service
from stafette.directory.plain import from_plain, to_plain
from stafette.directory.queries import whole_services
from stafette.directory.reading import organization_data, service_data
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner

SERVICE = d.ServiceData(
    code="mbe",
    organization="caritas",
    name="Migrationsberatung",
    topics=("residence",),
    languages=("de", "bg"),
    statuses=(2, 8),
    schedules=parse_hours("Mo–Do 9–12 und 13–16 Uhr"),
    phones=(d.PhoneData(number="030 23125 001", kind="voice"),),
    documents=(d.DocumentData(document="Ausweis"), d.DocumentData(document="Meldebescheinigung")),
    places=(
        d.PlaceData(
            location="haus",
            schedules=(
                d.ScheduleData(
                    byday="FR",
                    opens_at=time(9),
                    closes_at=time(12),
                    exceptions=(
                        d.ExceptionData(
                            starts_on=date(2026, 12, 24), ends_on=date(2027, 1, 1), note="Ferien"
                        ),
                    ),
                ),
            ),
        ),
    ),
)


@pytest.fixture
def editor(db, actor_with):
    unit = UnitFactory()
    actor = actor_with(Permission.DIRECTORY_EDIT, unit=unit)
    put_organization(
        actor=actor,
        unit_id=unit.pk,
        data=d.OrganizationData(code="caritas", name="Caritas", keeper=unit.code),
    )
    put_location(
        actor=actor,
        unit_id=unit.pk,
        data=d.LocationData(
            code="haus", organization="caritas", address_1="Beispielstraße 1", city="Leipzig"
        ),
    )
    return actor, unit.pk


def put(editor, data):
    actor, unit_id = editor
    return put_service(actor=actor, unit_id=unit_id, data=data)


def bare(plain):
    if isinstance(plain, dict):
        return {name: bare(value) for name, value in plain.items() if name != "id"}
    return [bare(one) for one in plain] if isinstance(plain, list) else plain


def test_an_entry_comes_out_as_it_went_in(editor):
    put(editor, SERVICE)
    read = service_data(whole_services().get(code="mbe"))
    assert bare(to_plain(read)) == bare(to_plain(SERVICE))
    assert from_plain(d.ServiceData, to_plain(read)) == read
    with as_owner():
        assert Event.objects.filter(kind="service.saved").count() == 1


def test_the_same_again_changes_nothing(editor):
    first = put(editor, SERVICE)
    put(editor, service_data(whole_services().get(pk=first.pk)))
    assert EntryVersion.objects.filter(subject_id=first.pk).count() == 1


def test_a_change_keeps_the_rows_that_stay_and_drops_the_others(editor):
    first = put(editor, SERVICE)
    kept = first.documents.get(document="Ausweis").pk
    put(editor, replace(SERVICE, documents=SERVICE.documents[:1], places=()))
    assert [one.pk for one in first.documents.all()] == [kept]
    assert not first.places.exists()
    assert EntryVersion.objects.filter(subject_id=first.pk).count() == 2


def test_a_provider_that_is_hidden_hides_its_services_in_the_index(editor):
    actor, unit_id = editor
    made = put(editor, SERVICE)
    provider = organization_data(Organization.objects.get(code="caritas"))
    assert SearchRow.objects.get(service=made).is_public
    renamed = replace(provider, name="Diakonie", is_public=False)
    put_organization(actor=actor, unit_id=unit_id, data=renamed)
    row = SearchRow.objects.get(service=made)
    assert not row.is_public and "diakonie" in row.words and "caritas" not in row.words


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"organization": "niemand"}, "niemand"),
        ({"status": "vielleicht"}, "Stand"),
        ({"website": "keine adresse"}, "Seite im Netz"),
        ({"places": (d.PlaceData(location="nirgends"),)}, "nirgends"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(editor, change, message):
    with pytest.raises(BadInput, match=message):
        put(editor, replace(SERVICE, **change))
    assert not Service.objects.exists()


def test_only_editors_write(editor, actor_with):
    unit = UnitFactory()
    with pytest.raises(NotAllowed):
        put_service(actor=actor_with(Permission.UNIT_VIEW, unit=unit), unit_id=unit.pk, data=SERVICE)


@pytest.mark.parametrize(
    "text",
    [
        "Mo–Do 9–12 und 13–16 Uhr",
        "Mo–Fr 10–15 Uhr",
        "Di, Do 9–17 Uhr",
        "Mo–Do 9–12 und 13–16 Uhr, Fr 9–12:30 Uhr",
        "nach Vereinbarung",
    ],
)
def test_hours_are_read_and_written_as_people_do(text):
    assert hours_text(parse_hours(text)) == text
