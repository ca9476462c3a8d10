"""What readers say reaches the editors; programs and haste do not."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from stafette.accounts.queries import home_unit
from stafette.accounts.roles import Role
from stafette.audit.models import Event
from stafette.directory.models import Signal
from stafette.directory.tests.factories import ServiceFactory
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.portal import brake
from stafette.portal.access import public_actor, remarks_visible_to
from stafette.portal.commands import forget_words, note_feedback, settle_remark
from stafette.portal.models import PageRemark
from stafette.portal.proof import proof
from stafette.portal.shown.contact import contact
from stafette.portal.tasks import forget
from stafette.portal.tests.factories import PageRemarkFactory

PAGE = "portal:feedback"


@pytest.fixture
def form(service):
    with travel(now() - timedelta(minutes=1)):
        stamped = proof()
    return {"grund": "phone", "text": "Es meldet sich niemand.", "stempel": stamped, "telefon": ""}


def send(client, values, language="bg"):
    return client.post(reverse(PAGE, args=[language]), values)


def test_a_hint_about_an_entry_is_a_signal_for_its_editors(client, form, service):
    answer = send(client, form | {"eintrag": "kitaberatung"})
    assert answer.status_code == 200 and "Благодарим" in answer.content.decode()
    assert not answer.cookies
    signal = Signal.objects.get(service=service, kind="feedback")
    assert signal.note == "Telefonnummer stimmt nicht: Es meldet sich niemand."
    with as_owner():
        event = Event.objects.get(kind="portal.feedback")
    assert event.details["reason"] == "phone" and "niemand." not in str(event.details)


def test_a_hint_about_a_page_is_a_remark(client, form):
    send(client, form | {"seite": "anmeldung"}, "de")
    remark = PageRemark.objects.get()
    assert (remark.page, remark.language, remark.reason) == ("anmeldung", "de", "phone")


def test_a_day_holds_only_so_many_and_then_says_how_else_the_office_is_reached(
    client, form, town, monkeypatch
):
    monkeypatch.setattr("stafette.portal.commands.feedback.MOST_A_DAY", 2)
    assert send(client, form | {"eintrag": "kitaberatung"}).status_code == 200
    assert send(client, form | {"seite": "anmeldung"}).status_code == 200
    answer = send(client, form | {"seite": "anmeldung"}, "de")
    html = answer.content.decode()
    assert answer.status_code == 429 and "Ihr Hinweis ist nicht angekommen" in html
    assert "Es meldet sich niemand." in html, "what was written is not lost"
    assert contact().phone in html and contact().email in html
    with as_owner():
        assert Event.objects.filter(kind="portal.feedback").count() == 2


def from_there(client, form, address):
    url = reverse(PAGE, args=["de"])
    return client.post(url, form | {"seite": "anmeldung"}, REMOTE_ADDR=address).status_code


def elsewhere(address):
    """Another address, which does not lie in the same drawer today."""
    others = (f"203.0.113.{number}" for number in range(1, 255))
    return next(one for one in others if brake._drawer(one) != brake._drawer(address))


@pytest.fixture
def narrow(monkeypatch):
    monkeypatch.setattr(brake, "PER_DRAWER", 2)
    cache.clear()


def test_one_connection_fills_its_own_day_and_nobody_elses(client, form, narrow):
    assert [from_there(client, form, "198.51.100.7") for _ in range(4)] == [200, 200, 429, 429]
    assert from_there(client, form, elsewhere("198.51.100.7")) == 200
    with travel(now() + timedelta(days=1)):
        fresh = form | {"stempel": form["stempel"]}
        with travel(now() - timedelta(minutes=1)):
            fresh["stempel"] = proof()
        assert from_there(client, fresh, "198.51.100.7") == 200


def test_all_addresses_of_an_ipv6_connection_are_one(client, form, narrow):
    answers = [from_there(client, form, f"2001:db8:1:2::{one}") for one in range(1, 4)]
    assert answers == [200, 200, 429]


@pytest.mark.parametrize("start", ["198.51.100.", "::ffff:198.51.100."])
def test_ipv4_addresses_are_many_connections_however_a_socket_writes_them(start):
    connections = {brake._connection(f"{start}{number}") for number in range(1, 9)}
    assert connections == {f"198.51.100.{number}" for number in range(1, 9)}


def test_no_address_is_kept_for_the_day_and_many_share_a_drawer(client, form, narrow, monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "add", lambda key, *args, **facts: kept.append(key) or True)
    from_there(client, form, "198.51.100.7")
    [key] = [one for one in kept if one.startswith("feedback:")]
    assert key == f"feedback:{today():%Y%m%d}:{brake._drawer('198.51.100.7')}"
    drawers = {brake._drawer(f"198.51.{a}.{b}") for a in range(40) for b in range(250)}
    assert len(drawers) <= brake.DRAWERS == 1024, "10,000 addresses stand in a thousand drawers"


def test_a_hidden_entry_counts_as_a_page(client, form):
    ServiceFactory(code="versteckt", is_public=False)
    send(client, form | {"eintrag": "versteckt"}, "de")
    assert not Signal.objects.exists() and PageRemark.objects.count() == 1


@pytest.mark.parametrize("age", [timedelta(0), timedelta(days=2)])
def test_too_fast_or_too_old_is_asked_again(client, form, age):
    with travel(now() - age):
        stamped = proof()
    answer = send(client, form | {"stempel": stamped}, "de")
    assert answer.status_code == 422 and "noch einmal" in answer.content.decode()
    assert "Es meldet sich niemand." in answer.content.decode(), "what was written is not lost"
    assert not PageRemark.objects.exists()


def test_a_forged_stamp_is_no_stamp(client, form):
    assert send(client, form | {"stempel": "1700000000:abc"}).status_code == 422


def test_whatever_fills_the_trap_is_thanked_and_forgotten(client, form):
    answer = send(client, form | {"telefon": "0123"}, "de")
    assert "Danke" in answer.content.decode()
    assert not PageRemark.objects.exists() and not Signal.objects.exists()


def test_without_a_reason_the_form_says_what_is_missing(client, form):
    answer = send(client, form | {"grund": "nonsense"}, "de")
    assert answer.status_code == 422 and "Bitte wählen Sie aus" in answer.content.decode()


def test_the_form_asks_for_no_name_and_warns_of_names(client, service):
    html = client.get(reverse(PAGE, args=["de"]) + "?eintrag=kitaberatung").content.decode()
    assert "keine Namen" in html and "Kita-Beratung" in html
    assert 'type="email"' not in html and "csrfmiddlewaretoken" not in html


def test_who_sends_too_much_is_asked_to_wait(client, form):
    answers = {send(client, form | {"telefon": "x"}, "de").status_code for _ in range(22)}
    assert answers == {200, 429}


def test_a_foreign_hand_may_not_write(actor_with, town):
    actor = actor_with(Permission.UNIT_VIEW, unit=town)
    with pytest.raises(NotAllowed):
        note_feedback(actor=actor, unit_id=town.pk, reason="other")


def test_an_editor_settles_a_remark(actor_with, town, client, form):
    send(client, form, "de")
    remark = PageRemark.objects.get()
    editor = actor_with(Permission.DIRECTORY_EDIT, unit=town)
    assert list(remarks_visible_to(editor)) == [remark]
    assert not remarks_visible_to(actor_with(Permission.UNIT_VIEW, unit=town)).exists()
    settle_remark(actor=editor, unit_id=town.pk, remark_id=remark.pk)
    remark.refresh_from_db()
    assert remark.settled_on is not None
    assert public_actor().label == "Stafette (öffentliche Seiten)"


def test_editors_see_the_remark_on_their_page_and_put_it_away(logged_in, town):
    remark = PageRemarkFactory(page="wohnen", text="Der zweite Satz fehlt.")
    editor = logged_in(Role.EDITOR, town)
    assert "Der zweite Satz fehlt." in editor.get(reverse("upkeep:index")).content.decode()
    assert editor.post(reverse("portal:settle", args=[remark.pk])).status_code == 302
    assert "Der zweite Satz fehlt." not in editor.get(reverse("upkeep:index")).content.decode()


def test_what_readers_wrote_goes_after_half_a_year_and_the_reason_stays(service):
    editors = public_actor()
    with acting(editors):
        for code in (service.code, ""):
            note_feedback(
                actor=editors,
                unit_id=home_unit(),
                reason="phone",
                text="Frau Muster: geht nie ran",
                service=code,
            )
        assert forget_words(actor=editors, unit_id=home_unit()) == 0
    with travel(now() + timedelta(days=178)), acting(editors):
        assert forget_words(actor=editors, unit_id=home_unit()) == 0
    with travel(now() + timedelta(days=186)), acting(editors):
        assert forget_words(actor=editors, unit_id=home_unit()) == 2
        assert forget_words(actor=editors, unit_id=home_unit()) == 0
    with as_owner():
        assert Signal.objects.get().note == "Telefonnummer stimmt nicht"
        remark = PageRemark.objects.get()
        assert (remark.text, remark.reason) == ("", "phone")
        assert Event.objects.filter(kind="portal.words_forgotten").count() == 2


def test_only_editors_take_words_away(service, actor_with):
    stranger = actor_with(Permission.UNIT_VIEW, unit=home_unit())
    with acting(stranger), pytest.raises(NotAllowed):
        forget_words(actor=stranger, unit_id=home_unit())


def test_the_worker_takes_them_away(service):
    old = PageRemarkFactory(text="Herr Muster", noted_on=today() - timedelta(days=190))
    forget(0)
    old.refresh_from_db()
    assert old.text == ""
