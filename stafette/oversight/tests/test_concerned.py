"""Whom a breach concerns: the officer gets a count, the unit that knows them gets the names, and nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.kernel.clock import now
from stafette.kernel.errors import BadInput
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.oversight import papers
from stafette.oversight.commands import share_breach, tell_household
from stafette.oversight.commands.shares import Wanted
from stafette.oversight.models import BreachShare, Concerned
from stafette.oversight.queries.breaches import letter_of
from stafette.oversight.tests.factories import BreachFactory, ReadingFactory, officer_for
from stafette.people.models import Household
from stafette.people.tests.factories import HouseholdFactory
from stafette.referrals.commands import prepare_referral, send_referral
from stafette.referrals.tests.factories import make_town, user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town()


@pytest.fixture
def officer(town):
    return officer_for(town.clearing)


@pytest.fixture
def breach(town):
    return BreachFactory(unit=town.clearing)


def wanted(town, question, **more):
    span = {"since": now() - timedelta(days=30), "until": now() + timedelta(hours=1)}
    return Wanted(question=question, units=[town.clearing.pk], **span | more)


def counted(officer, asked):
    with acting(officer):
        return asked.counts()


def test_all_records_that_an_account_read(town, officer):
    ReadingFactory(account_id=town.clerk.id, unit_id=town.clearing.pk, record_id=town.household.pk)
    HouseholdFactory(unit=town.clearing)
    asked = wanted(town, "readings", account_id=town.clerk.id)
    assert counted(officer, asked) == {town.clearing.pk: (1, 2)}
    assert counted(officer, wanted(town, "readings", account_id=town.worker.id)) == {}
    early = wanted(town, "readings", account_id=town.clerk.id, until=now() - timedelta(days=1))
    assert counted(officer, early) == {}


def test_all_referrals_to_a_unit(town, officer):
    route = town.route("child_without_school_place", town.school, ["core"])
    finding = town.finding("child_without_school_place", person=town.child)
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    send_referral(actor=town.clerk, referral_id=referral.pk)
    assert counted(officer, wanted(town, "referrals", receiver_id=town.school.pk)) == {
        town.clearing.pk: (1, 2)
    }
    assert counted(officer, wanted(town, "referrals", receiver_id=town.outreach.pk)) == {}


def test_all_households_in_a_street(town, officer):
    with as_owner():
        Household.objects.filter(pk=town.household.pk).update(street="Ringweg ")
    assert counted(officer, wanted(town, "street", street="ringweg")) == {town.clearing.pk: (1, 2)}
    assert counted(officer, wanted(town, "street", street="Ring%")) == {}


def test_nobody_counts_in_units_that_are_not_overseen(town, officer):
    with as_owner():
        Household.objects.update(street="Ringweg")
    other = HouseholdFactory(unit=town.outreach, street="Ringweg")
    asked = wanted(town, "street", street="Ringweg")
    both = Wanted(**vars(asked) | {"units": [town.clearing.pk, other.unit_id]})
    assert set(counted(officer, both)) == {town.clearing.pk}
    for stranger in (town.clerk, officer_for(town.outreach)):
        assert counted(stranger, asked) == {}


@pytest.fixture
def shared(town, officer, breach):
    with as_owner():
        Household.objects.filter(pk=town.household.pk).update(street="Ringweg")
    (share,) = share_breach(
        actor=officer, breach_id=breach.pk, wanted=wanted(town, "street", street="Ringweg")
    )
    return share


def test_the_unit_gets_its_list_and_the_officer_only_the_count(town, officer, shared):
    assert (shared.households, shared.people) == (1, 2)
    with acting(officer):
        assert not Concerned.objects.exists()
        assert not Household.objects.exists()
    with acting(town.clerk):
        assert Concerned.objects.get().household == town.household
    with acting(town.worker):
        assert not Concerned.objects.exists()
        assert not BreachShare.objects.exists()
    with as_owner():
        told = list(Note.objects.filter(kind="breach_list").values_list("user_id", "unit_id", "path"))
    assert {unit for _user, unit, _path in told} == {town.clearing.pk}
    assert (town.clerk.id, town.clearing.pk, reverse("oversight:share", args=[shared.pk])) in told


def test_telling_a_household_is_noted_once_by_its_unit_only(town, shared):
    with as_owner():
        concerned = Concerned.objects.get()
    with pytest.raises(Concerned.DoesNotExist):
        tell_household(actor=town.worker, concerned_id=concerned.pk)
    assert tell_household(actor=town.clerk, concerned_id=concerned.pk).told_by_id == town.clerk.id


def test_a_question_that_finds_nobody_is_said(town, officer, breach):
    with pytest.raises(BadInput, match="niemanden"):
        share_breach(actor=officer, breach_id=breach.pk, wanted=wanted(town, "street", street="Nirgends"))


def test_the_page_of_the_unit_and_its_letter(client, town, officer, breach, shared):
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    page = reverse("oversight:share", args=[shared.pk])
    client.force_login(user_of(town.clerk), backend=backend)
    assert town.household.label in client.get(page).content.decode()
    letter = client.get(reverse("oversight:letter", args=[breach.pk, "bg"]))
    assert letter.content.startswith(b"%PDF")
    assert client.get(reverse("oversight:letter", args=[breach.pk, "xx"])).status_code == 404
    with as_owner():
        concerned = Concerned.objects.get()
    assert client.post(reverse("oversight:tell", args=[concerned.pk])).status_code == 302
    client.force_login(user_of(town.worker), backend=backend)
    assert client.get(page).status_code == 404
    assert client.get(reverse("oversight:letter", args=[breach.pk, "bg"])).status_code == 404
    client.force_login(user_of(officer), backend=backend)
    assert client.get(page).status_code == 403
    found = client.post(
        reverse("oversight:find", args=[breach.pk]),
        {"question": "street", "street": "Ringweg", "units": [town.clearing.pk], "since": "1.1.2026",
         "until": "31.12.2026", "step": "count"},
    )  # fmt: skip
    assert "Haushalte: 1, Personen: 2" in found.content.decode()
    assert town.household.label not in found.content.decode()


def test_the_letter_has_every_word_in_every_language(breach, officer):
    texts = papers.texts()
    german = texts["de"]
    assert set(papers.LANGUAGES) == set(texts) - {"version"}
    for code in papers.LANGUAGES:
        assert texts[code].keys() == german.keys(), code
        for part in ("nature", "kind", "consequence"):
            assert texts[code][part].keys() == german[part].keys(), code
    with acting(officer):
        facts = letter_of(actor=officer, breach_id=breach.pk)
    assert papers.letter(facts, "ar").startswith(b"%PDF")
