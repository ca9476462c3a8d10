"""The life of a sheet's text: four eyes, German leads, nothing changes for people before it is published."""

import pytest
from django.db import IntegrityError, transaction

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission as P
from stafette.kernel.testing import as_owner
from stafette.materials import commands, queries
from stafette.materials.models import SheetVersion
from stafette.materials.tests.factories import FolderFactory, InfoSheetFactory, SheetVersionFactory

pytestmark = pytest.mark.django_db
BODY = "Erster Satz.\n- Punkt"


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def sheet(unit):
    return InfoSheetFactory(keeper=unit)


@pytest.fixture
def writer(actor_with, unit):
    return actor_with(P.UNIT_VIEW, P.MATERIAL_EDIT, P.MATERIAL_RELEASE, unit=unit)


@pytest.fixture
def second(actor_with, unit):
    return actor_with(P.UNIT_VIEW, P.MATERIAL_EDIT, P.MATERIAL_RELEASE, unit=unit)


def publish(sheet, writer, second, language="de", title="Titel", body=BODY):
    version = commands.write_version(
        actor=writer, sheet_id=sheet.pk, language=language, title=title, body=body
    )
    commands.submit_version(actor=writer, version_id=version.pk)
    commands.release_version(actor=second, version_id=version.pk)
    return commands.publish_version(actor=writer, version_id=version.pk)


def test_a_text_goes_through_two_hands_before_people_see_it(sheet, writer, second):
    version = commands.write_version(actor=writer, sheet_id=sheet.pk, language="de", title="Titel", body=BODY)
    commands.submit_version(actor=writer, version_id=version.pk)
    assert queries.published_sheets("de") == []

    with pytest.raises(NotAllowed, match="selbst geschrieben"):
        commands.release_version(actor=writer, version_id=version.pk)
    commands.release_version(actor=second, version_id=version.pk)
    assert queries.published_sheets("de") == []
    commands.publish_version(actor=writer, version_id=version.pk)

    [view] = queries.published_sheets("de")
    assert (view.title, view.number, view.published_on, view.is_fallback) == ("Titel", 1, today(), False)
    with as_owner():
        kinds = list(Event.objects.filter(subject_id=sheet.pk).order_by("pk").values_list("kind", flat=True))
    assert kinds == [f"info_sheet.{one}" for one in ("written", "submitted", "released", "published")]


def test_whoever_wrote_a_word_of_it_cannot_release(sheet, writer, second):
    version = commands.write_version(actor=writer, sheet_id=sheet.pk, language="de", title="A", body=BODY)
    commands.write_version(actor=second, sheet_id=sheet.pk, language="de", title="B", body=BODY)
    commands.submit_version(actor=writer, version_id=version.pk)

    with pytest.raises(NotAllowed):
        commands.release_version(actor=writer, version_id=version.pk)


def test_the_database_refuses_a_release_by_the_author(sheet):
    draft = SheetVersionFactory(sheet=sheet)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic(), as_owner():
        SheetVersion.objects.filter(pk=draft.pk).update(
            state="released", released_by_id=draft.author_id, released_on=today()
        )


def test_nothing_is_published_unreleased_and_nothing_written_on_outside_a_draft(sheet, writer):
    version = commands.write_version(actor=writer, sheet_id=sheet.pk, language="de", title="A", body=BODY)
    with pytest.raises(MoveNotAllowed):
        commands.publish_version(actor=writer, version_id=version.pk)
    commands.submit_version(actor=writer, version_id=version.pk)
    with pytest.raises(RuleBroken, match="Nur ein Entwurf"):
        commands.write_version(actor=writer, sheet_id=sheet.pk, language="de", title="B", body=BODY)


def test_a_release_does_not_outlive_a_change(sheet, writer, second):
    version = commands.write_version(actor=writer, sheet_id=sheet.pk, language="de", title="A", body=BODY)
    commands.submit_version(actor=writer, version_id=version.pk)
    commands.release_version(actor=second, version_id=version.pk)
    commands.return_version(actor=writer, version_id=version.pk)
    version.refresh_from_db()
    assert (version.state, version.released_by_id, version.released_on) == ("draft", None, None)


def test_a_german_draft_changes_nothing_but_its_publication_marks_the_others(sheet, writer, second):
    publish(sheet, writer, second, title="Alt")
    bulgarian = publish(sheet, writer, second, "bg", title="Заглавие")
    assert queries.sheet_view(sheet.code, "bg").is_outdated is False

    draft = commands.write_version(actor=writer, sheet_id=sheet.pk, language="de", title="Neu", body=BODY)
    commands.submit_version(actor=writer, version_id=draft.pk)
    commands.release_version(actor=second, version_id=draft.pk)
    assert queries.sheet_view(sheet.code, "bg").is_outdated is False
    assert queries.sheet_view(sheet.code, "de").title == "Alt"

    commands.publish_version(actor=writer, version_id=draft.pk)
    view = queries.sheet_view(sheet.code, "bg")
    assert (view.title, view.is_outdated, view.is_fallback) == ("Заглавие", True, False)
    assert queries.sheet_view(sheet.code, "de").title == "Neu"
    assert sheet.versions.get(language="de", number=1).state == "replaced"

    commands.keep_translation(actor=second, version_id=bulgarian.pk)
    assert queries.sheet_view(sheet.code, "bg").is_outdated is False


def test_a_translation_of_an_older_german_text_is_marked_at_once(sheet, writer, second):
    publish(sheet, writer, second)
    version = commands.write_version(actor=writer, sheet_id=sheet.pk, language="tr", title="B", body=BODY)
    publish(sheet, writer, second, title="Neu")
    commands.submit_version(actor=writer, version_id=version.pk)
    commands.release_version(actor=second, version_id=version.pk)
    assert commands.publish_version(actor=writer, version_id=version.pk).state == "outdated"


def test_what_is_not_translated_is_shown_in_german_with_a_mark(sheet, writer, second):
    publish(sheet, writer, second)
    view = queries.sheet_view(sheet.code, "uk")
    assert (view.asked, view.language, view.is_fallback) == ("uk", "de", True)


def test_a_translation_needs_a_german_text_first(sheet, writer, second):
    version = commands.write_version(actor=writer, sheet_id=sheet.pk, language="pl", title="B", body=BODY)
    commands.submit_version(actor=writer, version_id=version.pk)
    commands.release_version(actor=second, version_id=version.pk)
    with pytest.raises(RuleBroken, match="zuerst den deutschen"):
        commands.publish_version(actor=writer, version_id=version.pk)


def test_with_the_german_text_its_translations_go(sheet, writer, second):
    german = publish(sheet, writer, second)
    publish(sheet, writer, second, "ar")
    commands.withdraw_version(actor=second, version_id=german.pk)
    assert queries.published_sheets("ar") == queries.published_sheets("de") == []
    assert set(sheet.versions.values_list("state", flat=True)) == {"withdrawn"}


def test_no_permission_no_change(sheet, actor_with):
    stranger = actor_with(P.UNIT_VIEW, P.MATERIAL_EDIT, P.MATERIAL_RELEASE, unit=UnitFactory())
    draft = SheetVersionFactory(sheet=sheet)
    for verb in (commands.submit_version, commands.release_version, commands.publish_version,
                 commands.withdraw_version, commands.return_version, commands.keep_translation,
                 commands.mark_reviewed):  # fmt: skip
        with pytest.raises(NotAllowed):
            verb(actor=stranger, version_id=draft.pk)
    with pytest.raises(NotAllowed):
        commands.write_version(actor=stranger, sheet_id=sheet.pk, language="de", title="A", body=BODY)


def test_a_text_that_cannot_be_read_is_not_saved(sheet, writer):
    with pytest.raises(BadInput, match="Zeile 2"):
        commands.write_version(actor=writer, sheet_id=sheet.pk, language="de", title="A", body="Gut\n> 110")
    with pytest.raises(BadInput, match="Sprache"):
        commands.write_version(actor=writer, sheet_id=sheet.pk, language="xx", title="A", body=BODY)
    assert not sheet.versions.exists()


def test_a_folder_keeps_its_order_and_counts_what_is_german(unit, writer, second):
    first, other = InfoSheetFactory(keeper=unit), InfoSheetFactory(keeper=unit)
    publish(first, writer, second)
    publish(other, writer, second)
    publish(other, writer, second, "bg")
    commands.put_folder(
        actor=writer, unit_id=unit.pk, code="mappe", titles={"de": "Mappe", "bg": "Папка"},
        sheets=[other.code, first.code],
    )  # fmt: skip
    view = queries.folder_view("mappe", "bg")
    assert (view.title, [one.code for one in view.sheets], view.in_german) == (
        "Папка",
        [other.code, first.code],
        1,
    )
    with pytest.raises(BadInput, match="gibt es nicht"):
        commands.put_folder(actor=writer, unit_id=unit.pk, code="mappe", titles={"de": "M"}, sheets=["fehlt"])


def test_a_folder_of_another_unit_is_not_taken_over(unit, writer):
    folder = FolderFactory()
    with pytest.raises(NotAllowed):
        commands.put_folder(actor=writer, unit_id=unit.pk, code=folder.code, titles={"de": "M"}, sheets=[])
