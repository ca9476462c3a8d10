"""The officer's side of the log of readings: the list, what stands out, the sample, the question for a reason."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stafette.accounts.models import User
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event, Reading
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.oversight.commands import draw_sample, review_reading
from stafette.oversight.models import ReadingSample
from stafette.oversight.queries import readings as questions
from stafette.oversight.queries.samples import last_month, months
from stafette.oversight.tasks import draw_all
from stafette.oversight.tests.factories import ReadingFactory, officer_for
from stafette.people.models import Household
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory
from stafette.referrals.commands import create_task
from stafette.referrals.tests.factories import staff, user_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MONTH = date(2026, 10, 1)
IN_MONTH = datetime(2026, 10, 14, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(unit):
    return officer_for(unit)


@pytest.fixture
def officer_client(client, officer):
    client.force_login(User.objects.get(pk=officer.id), backend=BACKEND)
    return client


def test_the_officer_sees_who_read_which_number(officer_client, unit):
    clerk = staff(unit)
    household = HouseholdFactory(unit=unit, label="Familie Zschokke")
    ReadingFactory(account_id=clerk.id, unit_id=unit.pk, record_id=household.pk)
    ReadingFactory(account_id=staff(UnitFactory()).id, unit_id=UnitFactory().pk, page="people:fremd")
    page = officer_client.get(reverse("oversight:readings")).content.decode()
    assert clerk.label in page
    assert str(household.pk)[-12:] in page
    assert "Zschokke" not in page
    assert "people:fremd" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=export", False),
        ("kind=view", True),
        ("since=1.1.2027", False),
        ("number=zzzz", False),
        ("asked=on", False),
    ],
)
def test_the_list_is_narrowed(officer_client, unit, query, shown):
    clerk = staff(unit)
    ReadingFactory(account_id=clerk.id, unit_id=unit.pk)
    page = officer_client.get(reverse("oversight:readings") + "?" + query)
    assert bool(page.context["rows"]) is shown


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.TECHNICAL, Role.COORDINATION])
@pytest.mark.parametrize("name", ["readings", "patterns", "samples", "desk", "fields", "idle"])
def test_nobody_else_sees_it(logged_in, unit, role, name):
    assert logged_in(role, unit).get(reverse(f"oversight:{name}")).status_code == 403


@pytest.fixture
def noon():
    with travel(datetime(2026, 12, 9, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))):
        yield


def test_what_stands_out_is_counted(noon, officer, unit):
    nosy, busy = staff(unit), staff(unit)
    known = HouseholdFactory(unit=unit)
    with as_owner():
        Event.objects.create(
            kind="task.created", actor_id=busy.id, actor_label="x", unit_id=unit.pk, subject_type="x",
            subject_id=known.pk, about_id=known.pk,
        )  # fmt: skip
    ReadingFactory(account_id=busy.id, unit_id=unit.pk, record_id=known.pk)
    for _each in range(25):
        ReadingFactory(account_id=nosy.id, unit_id=unit.pk)
    night = now().astimezone(ZoneInfo("Europe/Berlin")).replace(hour=2) - timedelta(days=2)
    ReadingFactory(account_id=nosy.id, unit_id=unit.pk, at=night)
    for _each in range(6):
        ReadingFactory(account_id=staff(unit).id, unit_id=unit.pk, record_id=known.pk)
    for _each in range(7):
        ReadingFactory(
            account_id=nosy.id, unit_id=unit.pk, kind="search", number=0, record_id=None, about_id=None
        )
    with acting(officer):
        found = questions.patterns(actor=officer)
    assert [(one.label, one.count) for one in found.foreign] == [(nosy.label, 26)]
    assert [(one.label, one.count) for one in found.nightly] == [(nosy.label, 1)]
    assert [(one.label, one.count) for one in found.crowded] == [(str(known.pk)[-12:], 7)]
    assert [(one.label, one.count) for one in found.in_vain] == [(nosy.label, 7)]


def test_the_sample_is_one_per_cent_at_least_five_and_the_same_again(officer, unit):
    rows = [ReadingFactory(unit_id=unit.pk, at=IN_MONTH) for _each in range(40)]
    ReadingFactory(unit_id=unit.pk, at=IN_MONTH + timedelta(days=40))
    assert draw_sample(actor=officer, authority_id=unit.authority_id, month=MONTH) == 5
    with as_owner():
        first = set(ReadingSample.objects.values_list("reading_id", flat=True))
        assert first <= {row.pk for row in rows}
        ReadingSample.objects.all().delete()
    draw_sample(actor=officer, authority_id=unit.authority_id, month=MONTH)
    assert draw_sample(actor=officer, authority_id=unit.authority_id, month=MONTH) == 0
    with as_owner():
        assert set(ReadingSample.objects.values_list("reading_id", flat=True)) == first


def test_nobody_draws_where_one_oversees_nothing(unit):
    with pytest.raises(NotAllowed):
        draw_sample(actor=staff(unit), authority_id=unit.authority_id, month=MONTH)


def test_the_program_draws_by_itself_for_each_authority(unit, officer):
    ReadingFactory(unit_id=unit.pk, at=IN_MONTH)
    assert draw_all(MONTH) == 1
    assert draw_all(MONTH) == 0


@pytest.fixture
def drawn(unit, officer):
    ReadingFactory(account_id=staff(unit).id, unit_id=unit.pk, at=IN_MONTH)
    draw_sample(actor=officer, authority_id=unit.authority_id, month=MONTH)
    with as_owner():
        return ReadingSample.objects.get()


def test_a_reading_is_reviewed_and_counted(officer, drawn):
    with pytest.raises(BadInput):
        review_reading(actor=officer, sample_id=drawn.pk, verdict="ask")
    review_reading(actor=officer, sample_id=drawn.pk, verdict="ask", note="Mit der Leitung gesprochen")
    review_reading(actor=officer, sample_id=drawn.pk, verdict="plausible", note="Vertretung")
    with pytest.raises(RuleBroken):
        review_reading(actor=officer, sample_id=drawn.pk, verdict="plausible")
    with acting(officer):
        (month,) = months(actor=officer)
    assert (month.drawn, month.open, month.plausible, month.ask) == (1, 0, 1, 0)


def test_another_officer_does_not_review_it(drawn):
    with pytest.raises(ReadingSample.DoesNotExist):
        review_reading(actor=officer_for(UnitFactory()), sample_id=drawn.pk, verdict="plausible")


def test_the_pages_of_the_sample(officer_client, drawn):
    assert officer_client.get(reverse("oversight:samples")).status_code == 200
    page = reverse("oversight:sample", args=[drawn.pk])
    assert officer_client.get(page).status_code == 200
    assert officer_client.post(page, {"verdict": "ask"}).status_code == 422
    assert officer_client.post(page, {"verdict": "plausible"}).status_code == 302
    assert officer_client.post(reverse("oversight:draw")).status_code == 302
    assert last_month(date(2026, 1, 15)) == date(2025, 12, 1)


# Why: a file in which nothing is going on.


@pytest.fixture
def clerk(unit):
    return staff(unit)


@pytest.fixture
def quiet(unit):
    """A household in whose file nothing happened for a hundred days."""
    long_ago = now() - timedelta(days=100)
    return HouseholdMemberFactory(household=HouseholdFactory(unit=unit, created_at=long_ago)).household


def test_nobody_is_asked_about_a_new_file(client, clerk, unit):
    household = HouseholdMemberFactory(household=HouseholdFactory(unit=unit)).household
    assert open_page(client, clerk, household).status_code == 200


def open_page(client, clerk, household, name="people:household", pk=None):
    client.force_login(user_of(clerk), backend=BACKEND)
    return client.get(reverse(name, args=[pk or household.pk]))


def test_a_quiet_file_asks_why_then_opens_for_the_day(client, clerk, quiet):
    asked = open_page(client, clerk, quiet)
    assert asked.status_code == 302
    assert asked.url.startswith(reverse("oversight:why", args=[quiet.pk]))
    with as_owner():
        assert not Reading.objects.exists()
    page = client.get(asked.url)
    assert quiet.label not in page.content.decode()
    assert client.post(asked.url, {"reason": "other"}).status_code == 422
    assert client.post(asked.url, {"reason": "call"}).url == reverse("people:household", args=[quiet.pk])
    assert open_page(client, clerk, quiet).status_code == 200
    person = quiet.members.model.objects
    with as_owner():
        pk = person.get(household=quiet).person_id
        assert Reading.objects.filter(reason="call", about_id=quiet.pk).count() == 1
    assert open_page(client, clerk, quiet, "people:person", pk).status_code == 200


def test_yesterdays_reason_does_not_open_it_today(client, clerk, quiet):
    ReadingFactory(
        account_id=clerk.id,
        unit_id=quiet.unit_id,
        record_id=quiet.pk,
        reason="call",
        at=now() - timedelta(days=1),
    )
    assert open_page(client, clerk, quiet).status_code == 302


def test_nobody_is_asked_where_something_is_open_or_happened(client, clerk, quiet):
    task = create_task(
        actor=clerk,
        unit_id=quiet.unit_id,
        household_id=quiet.pk,
        title="x",
        next_on=today() + timedelta(days=5),
    )
    assert task.is_open
    assert open_page(client, clerk, quiet).status_code == 200


def test_what_lies_open_for_a_hundred_days_is_not_quiet(client, clerk, quiet):
    with travel(now() - timedelta(days=120)):
        create_task(
            actor=clerk, unit_id=quiet.unit_id, household_id=quiet.pk, title="x",
            next_on=today() + timedelta(days=5),
        )  # fmt: skip
    assert open_page(client, clerk, quiet).status_code == 200


def test_why_leads_nowhere_else(client, clerk, quiet):
    client.force_login(user_of(clerk), backend=BACKEND)
    away = reverse("oversight:why", args=[quiet.pk]) + "?weiter=https://boese.example/"
    assert client.post(away, {"reason": "call"}).url == reverse("people:household", args=[quiet.pk])
    sneaky = reverse("oversight:why", args=[quiet.pk]) + "?weiter=//boese.example/"
    assert client.post(sneaky, {"reason": "call"}).url == reverse("people:household", args=[quiet.pk])


def test_why_exists_only_for_the_own_units(client, quiet):
    client.force_login(user_of(staff(UnitFactory())), backend=BACKEND)
    assert client.get(reverse("oversight:why", args=[quiet.pk])).status_code == 404


def test_searching_in_vain_again_and_again_is_told_once(client, clerk, unit, officer):
    client.force_login(user_of(clerk), backend=BACKEND)
    for _each in range(23):
        ReadingFactory(account_id=clerk.id, unit_id=unit.pk, kind="search", number=0, record_id=None)
    for _each in range(2):
        client.post(reverse("people:search"), {"q": "Zschokkowitz"})
    with as_owner():
        (note,) = Note.objects.filter(kind="searches_in_vain")
        assert Household.objects.count() == 0
    assert note.user_id == officer.id
    assert "Zschokk" not in str(vars(note))


def test_a_few_searches_in_vain_are_work(client, clerk, officer):
    client.force_login(user_of(clerk), backend=BACKEND)
    for _each in range(3):
        client.post(reverse("people:search"), {"q": "Zschokkowitz"})
    with as_owner():
        assert not Note.objects.filter(kind="searches_in_vain").exists()


def test_the_desk_takes_few_statements(officer_client, unit):
    with as_owner():
        User.objects.update(created_at=now() - timedelta(days=400))
    officer_client.get(reverse("oversight:desk"))
    with CaptureQueriesContext(connection) as asked:
        page = officer_client.get(reverse("oversight:desk"))
    assert "Ungenutzte Konten" in page.content.decode()
    sent = [one["sql"][:200] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    own = [one for one in sent if re.search(r'"(oversight_|audit_)|from oversight_|last_login" <', one)]
    assert len(own) <= 4, "\n".join(own)
    assert len(sent) <= 24, "\n".join(sent)
