"""Every page of units, staff and accounts, for whom it is there, and what a click does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.models import Absence, Equipment, Membership, Post, User
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import AbsenceFactory, MembershipFactory, UnitFactory, UserFactory
from stafette.accounts.tests.piles import only_pile
from stafette.kernel.clock import now, today
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner


@pytest.fixture
def unit(db):
    unit = UnitFactory(
        name="Clearingstelle", code="clearing", goals=["Geordnetes Meldeverfahren"], phone="030 23125 110"
    )
    with as_owner():
        Post.objects.create(unit=unit, code="a", title="Erstkontakt", duty="contact", fte=1)
        Post.objects.create(unit=unit, code="b", title="Bürgerservice", duty="deputy")
        Equipment.objects.create(unit=unit, name="Vasco", cost_from=299, cost_to=299, rhythm="once")
    return unit


@pytest.fixture
def technical(logged_in):
    return logged_in(Role.TECHNICAL, UnitFactory(kind="IT", name="Betrieb", code="betrieb"))


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def test_everyone_sees_who_is_responsible(logged_in, unit):
    client = logged_in(Role.CLERK, UnitFactory())
    page = client.get(url("units")).content.decode()
    assert "Clearingstelle" in page
    assert "Erstkontakt" in page
    page = client.get(url("unit", "clearing")).content.decode()
    for said in (
        "Geordnetes Meldeverfahren",
        "Erstkontakt",
        "Bürgerservice",
        "030 23125 110",
        "299 € einmalig",
        "1,00",
    ):
        assert said in page
    assert "Team verwalten" not in page


def test_an_unknown_unit_is_not_found_and_without_membership_nothing_is_there(logged_in, client, unit):
    inside = logged_in(Role.CLERK, unit)
    assert inside.get(url("unit", "nirgends")).status_code == 404
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for page in (url("units"), url("unit", "clearing"), url("roles"), url("permissions")):
        assert client.get(page).status_code == 404


def test_roles_and_permissions_stand_on_one_page_each(logged_in, unit):
    client = logged_in(Role.CLERK, unit)
    roles = client.get(url("roles")).content.decode()
    permissions = client.get(url("permissions")).content.decode()
    for role in Role:
        assert str(role.label) in roles
    for permission in Permission:
        assert permission.sentence in permissions


def test_only_whoever_administers_the_unit_sees_its_team(logged_in, client, unit):
    assert logged_in(Role.CLERK, unit).get(url("staff", "clearing")).status_code == 404
    assert logged_in(Role.HEAD, UnitFactory()).get(url("staff", "clearing")).status_code == 404
    head = logged_in(Role.HEAD, unit)
    assert head.get(url("staff", "clearing")).status_code == 200


def test_a_head_adds_and_ends_a_membership_on_the_page(logged_in, unit):
    client, colleague = logged_in(Role.HEAD, unit), UserFactory()
    form = {"email": colleague.email, "role": "clerk", "starts_on": f"{today():%d.%m.%Y}", "ends_on": ""}
    assert client.get(url("add_membership", "clearing")).status_code == 200
    wrong = client.post(url("add_membership", "clearing"), form | {"role": "technical"})
    assert wrong.status_code == 422
    client.post(url("add_membership", "clearing"), form)
    membership = Membership.objects.get(user=colleague)
    page = client.get(url("staff", "clearing")).content.decode()
    assert colleague.label in page
    assert client.get(url("end_membership", membership.pk)).status_code == 200
    client.post(url("end_membership", membership.pk), {"ends_on": f"{today():%d.%m.%Y}"})
    membership.refresh_from_db()
    assert membership.ends_on == today()


def test_the_technical_administration_appoints_heads_and_ends_no_case_work(technical, unit):
    clerk, head = MembershipFactory(unit=unit), MembershipFactory(unit=unit, role=Role.HEAD)
    page = technical.get(url("add_membership", "clearing")).content.decode()
    assert str(Role.HEAD.label) in page
    assert str(Role.CLERK.label) not in page
    staff = technical.get(url("staff", "clearing")).content.decode()
    assert url("end_membership", head.pk) in staff
    assert url("end_membership", clerk.pk) not in staff
    assert technical.get(url("end_membership", clerk.pk)).status_code == 404
    assert technical.get(url("absence", clerk.user_id)).status_code == 404


def test_the_last_administrator_gets_a_sentence_and_nothing_changes(logged_in, unit):
    client = logged_in(Role.HEAD, unit)
    membership = Membership.objects.get(user=client.user)
    answer = client.post(url("end_membership", membership.pk), {"ends_on": f"{today():%d.%m.%Y}"})
    assert answer.status_code == 409
    assert "niemanden mehr" in answer.content.decode()


def test_one_records_ones_own_absence(logged_in, unit):
    client, deputy = logged_in(Role.CLERK, unit), MembershipFactory(unit=unit).user
    form = {"starts_on": "01.12.2099", "ends_on": "02.12.2099", "deputy_id": str(deputy.pk)}
    page = client.get(url("absence", client.user.pk)).content.decode()
    assert deputy.label in page
    assert client.post(url("absence", client.user.pk), form)["Location"] == url("profile")
    absence = Absence.objects.get()
    assert deputy.label in client.get(url("profile")).content.decode()
    client.post(url("cancel_absence", absence.pk))
    assert not Absence.objects.exists()


def test_a_colleagues_absence_is_not_mine_to_write(logged_in, unit):
    client, colleague = logged_in(Role.CLERK, unit), MembershipFactory(unit=unit).user
    absence = AbsenceFactory(user=colleague, deputy=UserFactory())
    assert client.get(url("absence", colleague.pk)).status_code == 404
    assert client.post(url("cancel_absence", absence.pk)).status_code == 404


def test_the_list_of_accounts_is_for_the_technical_administration(logged_in, unit):
    client = logged_in(Role.HEAD, unit)
    for page in (url("accounts"), url("create_account")):
        assert client.get(page).status_code == 404
    assert client.post(url("invite", UserFactory().pk)).status_code == 404


def test_idle_accounts_can_be_listed(technical):
    idle = UserFactory(label="Lange weg", created_at=now() - timedelta(days=100))
    page = technical.get(url("accounts") + "?state=idle").content.decode()
    assert idle.label in page
    assert technical.user.label not in page.split("<tbody")[1]


def test_create_invite_lock_unlock_on_the_pages(technical):
    answer = technical.post(url("create_account"), {"email": "neu@stadt.example", "label": "Clearing 9"})
    user = User.objects.get(email="neu@stadt.example")
    assert answer["Location"] == url("account", user.pk)
    page = technical.post(url("invite", user.pk))
    assert "/konto/password/reset/key/" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "/konto/password/reset/key/" not in technical.get(url("invite", user.pk)).content.decode()
    technical.post(url("lock", user.pk))
    assert not User.objects.get(pk=user.pk).is_active
    assert "Entsperren" in technical.get(url("account", user.pk)).content.decode()
    technical.post(url("unlock", user.pk))
    assert User.objects.get(pk=user.pk).is_active


def test_a_head_sees_the_account_of_the_staff_but_cannot_lock_it(logged_in, unit):
    client, colleague = logged_in(Role.HEAD, unit), MembershipFactory(unit=unit).user
    page = client.get(url("account", colleague.pk)).content.decode()
    assert "Sperren" not in page
    assert client.post(url("lock", colleague.pk)).status_code == 403
    assert User.objects.get(pk=colleague.pk).is_active
    assert client.get(url("account", UserFactory().pk)).status_code == 404


def test_leaving_shows_what_is_open_and_moves_it_once(technical, unit, monkeypatch):
    leaver, successor = MembershipFactory(unit=unit).user, MembershipFactory(unit=unit).user
    only_pile(monkeypatch, *[(leaver.pk, unit.pk)] * 3)
    page = technical.get(url("leave", leaver.pk)).content.decode()
    assert "Papiere: 3" in page
    assert technical.post(url("leave", leaver.pk), {}).status_code == 422
    form = {f"unit_{unit.pk}": str(successor.pk)}
    assert technical.post(url("leave", leaver.pk), form).status_code == 302
    assert technical.post(url("leave", leaver.pk), form).status_code == 409
    assert "verabschiedet" in technical.get(url("account", leaver.pk)).content.decode()


def test_whoever_works_for_two_units_can_work_for_one(logged_in, client, unit):
    logged_in(Role.CLERK, unit)
    other = MembershipFactory(user=client.user, unit=UnitFactory(name="Stadtteilzentrum"), role=Role.COUNTER)
    assert len(client.get(url("profile")).wsgi_request.actor.units(Permission.PERSON_VIEW)) == 2
    client.post(url("choose_unit"), {"unit_id": str(other.unit_id)})
    page = client.get(url("profile"))
    assert page.wsgi_request.actor.units(Permission.PERSON_VIEW) == {other.unit_id}
    client.post(url("choose_unit"), {"unit_id": ""})
    assert len(client.get(url("profile")).wsgi_request.actor.units(Permission.PERSON_VIEW)) == 2


def test_a_foreign_unit_cannot_be_chosen(logged_in, client, unit):
    logged_in(Role.CLERK, unit)
    foreign = UnitFactory()
    client.post(url("choose_unit"), {"unit_id": str(foreign.pk)})
    session = client.session
    session["unit"] = str(foreign.pk)
    session.save()
    assert client.get(url("profile")).wsgi_request.actor.units(Permission.PERSON_VIEW) == {unit.pk}


def test_the_language_is_kept_in_a_cookie(logged_in, unit):
    client = logged_in(Role.CLERK, unit)
    answer = client.post(url("choose_language"), {"language": "en"})
    assert answer.cookies["django_language"].value == "en"
    assert "django_language" not in client.post(url("choose_language"), {"language": "xx"}).cookies
