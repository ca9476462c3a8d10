"""Pictures of a full town for README and manual: a quarter of talks, as `make demo` shows it. Only with PICTURES=1."""

import os
import uuid
from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils import timezone

from conftest import administer, point_to, template_database
from stafette.demo.fill import fill
from tests.journeys import conftest as journeys
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

pytestmark = pytest.mark.skipif(
    os.environ.get("PICTURES") != "1", reason="only to renew pictures: PICTURES=1"
)
PAGES = (
    ("clearing", "/uebergaben/heute/", "mein-tag"),
    ("clearing", "/uebergaben/", "uebergaben"),
    ("clearing", "/personen/", "personen"),
    ("clearing", "/zuzuege/importe/", "eingelesene-listen"),
    ("clearing", "/gespraeche/kurzkontakt/", "kurzkontakt-clearing"),
    ("aufsuchend", "/uebergaben/heute/", "mein-tag-empfaengerin"),
    ("wohnraum", "/gebaeude/hinweise/", "hinweise"),
    ("koordination", "/steuerung/", "steuerung"),
)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, monkeypatch_module):
    """A town with a whole quarter behind it; takes a minute, hence only for pictures."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        name = f"stafette_pictures_{uuid.uuid4().hex[:12]}"
        administer(f'create database "{name}" template "{template_database()}"')
        point_to(name)
        journeys._fill()
        yield name
        point_to(before)
        administer(f'drop database if exists "{name}" with (force)')


@pytest.fixture(scope="module")
def monkeypatch_module():
    """Let the town be filled with a quarter instead of a handful of talks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stafette.demo.fill.fill", lambda talks: fill())
        clock = SimpleNamespace(
            now=lambda: timezone.now() - since_office_hours(), localtime=timezone.localtime
        )
        patch.setattr("stafette.kernel.clock.timezone", clock)
        yield patch


def since_office_hours():
    """How long ago the last working afternoon was: nobody sits at a desk on a Sunday."""
    here = timezone.localtime()
    afternoon = datetime.combine(here.date(), time(16, 45), tzinfo=here.tzinfo)
    while afternoon > here or afternoon.weekday() > 4:
        afternoon -= timedelta(days=1)
    return here - afternoon


def test_pictures_of_a_full_town(page):
    page.set_default_timeout(60_000)
    for role, address, name in PAGES:
        sign_in(page, role)
        page.goto(address)
        expect_good_page(page)
        screenshot(page, name)
