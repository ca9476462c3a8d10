"""The list of accounts shows where mail does not get through."""

import pytest
from django.urls import reverse

from stafette.accounts.queries import watch_actor
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory, UserFactory
from stafette.config.wiring import connect
from stafette.kernel.clock import now
from stafette.outbox.commands import note_bounce
from stafette.outbox.tests.factories import MessageFactory
from stafette.web import marks

WORD = "Mails kommen zurück"


@pytest.mark.django_db
def test_the_list_marks_the_account_whose_address_does_not_work(logged_in):
    connect()
    user = UserFactory(email="weg@stadt.example")
    for _other in range(3):
        UserFactory()
    browser = logged_in(Role.TECHNICAL, UnitFactory())
    url = reverse("accounts:accounts")
    assert WORD not in browser.get(url).content.decode()
    message = MessageFactory(address=user.email, state="sent", sent_at=now())
    note_bounce(actor=watch_actor(), message_id=message.pk, code="5.1.1")
    page = browser.get(url).content.decode()
    assert page.count(f"aktiv, {WORD}") == 1
    line = page[: page.index(WORD)].rpartition("<tr")[2]
    assert user.email in line


def test_a_mark_is_asked_once_for_all_rows(monkeypatch):
    monkeypatch.setattr(marks, "_makers", {})
    asked = []

    def maker(ids):
        asked.append(list(ids))
        return {ids[0]: "Wort"}

    for _twice in range(2):
        marks.register("list", maker)
    first, second = object(), object()
    assert marks.marks_for("list", [first, second]) == {first: ["Wort"]}
    assert asked == [[first, second]]
    assert marks.marks_for("elsewhere", [first]) == {}
