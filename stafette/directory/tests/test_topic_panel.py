"""The services of a topic on pages of other rooms."""

import pytest

from stafette.accounts.models import Topic
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.panels import topic_panel
from stafette.directory.tests.factories import ServiceFactory
from stafette.kernel.permissions import Permission as P
from stafette.kernel.testing import as_owner

pytestmark = pytest.mark.django_db


def test_services_of_a_topic_and_of_no_other(actor_with):
    with as_owner():
        topic = Topic.objects.create(code="language", label="Deutsch lernen", position=1)
        empty = Topic.objects.create(code="debts", label="Schulden", position=2)
    service = ServiceFactory(topics=["language"])
    ServiceFactory(topics=["housing"])
    ServiceFactory(topics=["language"], status="defunct")
    actor = actor_with(P.UNIT_VIEW, unit=UnitFactory())
    panel = topic_panel(actor=actor, subject_id=topic.pk)
    assert panel.context["services"] == [service] and "Deutsch lernen" in panel.title
    assert topic_panel(actor=actor, subject_id=empty.pk) is None
    assert topic_panel(actor=actor_with(P.PARTNER_ANSWER, unit=UnitFactory()), subject_id=topic.pk) is None
