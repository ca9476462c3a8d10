"""The page behind the link: scanners change nothing, one click confirms, what changed is a proposal."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.commands import refuse_proposal
from stafette.directory.models import EntryProposal, Service, ServiceCapacity
from stafette.directory.tests.factories import LocationFactory, ServiceAtLocationFactory
from stafette.kernel.clock import now, today, travel
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.upkeep.models import ConfirmationRound, EntryLink
from stafette.upkeep.tasks import renew
from stafette.upkeep.tests.scenes import asked, mails, path_in_mail, provider, round_of

FORGED = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
CLOSED = "Dieser Link gilt nicht mehr"


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


def text(response):
    return response.content.decode()


def plain(response):
    """The page without what guards against forged requests, which is drawn anew each time."""
    return FORGED.sub("", text(response))


def service_of(organization, number=1):
    return Service.objects.get(organization=organization, name=f"Beratung {number}")


def state():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Service, EntryProposal, EntryLink, ConfirmationRound)
    ]


def press(client, path, step, service=None, **data):
    values = {"step": step} | ({"service": str(service.pk)} if service else {}) | data
    return client.post(path, values)


def wishes():
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'stafette.upkeep.tasks.renew'")
        return [json.loads(args) for (args,) in cursor.fetchall()]


def test_scanners_open_the_link_and_change_nothing(client):
    organization, path = asked()
    before = state()
    for address in (path, f"{path}{service_of(organization).pk}/"):
        for response in (client.get(address), client.head(address)):
            assert response.status_code == 200
            assert response["Referrer-Policy"] == "same-origin"
    assert state() == before


def test_one_click_confirms_one_service(client):
    organization, path = asked()
    response = press(client, path, "confirm", service_of(organization))
    assert response.status_code == 302 and response.url == f"{path}#messages"
    assert "Danke, „Beratung 1“ ist bestätigt." in text(client.get(path))
    assert "Danke" not in text(client.get(path)), "it is said once"
    assert (service_of(organization).assured_at, service_of(organization).assured_by) == (today(), "Träger")
    assert service_of(organization, 2).assured_at != today()
    assert round_of(organization).state == "asked"


def test_one_click_confirms_all(client):
    organization, path = asked()
    assert "Alle stimmen noch" in text(client.get(path))
    press(client, path, "confirm_all")
    assert set(organization.services.values_list("assured_at", flat=True)) == {today()}
    assert round_of(organization).state == "done"
    assert "Alles ist beantwortet" in text(client.get(path))


def test_room_holds_at_once(client):
    organization, path = asked()
    press(client, path, "room", service_of(organization), room="waiting", waiting_weeks="6", available="0")
    found = service_of(organization)
    assert (found.room, found.waiting_weeks) == ("waiting", 6)
    assert ServiceCapacity.objects.get(service=found).available == 0
    assert "etwa 6 Wochen" in text(client.get(path))


def test_wrong_room_is_explained_and_changes_nothing(client):
    organization, path = asked()
    response = press(client, path, "room", service_of(organization), room="waiting", waiting_weeks="viele")
    assert response.status_code == 422 and service_of(organization).room == "open"
    assert press(client, path, "room", service_of(organization), room="riesig").status_code == 422


def test_a_change_is_proposed_and_not_shown_before_an_editor_took_it(client):
    organization, path = asked()
    service = service_of(organization)
    with as_owner():
        service.phones.create(number="030 23125 100")
    page = f"{path}{service.pk}/"
    values = {
        "hours": "Mo–Do 9–12 Uhr", "phone": "030 23125 111", "languages": ["de", "bg", "ar"], "fees": "kostenlos",
        "documents": "Ausweis\r\nMeldebescheinigung\r\n", "address": "Neue Straße 5, 04109 Leipzig",
    }  # fmt: skip
    assert client.post(page, values).status_code == 302
    proposal = EntryProposal.objects.get()
    assert proposal.source == "provider" and proposal.state == "open"
    assert proposal.data["phones"][0]["number"] == "030 23125 111"
    assert proposal.data["languages"] == ["de", "bg", "ar"]
    assert [one["document"] for one in proposal.data["documents"]] == ["Ausweis", "Meldebescheinigung"]
    assert proposal.data["schedules"][0]["byday"] == "MO,TU,WE,TH"
    assert "Neue Straße 5" in proposal.note
    assert service_of(organization).fees == ""
    assert "Änderung wird geprüft" in text(client.get(path))


def test_hours_and_number_change_where_they_stand(client):
    organization, path = asked(services=1)
    service = service_of(organization)
    place = ServiceAtLocationFactory(service=service, location=LocationFactory(organization=organization))
    with as_owner():
        place.phones.create(number="030 23125 100")
        place.schedules.create(byday="MO", opens_at="09:00", closes_at="12:00")
    client.post(
        f"{path}{service.pk}/",
        {"hours": "Di 10–12 Uhr", "phone": "030 23125 111", "languages": service.languages,
         "address": f"{place.location.address}"},
    )  # fmt: skip
    data = EntryProposal.objects.get().data
    assert data["places"][0]["phones"][0]["number"] == "030 23125 111"
    assert data["places"][0]["schedules"][0]["byday"] == "TU"
    assert "phones" not in data and "schedules" not in data


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "nichts geändert"),
        ({"phone": "12"}, "lässt sich nicht wählen"),
        ({"email": "keine adresse"}, "E-Mail"),
        ({"website": "javascript:alert(1)"}, "Seite im Netz"),
        ({"languages": ["xx"]}, "Sprachen"),
    ],
)
def test_what_does_not_fit_is_explained(client, values, said):
    organization, path = asked()
    service = service_of(organization)
    with as_owner():
        organization.services.update(email="", website="")
        organization.email = organization.website = ""
        organization.save()
    response = client.post(f"{path}{service.pk}/", {"languages": service.languages} | values)
    assert response.status_code == 422 and said in text(response)
    assert not EntryProposal.objects.exists()


def test_a_new_offer_is_proposed(client):
    organization, path = asked()
    page = f"{path}traeger/{organization.pk}/neu/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"name": "Nachtcafé"}).status_code == 422
    values = {
        "name": "Nachtcafé",
        "summary": "Ein warmer Ort.",
        "hours": "Mo–Fr 20–23 Uhr",
        "address": "Am Markt 1",
    }
    assert client.post(page, values).status_code == 302
    proposal = EntryProposal.objects.get()
    assert proposal.service_id is None and proposal.organization_id == organization.pk
    assert proposal.data["name"] == "Nachtcafé" and proposal.data["schedules"][0]["byday"] == "MO,TU,WE,TH,FR"
    assert "Am Markt 1" in proposal.note
    assert "wird geprüft:" in text(client.get(path)) and organization.services.count() == 2


def test_a_new_offer_is_one_of_one_s_own_provider(client):
    _organization, path = asked()
    other = provider("Anderer Träger", days=10)
    assert client.get(f"{path}traeger/{other.pk}/neu/").status_code == 404
    assert client.post(f"{path}traeger/{other.pk}/neu/", {"name": "x", "summary": "y"}).status_code == 404


def test_a_provider_reads_why_its_wish_was_not_taken(client, actor_with):
    organization, path = asked()
    press(client, path, "gone", service_of(organization))
    editor = actor_with(Permission.DIRECTORY_EDIT, unit=organization.keeper)
    refuse_proposal(
        actor=editor, unit_id=organization.keeper_id, proposal_id=EntryProposal.objects.get().pk,
        reason="Laut Telefonat gibt es das Angebot weiter.",
    )  # fmt: skip
    page = text(client.get(path))
    assert "nicht übernommen" in page and "Laut Telefonat" in page
    with travel(now() + timedelta(days=59)):
        assert "Laut Telefonat" in text(client.get(path))


def test_an_offer_that_is_no_more_is_proposed(client):
    organization, path = asked()
    press(client, path, "gone", service_of(organization))
    proposal = EntryProposal.objects.get()
    assert proposal.data["status"] == "defunct" and service_of(organization).status == "active"
    assert "nicht mehr gibt" in text(client.get(path))


def test_a_link_opens_the_entries_of_its_own_provider_only(client):
    organization, path = asked()
    other = provider("Anderer Träger", email="andere@traeger.example", days=10)
    foreign = service_of(other)
    assert "Anderer Träger" not in text(client.get(path))
    assert client.get(f"{path}{foreign.pk}/").status_code == 404
    for step in ("confirm", "gone", "room"):
        assert press(client, path, step, foreign, room="full").status_code == 404
    press(client, path, "confirm_all")
    assert service_of(other).assured_at == today() - timedelta(days=10)
    assert not EntryProposal.objects.exists() and service_of(other).room == "open"


@pytest.mark.parametrize("path", ["/pflege/gibt-es-nicht/", "/pflege/x/"])
def test_a_wrong_link_opens_nothing(client, path):
    asked()
    before = state()
    for response in (client.get(path), client.post(path, {"step": "confirm_all"})):
        assert CLOSED in text(response) and "Caritas" not in text(response)
    assert state() == before


def test_an_old_link_opens_nothing_and_asks_for_a_new_one_with_one_button(client):
    organization, path = asked()
    with travel(now() + timedelta(days=61)):
        assert CLOSED in text(client.get(path))
        before = list(Service.objects.values_list("assured_at"))
        assert CLOSED in text(press(client, path, "confirm_all"))
        assert before == list(Service.objects.values_list("assured_at"))
        assert wishes() == []
        assert "wir haben Ihren Wunsch" in text(press(client, path, "wish"))
        assert wishes() == [{"organization_id": str(organization.pk)}]
        renew(organization_id=str(organization.pk))
        assert mails()[-1].address == "info@caritas.example"
        assert "Stimmt noch" in text(client.get(path_in_mail()))


def test_a_wish_says_the_same_for_every_address(client):
    organization = provider(email="Info@Caritas.example")
    answers = [
        plain(client.post("/pflege/neuer-link/", {"email": one}))
        for one in ("info@caritas.example", "x@y.example")
    ]
    assert answers[0] == answers[1] and "wir haben Ihren Wunsch" in answers[0]
    assert wishes() == [{"organization_id": str(organization.pk)}]


def test_the_link_is_limited(client, monkeypatch):
    _organization, path = asked()
    at = now()
    monkeypatch.setattr("stafette.web.ratelimit.now", lambda: at)  # all within one minute
    answers = [client.get(path).status_code for _ in range(61)]
    assert answers[0] == 200 and answers[-1] == 429


def test_an_account_keeps_the_entries_of_its_own_unit(client, logged_in):
    own, other = UnitFactory(), UnitFactory()
    mine = provider("Unser Verein", unit=own)
    foreign = provider("Anderer Verein", unit=other, email="andere@verein.example")
    logged_in(Role.PARTNER, own)
    page = text(client.get("/pflege/meine/"))
    assert "Unser Verein" in page and "Anderer Verein" not in page
    press(client, "/pflege/meine/", "confirm", service_of(mine))
    assert "Danke, „Beratung 1“ ist bestätigt." in text(client.get("/pflege/meine/"))
    assert service_of(mine).assured_at == today()
    assert press(client, "/pflege/meine/", "confirm", service_of(foreign)).status_code == 404
    assert client.get(f"/pflege/meine/{service_of(foreign).pk}/").status_code == 404
    change = client.post(
        f"/pflege/meine/{service_of(mine).pk}/", {"fees": "5 Euro", "languages": ["de", "bg"]}
    )
    assert change.status_code == 302
    assert EntryProposal.objects.get().data["fees"] == "5 Euro"


@pytest.mark.parametrize("role", [Role.CLERK, Role.DESK, Role.EDITOR, Role.COORDINATION])
def test_nobody_else_has_entries_of_one_s_own(client, logged_in, role):
    logged_in(role, UnitFactory())
    assert client.get("/pflege/meine/").status_code == 403


def test_an_english_provider_gets_english_words_or_german_ones(client):
    organization, path = asked(language="en")
    assert client.get(path).status_code == 200
    assert 'lang="en"' in text(client.get(path))
