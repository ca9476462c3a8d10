"""What else lies on the desks of the demo: short contacts, this week's list, possible duplicates, an absence."""

from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from stafette.accounts.models import Absence, User
from stafette.arrivals.commands import stage_import, upload_list
from stafette.demo.town import Family, quarter
from stafette.intake.commands import count_contact
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today, travel
from stafette.kernel.workdays import is_working_day
from stafette.people.birthdates import BirthDate
from stafette.web import xlsx

TOPICS = (
    *("language", "work", "registration", "tenancy", "child_benefit"),
    *("health_insurance", "school", "debts", "leisure"),
)
HEADINGS = (
    *("Familienname", "Vorname", "Geburtsdatum", "Geschlecht", "Staatsang."),
    *("Straße", "Hausnr.", "PLZ", "Ort", "Einzugsdatum", "Ges. Vertreter"),
)


def count_contacts(actor: Actor, unit: UUID, *, days: int = 90, seed: int = 5) -> None:
    """Count what people asked at a counter: two or three a day, more in the morning."""
    rng = Random(seed)
    for back in range(days, -1, -1):
        day = today() - timedelta(days=back)
        if not is_working_day(day, "ST"):
            continue
        for _contact in range(rng.randint(1, 4)):
            hour = rng.choices((9, 10, 11, 13, 14, 15), weights=(5, 6, 5, 3, 3, 2))[0]
            moment = datetime.combine(
                day, time(hour, rng.randint(0, 59)), tzinfo=ZoneInfo(settings.TIME_ZONE)
            )
            with travel(moment):
                count_contact(
                    actor=actor,
                    unit_id=unit,
                    topics=rng.sample(TOPICS, rng.choices((1, 2, 3), weights=(6, 3, 1))[0]),
                    language=rng.choices(("ro", "bg", "pl", "de", "en", "uk"), weights=(40, 25, 8, 15, 5, 7))[
                        0
                    ],
                    channel=rng.choices(("counter", "phone", "message"), weights=(75, 15, 10))[0],
                    result=rng.choices(
                        ("answered", "signposted", "referred", "unsolved"), weights=(50, 35, 10, 5)
                    )[0],
                )


def this_weeks_list(actor: Actor, unit: UUID) -> None:
    """Lay this week's arrivals before the clerk as the registration office mails them, read but not taken over."""
    families = quarter(today(), talks=14, seed=47)
    rows = [row for family in families for row in _rows(family)]
    rows += [(*rows[0][:1], rows[0][1][:-1], *rows[0][2:])]  # somebody stands there twice, misspelt
    rows += [("", "Ana", "01.02.1990", "w", "154", "Ringweg", "3", "06667", "Weißenfels", "", "")]
    content = xlsx.workbook(HEADINGS, rows, title="Zuzüge")
    upload = upload_list(
        actor=actor,
        unit=unit,
        file_name=f"zuzuege_kw{today().isocalendar().week}.xlsx",
        content=content,
        sender="Einwohnermeldeamt",
    )
    stage_import(actor=actor, import_id=upload.pk)


def _rows(family: Family) -> list[tuple[str, ...]]:
    parent = family.adults[0]
    guardian = f"{parent.family_name}, {parent.given_names}"
    address = family.address
    return [
        (
            *(
                person.family_name,
                person.given_names,
                _written(person.birth),
                person.sex,
                person.nationalities[0],
            ),
            *(address.street, address.house_number, address.postal_code, address.town),
            *(f"{family.moved_in:%d.%m.%Y}", guardian if person in family.children else ""),
        )
        for person in family.members
    ]


def _written(birth: BirthDate) -> str:
    return f"{birth.day or 0:02}.{birth.month or 0:02}.{birth.year or 0:04}"


def on_holiday(user: User, deputy: User) -> None:
    """Send somebody on holiday, so that a deputy has the open things on the desk."""
    Absence.objects.get_or_create(
        user=user, deputy=deputy, starts_on=today(), ends_on=today() + timedelta(days=7)
    )
