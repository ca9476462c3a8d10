"""Fill the welcome centre of Leipzig: its directory, its sheets, and what was asked at its counter in 18 months."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from stafette.accounts.models import Unit
from stafette.accounts.queries import actor_for
from stafette.demo.accounts import make_accounts
from stafette.demo.directory import load_directory
from stafette.intake.commands import count_contact
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today, travel
from stafette.kernel.scope import acting
from stafette.kernel.workdays import is_working_day

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
HOURS = {0: (9, 10, 11, 13, 14, 15), 1: (9, 10, 11, 13, 14, 15, 16, 17), 3: (9, 10, 11, 13, 14, 15, 16, 17)}


def keep_directory(editor: Actor, *, town: str, keeper: str) -> None:
    """Put the sample directory of a town in, as its editor."""
    with acting(editor):
        load_directory(editor, Unit.objects.get(code=keeper).pk, town=town, keeper=keeper)


def fill_leipzig() -> None:
    """Make the accounts, the directory and eighteen months of contacts."""
    accounts = make_accounts()
    actors = {code: actor_for(user) for code, user in accounts.items()}
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit to off")
    keep_directory(actors["redaktion"], town="leipzig", keeper="referat")
    count_what_was_asked([actors["schalter"], actors["schalter-2"]])


def count_what_was_asked(desks: list[Actor], *, days: int = MONTHS_DAYS) -> None:
    """Count contacts on the three service days of each week; more in autumn, when terms and courses begin."""
    rng, unit = Random(18), Unit.objects.get(code="wzl").pk
    for back in range(days, -1, -1):
        day = today() - timedelta(days=back)
        if day.weekday() not in HOURS or not is_working_day(day, "SN"):
            continue
        for _contact in range(rng.randint(9, 17) + (4 if day.month in (9, 10) else 0)):
            _count(desks[rng.random() > 0.6], unit, day, rng)


def _count(desk: Actor, unit: UUID, day: date, rng: Random) -> None:
    moment = datetime.combine(day, time(rng.choice(HOURS[day.weekday()]), rng.randint(0, 59)))
    with travel(moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))), acting(desk):
        count_contact(
            actor=desk,
            unit_id=unit,
            topics=sorted(set(rng.choices(list(TOPICS), list(TOPICS.values()), k=rng.choice((1, 1, 2, 3))))),
            language=rng.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0],
            channel=rng.choices(("counter", "phone", "message"), weights=(75, 14, 11))[0],
            result=rng.choices(("answered", "signposted", "referred", "unsolved"), weights=(38, 50, 7, 5))[0],
        )
