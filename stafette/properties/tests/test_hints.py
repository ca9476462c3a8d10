from datetime import date

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed
from stafette.kernel.permissions import Permission as P
from stafette.kernel.testing import as_owner
from stafette.properties.commands import close_hint, create_hint, take_hint
from stafette.properties.data import PlaceData
from stafette.properties.models import Hint
from stafette.properties.tests.factories import HintFactory

PLACE = PlaceData("Musterstraße", "5", "06667", "Musterstadt")


def create(actor, unit, place=PLACE, indication="overcrowding"):
    return create_hint(
        actor=actor,
        unit_id=unit.pk,
        address=place,
        indication=indication,
        person_count=9,
        source_kind="CL",
        source_number="MUS-CL-2026-00001",
        due_on=date(2026, 12, 1),
    )


def controller(actor_with, unit):
    return actor_with(P.HINT_VIEW, P.HINT_EDIT, unit=unit)


def test_hint_has_no_place_for_people():
    names = {field.name for field in Hint._meta.get_fields()}
    assert not {"person", "household", "informant", "note", "text"} & names


def test_hint_is_taken_and_closed_with_a_result(actor_with):
    unit = UnitFactory()
    actor = controller(actor_with, unit)
    hint = create(actor, unit)
    assert take_hint(actor=actor, hint_id=hint.pk).responsible_id == actor.id
    closed = close_hint(actor=actor, hint_id=hint.pk, result="no_defect")
    assert (closed.state, closed.result) == ("closed", "no_defect")
    with as_owner():
        kinds = Event.objects.filter(subject_id=hint.pk).order_by("at", "id").values_list("kind", flat=True)
        assert list(kinds) == ["hint.created", "hint.taken", "hint.closed"]


def test_hint_without_address_is_refused(actor_with):
    unit = UnitFactory()
    with pytest.raises(BadInput):
        create(controller(actor_with, unit), unit, PlaceData())


def test_unknown_indication_becomes_another_hint(actor_with):
    unit = UnitFactory()
    assert create(controller(actor_with, unit), unit, indication="family_needs_support").indication == "other"


def test_closed_hint_cannot_be_taken(actor_with):
    hint = HintFactory()
    actor = controller(actor_with, hint.unit)
    close_hint(actor=actor, hint_id=hint.pk, result="remedied")
    with pytest.raises(MoveNotAllowed):
        take_hint(actor=actor, hint_id=hint.pk)


def test_close_needs_a_result_of_the_list(actor_with):
    hint = HintFactory()
    with pytest.raises(BadInput):
        close_hint(actor=controller(actor_with, hint.unit), hint_id=hint.pk, result="")


def test_hint_of_another_unit_is_not_allowed(actor_with):
    hint = HintFactory()
    with pytest.raises(NotAllowed):
        take_hint(actor=controller(actor_with, UnitFactory()), hint_id=hint.pk)


def test_list_and_page_in_the_browser(logged_in):
    hint, other = HintFactory(), HintFactory()
    browser = logged_in(Role.CONTROLLER, hint.unit)
    page = browser.get(reverse("properties:hints")).content.decode()
    assert str(hint.pk) in page
    assert str(other.pk) not in page
    assert browser.get(reverse("properties:hint", args=[other.pk])).status_code == 404
    page = browser.get(reverse("properties:hint", args=[hint.pk])).content.decode()
    assert "Anzeichen für Überbelegung" in page
    browser.post(reverse("properties:take", args=[hint.pk]))
    assert browser.post(reverse("properties:close", args=[hint.pk]), {"result": "?"}).status_code == 422
    browser.post(reverse("properties:close", args=[hint.pk]), {"result": "procedure"})
    page = browser.get(reverse("properties:hints")).content.decode()
    assert str(hint.pk) not in page


@pytest.mark.parametrize("role", [Role.CLERK, Role.OUTREACH, Role.COORDINATION])
def test_hints_are_not_for_everybody(logged_in, role):
    assert logged_in(role, UnitFactory()).get(reverse("properties:hints")).status_code == 403
