"""Counted contacts of many kinds, written as the owner."""

from __future__ import annotations

import random
from datetime import date, timedelta

from stafette.intake.models import ShortContact, TopicList
from stafette.kernel.testing import as_owner

LANGUAGES = ("de", "en", "bg", "ar", "uk", "")


def topic_list(version=1, topics=("work", "housing", "school"), became=None, code="themen"):
    """A list of topics with what became of those of the version before."""
    content = {
        "code": code,
        "version": version,
        "became": became or {},
        "topic": [{"code": one, **words(one)} for one in topics],
    }
    with as_owner():
        return TopicList.objects.create(code=code, version=version, content=content)


def words(code):
    return {language: f"{code} ({language})" for language in ("de", "en", "bg", "ro", "pl")}


def count(unit, listed, day, **facts):
    """One contact."""
    values = {
        "topics": ["work"], "hour": 10, "language": "bg", "channel": "counter", "result": "answered",
    } | facts  # fmt: skip
    with as_owner():
        return ShortContact.objects.create(unit=unit, topic_list=listed, counted_on=day, **values)


def random_contacts(unit, topics, *, seed, since, days, number):
    """Many contacts, some answers frequent, some rare."""
    dice = random.Random(seed)
    codes = [topic.code for topic in topics.read().topics]
    rows = [
        ShortContact(
            unit=unit,
            topic_list=topics,
            counted_on=since + timedelta(days=dice.randrange(days)),
            hour=dice.choice([9, 9, 10, 10, 11, 14, 15]),
            topics=sorted(set(dice.choices(codes, k=dice.choice([1, 1, 2])))),
            language=dice.choices(LANGUAGES, weights=[20, 10, 8, 5, 2, 1])[0],
            channel=dice.choices(["counter", "phone", "message", "outside"], weights=[20, 8, 3, 1])[0],
            result=dice.choices(["answered", "signposted", "referred", "unsolved"], weights=[20, 8, 3, 1])[0],
            target_group=dice.choices(["", "families", "workers", "women"], weights=[10, 5, 3, 1])[0],
            origin=dice.choices(["", "eu", "ukraine", "asia"], weights=[10, 5, 3, 1])[0],
            services=dice.choices([[], ["beratung"], ["schule", "beratung"]], weights=[5, 2, 1])[0],
            sheets=dice.choices([[], ["anmeldung"]], weights=[3, 1])[0],
            given_language=dice.choice(["de", "bg"]),
        )
        for _number in range(number)
    ]
    with as_owner():
        ShortContact.objects.bulk_create(rows)


QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
