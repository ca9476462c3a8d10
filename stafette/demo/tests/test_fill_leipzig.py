"""The welcome centre of Leipzig filled with a fortnight: what its counter, its head and the office find."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse

from stafette.audit.models import Event
from stafette.audit.queries import verify_chain
from stafette.demo.door_opener import OPENED, fill_leipzig
from stafette.demo.gaps import GAPS
from stafette.demo.queries import demo_account
from stafette.directory.models import Service
from stafette.intake.models import ShortContact
from stafette.kernel.clock import today, travel
from stafette.kernel.testing import as_owner
from stafette.materials.models import OpenQuestion, WorkAid
from stafette.materials.queries import published_sheets
from stafette.partners.models import CooperationAgreement
from stafette.partners.queries.agreements import ending_soon, presences
from stafette.retention.models import PurgeFigure
from stafette.retention.periods import delete_on

BLUEPRINT = Path(__file__).parents[3] / "blueprints" / "leipzig.toml"
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Berlin"))  # the same service days on every day
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def town(db, settings, tmp_path):
    settings.STAFETTE_TOMBSTONES = tmp_path / "tombstones.jsonl"
    with (
        travel(SUNDAY - timedelta(days=OPENED + 1)),
        as_owner(),
    ):  # a test has one connection, so one lane of the log
        call_command("blueprint", "apply", "--yes", str(BLUEPRINT), verbosity=0)
    with travel(SUNDAY):
        fill_leipzig(days=14)
        yield


def test_the_welcome_centre_holds_together(town, client):
    """One town for all: filling it takes longer than looking at it."""
    with as_owner():
        _the_counter_gave_services_and_sheets()
        _partners_sit_at_their_desks()
        _the_drawer_holds_work_aids()
        _most_questions_are_settled()
        _nothing_is_overdue()
    _the_pages_answer(client)


def _the_counter_gave_services_and_sheets():
    assert Service.objects.filter(is_public=True).count() > 50
    assert published_sheets("de")
    contacts = ShortContact.objects.all()
    assert contacts.count() > 40
    assert contacts.exclude(services=[]).exists()
    assert contacts.exclude(sheets=[]).exists()
    assert set(contacts.values_list("counted_on__iso_week_day", flat=True)) <= {1, 2, 4}


def _partners_sit_at_their_desks():
    running = CooperationAgreement.objects.filter(state="running", unit__code="wzl")
    assert set(running.values_list("partner__organization__code", flat=True)) == {
        *("mbe-nord", "jmd", "gewerkschaft", "mieterverein"),
    }
    services = {code for one in running for code in one.services}
    assert Service.objects.filter(code__in=services).count() == 4

    monday = today() + timedelta(days=1)
    week = presences(monday + timedelta(days=n) for n in range(5))
    assert [(one.day.isoweekday(), one.opens_at.hour, one.desk) for one in week] == [
        (1, 10, 2), (2, 14, 3), (4, 9, 2), (4, 14, 3),
    ]  # fmt: skip
    [next_to_end] = ending_soon()
    assert next_to_end.partner.organization.code == "mieterverein"


def _the_drawer_holds_work_aids():
    found = {aid.kind: aid for aid in WorkAid.objects.all()}
    assert set(found) == {"overview", "list", "scan", "flyer"}
    assert found["scan"].mime == "image/png"
    assert found["flyer"].is_expired
    assert not found["overview"].is_stale
    assert found["list"].target_groups == ["students", "skilled_workers"]
    for aid in found.values():
        assert aid.text and aid.owner_function


def _most_questions_are_settled():
    asked = OpenQuestion.objects.all()
    assert len(set(asked.values_list("text", flat=True))) == asked.count() == 10
    waiting = asked.filter(state="open").order_by("asked_on")
    assert waiting.count() == 4
    assert (today() - waiting[0].asked_on).days <= 10
    codes = set(asked.filter(state="answered").exclude(answer_code="").values_list("answer_code", flat=True))
    kinds = {code.partition(":")[0] for code in codes}
    assert kinds == {"service", "sheet"}
    assert Service.objects.filter(code__in=[code.partition(":")[2] for code in codes]).count() == 3
    assert asked.filter(state="dropped").count() == 1


def test_no_settled_question_is_due_in_a_fresh_demo():
    """Whatever is due when the demo begins was never announced, and counts as overdue at once."""
    for gap in GAPS:
        assert gap.settled is None or delete_on("L2", today() - timedelta(days=gap.settled)) > today()


def _nothing_is_overdue():
    """The directory was entered longer ago than the log is kept: its entries are gone, the chain still holds."""
    assert Service.objects.get(code="altes-projekt").assured_at == today() - timedelta(days=400)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert "contact.counted" in kinds and "log.cut" in kinds and "info_sheets.loaded" not in kinds
    assert not PurgeFigure.objects.filter(overdue__gt=0).exists()
    assert verify_chain(using="default").faults == []


def _the_pages_answer(client):
    client.force_login(demo_account("koordination"), backend=BACKEND)
    page = client.get(reverse("evaluation:index"))
    assert page.status_code == 200
    assert "Willkommenszentrum" in page.content.decode()
    client.force_login(demo_account("wzl-leitung"), backend=BACKEND)
    assert "Mieterverein" in client.get(reverse("partners:agreements")).content.decode()
