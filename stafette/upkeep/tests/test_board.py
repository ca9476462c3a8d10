"""What editors find on their page, and what the coordination office sees of it."""

from datetime import timedelta

import pytest

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.commands import propose_entry
from stafette.directory.models import Service, Signal, SignalKind
from stafette.directory.tests.factories import OrganizationFactory, ServiceFactory
from stafette.kernel.clock import now, today, travel
from stafette.kernel.testing import OwnedFactory, as_owner
from stafette.upkeep.access import link_actor
from stafette.upkeep.proposing import changed_entry
from stafette.upkeep.queries import whole_entry
from stafette.upkeep.queries.board import board
from stafette.upkeep.queries.figures import picture
from stafette.upkeep.tests.scenes import RoundFactory, mails, provider, round_of
from stafette.upkeep.watching import run_rounds

pytestmark = pytest.mark.django_db


class SignalFactory(OwnedFactory[Signal]):
    class Meta:
        model = Signal

    noted_on = today()


def text(response):
    return response.content.decode()


@pytest.fixture
def editor(logged_in):
    return logged_in(Role.EDITOR, UnitFactory())


def test_an_empty_page_says_so(editor):
    assert "Im Verzeichnis ist heute nichts zu tun" in text(editor.get("/pflege/"))


def test_whom_to_call_with_number_and_what_about(editor):
    organization = provider(email="")
    with as_owner():
        organization.phones.create(number="030 23125 007")
    run_rounds()
    page = text(editor.get("/pflege/"))
    for part in ("Bitte anrufen", "Caritas Beispiel", "030 23125 007", "Beratung 1", "keine E-Mail-Adresse"):
        assert part in page, part
    for one in organization.services.all():
        editor.post(f"/pflege/angebote/{one.pk}/bestaetigt/")
    assert set(organization.services.values_list("assured_at", "assured_by")) == {
        (today(), "Redaktion, am Telefon")
    }
    assert round_of(organization).state == "done" and board().is_clear


def test_a_bounced_mail_can_be_sent_again(editor):
    organization = provider()
    RoundFactory(organization=organization, state="bounced", mails=1)
    assert "Diese Mails kamen zurück" in text(editor.get("/pflege/"))
    editor.post(f"/pflege/anfragen/{round_of(organization).pk}/noch-einmal/")
    assert round_of(organization).state == "asked" and len(mails()) == 1


def test_proposals_and_their_age(editor):
    organization = provider(services=1)
    service = organization.services.get()
    data, note = changed_entry(whole_entry(service.pk), {"fees": "frei"})
    propose_entry(
        actor=link_actor(organization.pk),
        organization_id=organization.pk,
        service_id=service.pk,
        data=data,
        note=note,
    )
    with travel(now() + timedelta(days=9)):
        assert "seit 9 Tagen" in text(editor.get("/pflege/"))
        found = picture()
        assert (found.proposals, found.oldest_proposal) == (1, 9)


def test_hints_stand_together_and_are_settled_together(editor):
    service = ServiceFactory()
    SignalFactory(service=service, kind=SignalKind.FEEDBACK, note="Die Tür war zu.")
    for days in (1, 2, 200):
        SignalFactory(service=service, kind=SignalKind.AT_CAPACITY, noted_on=today() - timedelta(days=days))
    page = text(editor.get("/pflege/"))
    assert "Die Tür war zu." in page and "2-mal" in page
    editor.post(f"/pflege/hinweise/{service.pk}/erledigt/", {"kind": "feedback"})
    assert not board().feedback and board().refused
    editor.post(f"/pflege/hinweise/{service.pk}/erledigt/", {"kind": "at_capacity"})
    assert not board().refused


def test_a_service_that_says_it_is_full_is_no_news():
    service = ServiceFactory(room="full")
    SignalFactory(service=service, kind=SignalKind.AT_CAPACITY)
    assert not board().refused
    SignalFactory(service=service, kind=SignalKind.NOT_RESPONSIBLE)
    assert len(board().refused) == 1


def test_what_somebody_wrote_from_outside_is_no_markup(editor):
    SignalFactory(service=ServiceFactory(), kind=SignalKind.FEEDBACK, note="<script>alert(1)</script>")
    assert "<script>alert(1)" not in text(editor.get("/pflege/"))


def test_shares_name_their_base():
    charity, club = OrganizationFactory(kind="charity"), OrganizationFactory(kind="club")
    for days, organization in ((10, charity), (89, charity), (200, charity), (None, club)):
        ServiceFactory(
            organization=organization, topics=["work", "language"] if days == 10 else ["work"],
            assured_at=None if days is None else today() - timedelta(days=days),
        )  # fmt: skip
    ServiceFactory(organization=charity, status="defunct", assured_at=today())
    found = picture()
    assert (found.whole.base, found.whole.confirmed, found.whole.percent) == (4, 2, 50)
    assert (found.whole.stale, found.whole.never) == (1, 1)
    assert [(one.label, one.base, one.percent) for one in found.by_kind] == [
        ("Verein oder Initiative", 1, 0), ("freier Träger", 3, 67),
    ]  # fmt: skip
    assert {one.label: (one.base, one.confirmed) for one in found.by_topic} == {
        "work": (4, 2),
        "language": (1, 1),
    }


def test_nothing_has_no_share():
    assert picture().whole.percent is None


def test_the_coordination_office_sees_the_share(logged_in):
    ServiceFactory(assured_at=today())
    page = text(logged_in(Role.COORDINATION, UnitFactory()).get("/steuerung/"))
    assert "Verzeichnis der Angebote" in page and "1 von 1 Angeboten" in page and "100 %" in page


@pytest.mark.parametrize("role", [Role.CLERK, Role.DESK, Role.PARTNER, Role.COORDINATION, Role.HEAD])
def test_only_editors_have_the_page(logged_in, role):
    client = logged_in(role, UnitFactory())
    service = ServiceFactory()
    assert client.get("/pflege/").status_code == 403
    assert client.post(f"/pflege/angebote/{service.pk}/bestaetigt/").status_code == 403
    assert Service.objects.get(pk=service.pk).assured_at is None
