"""What readers say reaches the editors; programs and haste do not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.audit.models import Event
from stafette.directory.models import Signal
from stafette.directory.tests.factories import ServiceFactory
from stafette.kernel.clock import now, travel
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.portal.access import public_actor, remarks_visible_to
from stafette.portal.commands import note_feedback, settle_remark
from stafette.portal.models import PageRemark
from stafette.portal.proof import proof
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


def test_a_day_holds_only_so_many(client, form, monkeypatch):
    monkeypatch.setattr("stafette.portal.commands.feedback.MOST_A_DAY", 2)
    assert send(client, form | {"eintrag": "kitaberatung"}).status_code == 200
    assert send(client, form | {"seite": "anmeldung"}).status_code == 200
    assert send(client, form | {"seite": "anmeldung"}).status_code == 429
    with as_owner():
        assert Event.objects.filter(kind="portal.feedback").count() == 2


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
