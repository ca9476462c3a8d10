"""Sheets and work aids for tests."""

from datetime import date

import factory

from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.ids import new_id
from stafette.kernel.testing import OwnedFactory
from stafette.materials.models import Folder, InfoSheet, OpenQuestion, SheetVersion, WorkAid


class InfoSheetFactory(OwnedFactory[InfoSheet]):
    class Meta:
        model = InfoSheet

    code = factory.Sequence(lambda n: f"blatt_{n}")
    keeper = factory.SubFactory(UnitFactory)
    topics = ["registration"]


class SheetVersionFactory(OwnedFactory[SheetVersion]):
    class Meta:
        model = SheetVersion

    sheet = factory.SubFactory(InfoSheetFactory)
    language = "de"
    number = 1
    title = "Anmeldung"
    body = "## Was tun?\nBitte melden Sie sich an.\n- Pass\n1. Termin holen\n> Amt: 030 23125 100"
    author_id = factory.LazyFunction(new_id)
    author_label = "Ana Autorin"

    class Params:
        published = factory.Trait(
            state="published",
            released_by_id=factory.LazyFunction(new_id),
            released_by_label="Bea Prüferin",
            released_on=date(2026, 11, 1),
            published_on=date(2026, 11, 2),
        )


class FolderFactory(OwnedFactory[Folder]):
    class Meta:
        model = Folder

    code = factory.Sequence(lambda n: f"mappe_{n}")
    titles = {"de": "Ankunftsmappe"}
    keeper = factory.SubFactory(UnitFactory)


class WorkAidFactory(OwnedFactory[WorkAid]):
    class Meta:
        model = WorkAid

    title = factory.Sequence(lambda n: f"Übersicht {n}")
    kind = "overview"
    dated_on = date(2026, 10, 1)
    owner_unit = factory.SubFactory(UnitFactory)


class OpenQuestionFactory(OwnedFactory[OpenQuestion]):
    class Meta:
        model = OpenQuestion

    unit = factory.SubFactory(UnitFactory)
    asked_on = date(2026, 11, 20)
    topics = ["housing"]
    text = "Gibt es eine Möbelbörse?"
