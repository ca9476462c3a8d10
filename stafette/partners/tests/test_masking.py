"""Whoever reads the outbox cannot answer in a partner's place: its links are covered wherever a mail is shown."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from stafette.accounts.roles import Role
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Message
from stafette.outbox.shown import COVER
from stafette.outbox.tests.factories import MessageFactory
from stafette.partners.mails import KIND
from stafette.partners.tests.scenes import make_story, token_of

LINK = re.compile(r"/partner/antwort/[\w-]{20,}")


@pytest.fixture
def sent(db):
    story = make_story()
    return story, story.sent()


def pages(client, message):
    """Everything of the outbox that a browser may ask for."""
    listed = reverse("outbox:list")
    workbook = load_workbook(io.BytesIO(client.get(listed, {"format": "xlsx"}).content))
    return {
        "list": client.get(listed).content.decode(),
        "narrowed": client.get(listed, {"reference": message.reference}).content.decode(),
        "swapped": client.get(listed, headers={"HX-Request": "true"}).content.decode(),
        "message": client.get(reverse("outbox:message", args=[message.pk])).content.decode(),
        "xlsx": "\n".join(str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row),
    }


def mail_of(request):
    with as_owner():
        return Message.objects.get(reference=request.number, kind=KIND)


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.HEAD])
def test_no_page_and_no_export_shows_a_partners_key(sent, logged_in, role):
    story, request = sent
    message, token = mail_of(request), token_of(request)
    shown = pages(logged_in(role, story.town.school), message)

    for name, text in shown.items():
        assert token not in text and not LINK.search(text), name
        assert message.reference in text, name
    assert f"/partner/antwort/{COVER}/" in shown["message"]


def test_a_mail_that_came_back_or_failed_is_covered_as_well(sent, logged_in):
    story, request = sent
    body = mail_of(request).body
    client = logged_in(Role.SCHOOL, story.town.school)
    for state in ("failed", "queued"):
        message = MessageFactory(unit=story.town.school, body=body, state=state)
        assert token_of(request) not in "".join(pages(client, message).values())


def test_the_demo_shows_the_link_on_the_mail_itself_only(sent, logged_in, settings):
    settings.DEMO = True
    story, request = sent
    message, token = mail_of(request), token_of(request)
    shown = pages(logged_in(Role.SCHOOL, story.town.school), message)

    assert f"/partner/antwort/{token}/" in shown.pop("message")
    assert token not in "".join(shown.values())
