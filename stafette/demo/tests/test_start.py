from types import SimpleNamespace

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory, UserFactory


@pytest.fixture
def clerk(db):
    user = UserFactory(email="clearing@stafette.example", label="Clearing 1")
    MembershipFactory(user=user, unit=UnitFactory(), role=Role.CLERK)
    return user


def test_one_click_logs_in_as_the_role(client, clerk, settings):
    settings.DEMO = True
    response = client.post(reverse("demo:enter", args=["clearing"]))
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(clerk.pk)


@pytest.mark.parametrize(
    "method,name,args", [("get", "demo:start", []), ("post", "demo:enter", ["clearing"])]
)
def test_outside_the_demo_nobody_gets_in(client, clerk, settings, method, name, args):
    settings.DEMO = False
    assert getattr(client, method)(reverse(name, args=args)).status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_unknown_role_is_not_found(client, clerk, settings):
    settings.DEMO = True
    assert client.post(reverse("demo:enter", args=["buergermeister"])).status_code == 404


@pytest.mark.parametrize(
    "code,said,unsaid",
    [("leipzig", "Blätter mitzugeben", "Familien"), ("weissenfels", "Familien", "Blätter")],
)
def test_the_start_page_says_what_the_town_shows(client, db, settings, monkeypatch, code, said, unsaid):
    settings.DEMO = True
    monkeypatch.setattr("stafette.demo.queries.town", lambda: SimpleNamespace(code=code))
    page = client.get(reverse("demo:start")).content.decode()
    lead = page.partition("st-roles")[0]
    assert said in lead and unsaid not in lead
