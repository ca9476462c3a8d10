"""A wish for a new link, which anybody can make, takes nothing away; the button on the new link does."""

import pytest
from django.core.cache import cache

from stafette.audit.models import Event
from stafette.directory.models import Service
from stafette.kernel.clock import today
from stafette.kernel.errors import NotAllowed
from stafette.kernel.testing import as_owner
from stafette.upkeep.access import link_actor
from stafette.upkeep.commands import end_older_links
from stafette.upkeep.tasks import renew
from stafette.upkeep.tests.scenes import asked, links, mails, path_in_mail, provider

CLOSED = "Dieser Link gilt nicht mehr"


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


def text(response):
    return response.content.decode()


def service_of(organization):
    return Service.objects.get(organization=organization, name="Beratung 1")


def press(client, path, step, service=None):
    return client.post(path, {"step": step} | ({"service": str(service.pk)} if service else {}))


def test_a_wish_takes_no_link_away_and_comes_thrice_a_day_at_most(client):
    organization, path = asked()
    for _ in range(4):
        renew(organization_id=str(organization.pk))
    assert len(mails()) == 4  # the first one asked
    assert not links().exclude(revoked_at=None).exists()
    press(client, path, "confirm", service_of(organization))
    assert service_of(organization).assured_at == today(), "anybody may wish; the link in the mail goes on"


def test_the_first_button_on_a_new_link_ends_those_before_it(client):
    organization, path = asked()
    other, other_path = asked(name="Anderer Träger", email="andere@traeger.example")
    renew(organization_id=str(organization.pk))
    new = path_in_mail()
    assert "Stimmt noch" in text(client.get(new)) and "Stimmt noch" in text(client.get(path)), (
        "a scanner looks"
    )
    press(client, path, "confirm", service_of(organization))
    assert links().filter(revoked_at=None).count() == 3, "the old link ends nothing"

    press(client, new, "confirm_all")

    assert CLOSED in text(client.get(path))
    assert CLOSED not in text(client.get(new)) and CLOSED not in text(client.get(other_path))
    press(client, new, "confirm_all")
    with as_owner():
        [ended] = Event.objects.filter(kind="entry_link.replaced")
    assert (ended.details["code"], ended.details["links"]) == (organization.code, 1)


def test_a_link_ends_no_other_providers_links(actor_with, client):
    organization, _path = asked()
    renew(organization_id=str(organization.pk))
    with pytest.raises(NotAllowed):
        end_older_links(actor=link_actor(provider("Fremd").pk), link_id=links().last().pk)
