"""Sealed text in the rooms that walk through whole files: emergency, the person's copy, deletion."""

import pytest
from django.db import connection

from stafette.accounts.models import Mandate, UnitKind, User
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.casework.models import SealedNote
from stafette.casework.queries import own_notes, read_note
from stafette.casework.tests.scenes import MARKER, TITLE, folder, scene
from stafette.kernel.errors import NotAllowed
from stafette.kernel.kin import household_seeds, rows_below
from stafette.kernel.scope import acting
from stafette.notices.commands import open_glass
from stafette.notices.tests.scenes import EMERGENCY
from stafette.people.access import households_visible_to
from stafette.rights.copying import own_copy

__all__ = ["folder", "scene"]


def test_break_glass_opens_the_file_and_no_sealed_text(scene):
    note = scene.write()
    authority = scene.unit.authority
    MembershipFactory(unit=scene.unit, role=Role.HEAD)
    office = UnitFactory(kind=UnitKind.DATA_PROTECTION, mandate=Mandate.OVERSEEING, authority=authority)
    MembershipFactory(unit=office, role=Role.DATA_PROTECTION)
    centre = UnitFactory(kind=UnitKind.DISTRICT_CENTRE, mandate=Mandate.HELPING, authority=authority)
    helper = MembershipFactory(unit=centre, role=Role.COUNTER).user

    open_glass(actor=actor_for(helper), unit_id=scene.unit.pk, ground="danger", reason=EMERGENCY)

    broken = actor_for(User.objects.get(pk=helper.pk))
    with acting(broken), connection.cursor() as cursor:
        assert households_visible_to(broken).filter(pk=scene.household.pk).exists(), "the file itself is open"
        assert not own_notes(actor=broken).exists()
        cursor.execute("select count(*) from casework_sealednote")
        assert cursor.fetchone()[0] == 0
        with pytest.raises(NotAllowed):
            read_note(actor=broken, note_id=note.pk)


@pytest.mark.parametrize("who", ["writer", "other"])
def test_the_persons_copy_leaves_it_out_and_says_so_whether_or_not_there_is_any(scene, who):
    actor = getattr(scene, who)

    def copy():
        with acting(actor):
            return own_copy(actor=actor, unit=scene.unit, person=scene.person)

    before = copy()
    scene.write()
    after = copy()

    assert "entrusted" in before.left_out
    assert before.left_out == after.left_out
    assert MARKER not in str(after) and TITLE not in str(after)
    if who == "other":
        assert [part.model for part in after.parts] == [part.model for part in before.parts]


def test_a_sealed_note_hangs_on_its_file_so_that_deletion_finds_it(scene):
    note = scene.write()
    with acting(scene.writer):
        look = lambda model: model._default_manager.all()  # noqa: E731 - with the rows of this actor
        found = rows_below(household_seeds([scene.household.pk], look), look)
    assert found[SealedNote] == {note.pk}
