"""Fill the welcome centre of Leipzig: directory, sheets, agreements, and what its counter was asked in 18 months."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from stafette.accounts.models import Unit
from stafette.accounts.queries import actor_for
from stafette.demo.accounts import make_accounts
from stafette.demo.agreements import agree_with_partners
from stafette.demo.aids import fill_drawer
from stafette.demo.directory import entries, load_directory
from stafette.demo.gaps import GAPS, Gap, settle
from stafette.directory.commands import confirm_service
from stafette.directory.data import ServiceData
from stafette.directory.queries import services
from stafette.intake.commands import count_contact
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today, travel
from stafette.kernel.scope import acting
from stafette.kernel.workdays import is_working_day
from stafette.materials.access import command_line
from stafette.materials.commands import assure_sheet, load_starter
from stafette.materials.models import InfoSheet
from stafette.materials.queries import published_sheets
from stafette.materials.starting import read_folders, read_sheets, starter_folder

MONTHS_DAYS = 18 * 30
OPENED = MONTHS_DAYS + 10  # days ago when the house entered its directory
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
    """Make the accounts, the directory, the agreements of the house and the contacts of eighteen months.

    Day after day as it would have happened, so that the log can be cut from its beginning when its period is over.
    """
    accounts = make_accounts()
    actors = {code: actor_for(user) for code, user in accounts.items()}
    log_apart()
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit to off")
    with travel(_at(OPENED, 9)):
        keep_directory(actors["redaktion"], town="leipzig", keeper="referat")
    count_what_was_asked([actors["schalter"], actors["schalter-2"]], actors["redaktion"], days=days)
    look_at_sheets(actors["redaktion"])
    fill_drawer(actors["redaktion-2"], Unit.objects.get(code="wzl").pk)
    agree_with_partners(actors["wzl-leitung"])
    delete_what_is_due()


def count_what_was_asked(desks: list[Actor], editor: Actor, *, days: int = MONTHS_DAYS) -> None:
    """Count contacts and what was given along, on three service days a week; more in autumn, when courses begin.

    In between the editor confirms the services, each on the day that the sample names, and settles open questions.
    """
    rng, unit = Random(18), Unit.objects.get(code="wzl").pk
    shelf = Shelf(
        services=[(one.code, set(one.topics)) for one in services().filter(is_public=True)],
        sheets=[(one.code, set(one.topics)) for one in published_sheets("de")],
    )
    assured, asked, settled = _assurances(), list(GAPS), [gap for gap in GAPS if gap.settled is not None]
    for back in range(OPENED - 1, -1, -1):
        day = today() - timedelta(days=back)
        with travel(_at(back, 8)), acting(editor):
            for service in assured.get(day, []):
                confirm_service(actor=editor, service_id=service, by="Träger")
        if back > days or day.weekday() not in HOURS or not is_working_day(day, "SN"):
            continue
        for _contact in range(rng.randint(9, 17) + (4 if day.month in (9, 10) else 0)):
            _count(desks[rng.random() > 0.6], unit, day, rng, shelf)
        while asked and asked[0].asked >= back:
            _ask(desks[0], unit, asked.pop(0), back)
        while settled and (settled[0].settled or 0) >= back:
            with travel(_at(back, 18)):
                settle(editor, settled.pop(0))


def look_at_sheets(editor: Actor) -> None:
    """Say that the sheets still hold: they came with the house, long before."""
    with acting(editor):
        for sheet in InfoSheet.objects.all():
            assure_sheet(actor=editor, sheet_id=sheet.pk)


def delete_what_is_due() -> None:
    """Delete as the worker does by night: the log of the first months is older than it may be kept."""
    with suppress(CommandError):  # what stays is overdue, and the data protection officer's page says so
        call_command("retention", "run", stdout=StringIO())


def log_apart() -> None:
    """Go on in another lane of the log: the blueprint's entries are of today and would keep older ones back.

    The database chooses the lane by the number of its connection; within a transaction there is no other one.
    """
    before = _lane()
    while not connection.in_atomic_block and _lane() == before:
        connection.close()


def _lane() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid() % 16")
        return int(cursor.fetchone()[0])


def _at(back: int, hour: int) -> datetime:
    """An hour of a day so many days ago."""
    return datetime.combine(today() - timedelta(days=back), time(hour), ZoneInfo(settings.TIME_ZONE))


def _assurances() -> dict[date, list[UUID]]:
    """Services by the day on which the sample directory has them confirmed for the last time."""
    known = dict(services().values_list("code", "pk"))
    found: dict[date, list[UUID]] = {}
    for entry in entries("leipzig"):
        if isinstance(entry, ServiceData) and entry.assured_at and entry.code in known:
            found.setdefault(entry.assured_at, []).append(known[entry.code])
    return found


def _ask(desk: Actor, unit: UUID, gap: Gap, back: int) -> None:
    """Count a contact that nobody could help, with the question that goes to the editors."""
    with travel(_at(back, 17)), acting(desk):
        count_contact(
            actor=desk,
            unit_id=unit,
            topics=[gap.topic],
            language=gap.language,
            channel="counter",
            result="unsolved",
            question=gap.text,
        )


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
        )
