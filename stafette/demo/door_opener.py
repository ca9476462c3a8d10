"""Fill the welcome centre of Leipzig: directory, sheets, agreements, and what its counter was asked in 18 months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from stafette.accounts.models import Unit
from stafette.accounts.queries import actor_for
from stafette.demo.accounts import make_accounts
from stafette.demo.agreements import agree_with_partners
from stafette.demo.directory import load_directory
from stafette.directory.queries import services
from stafette.intake.commands import count_contact
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today, travel
from stafette.kernel.scope import acting
from stafette.kernel.workdays import is_working_day
from stafette.materials.access import command_line
from stafette.materials.commands import load_starter
from stafette.materials.queries import published_sheets
from stafette.materials.starting import read_folders, read_sheets, starter_folder

MONTHS_DAYS = 18 * 30
# Shares as welcome centres publish them (practice.md, section 6): German a third, work a fifth, 75 % in person.
TOPICS = {
    "language": 31, "work": 19, "housing": 14, "residence": 12, "registration": 9, "recognition": 8, "school": 6,
    "kindergarten": 6, "health_insurance": 6, "training": 5, "benefits": 5, "leisure": 4, "child_benefit": 4,
    "family": 3, "health": 3, "tenancy": 3, "legal": 2, "naturalisation": 2, "debts": 1,
}  # fmt: skip
LANGUAGES = {
    "de": 22,
    "en": 28,
    "ar": 14,
    "uk": 12,
    "ru": 5,
    "ro": 5,
    "bg": 4,
    "pl": 3,
    "tr": 3,
    "es": 2,
    "": 2,
}
GROUPS = {"": 40, "refugees": 18, "students": 10, "skilled_workers": 12, "eu_citizens": 12, "families": 8}
QUESTIONS = (
    "Wo kann man ein Lastenrad für einen Umzug leihen?",
    "Gibt es einen Chor, der auf Ukrainisch singt?",
    "Wer übersetzt eine Heiratsurkunde aus Eritrea amtlich?",
    "Wo lässt sich ein ausländischer Impfausweis umschreiben?",
)
HOURS = {0: (9, 10, 11, 13, 14, 15), 1: (9, 10, 11, 13, 14, 15, 16, 17), 3: (9, 10, 11, 13, 14, 15, 16, 17)}


def keep_directory(editor: Actor, *, town: str, keeper: str) -> None:
    """Put the sample directory of a town in, as its editor, and the sheets that come with the program."""
    unit = Unit.objects.get(code=keeper).pk
    with acting(editor):
        load_directory(editor, unit, town=town, keeper=keeper)
    folder = starter_folder()
    sheets, folders = read_sheets(folder), read_folders(folder)
    load_starter(actor=command_line(unit), unit_id=unit, sheets=sheets, folders=folders)


@dataclass(frozen=True)
class Shelf:
    """What can be given along: codes with the topics that they are about."""

    services: list[tuple[str, set[str]]]
    sheets: list[tuple[str, set[str]]]


def fill_leipzig(*, days: int = MONTHS_DAYS) -> None:
    """Make the accounts, the directory, the agreements of the house and the contacts of eighteen months."""
    accounts = make_accounts()
    actors = {code: actor_for(user) for code, user in accounts.items()}
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit to off")
    keep_directory(actors["redaktion"], town="leipzig", keeper="referat")
    agree_with_partners(actors["wzl-leitung"])
    count_what_was_asked([actors["schalter"], actors["schalter-2"]], days=days)


def count_what_was_asked(desks: list[Actor], *, days: int = MONTHS_DAYS) -> None:
    """Count contacts and what was given along, on three service days a week; more in autumn, when courses begin."""
    rng, unit = Random(18), Unit.objects.get(code="wzl").pk
    shelf = Shelf(
        services=[(one.code, set(one.topics)) for one in services().filter(is_public=True)],
        sheets=[(one.code, set(one.topics)) for one in published_sheets("de")],
    )
    for back in range(days, -1, -1):
        day = today() - timedelta(days=back)
        if day.weekday() not in HOURS or not is_working_day(day, "SN"):
            continue
        for _contact in range(rng.randint(9, 17) + (4 if day.month in (9, 10) else 0)):
            _count(desks[rng.random() > 0.6], unit, day, rng, shelf)


def _count(desk: Actor, unit: UUID, day: date, rng: Random, shelf: Shelf) -> None:
    moment = datetime.combine(day, time(rng.choice(HOURS[day.weekday()]), rng.randint(0, 59)))
    topics = sorted(set(rng.choices(list(TOPICS), list(TOPICS.values()), k=rng.choice((1, 1, 2, 3)))))
    language = rng.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0]
    result = rng.choices(("answered", "signposted", "referred", "unsolved"), weights=(38, 50, 7, 5))[0]
    fitting = (
        [code for code, about in shelf.services if about & set(topics)] if result == "signposted" else []
    )
    with travel(moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))), acting(desk):
        count_contact(
            actor=desk,
            unit_id=unit,
            topics=topics,
            language=language,
            channel=rng.choices(("counter", "phone", "message"), weights=(75, 14, 11))[0],
            result=result,
            target_group=rng.choices(list(GROUPS), weights=list(GROUPS.values()))[0],
            services=rng.sample(fitting, min(len(fitting), rng.choice((1, 1, 2)))),
            sheets=[code for code, about in shelf.sheets if about & set(topics)][:1]
            if rng.random() < 0.4
            else [],
            given_language=language or "de",
            question=rng.choice(QUESTIONS) if result == "unsolved" and rng.random() < 0.06 else "",
        )
