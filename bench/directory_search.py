"""Search of the directory with 10,000 services, against a plain icontains over the same rows in the same run.

The services are the kinds that a city has, in many districts and languages, with hours and translations; asked are
everyday questions in eight languages with typing errors. Times are on the clock and as CPU time of this process and
of its database backend, because the machine may be busy with other things.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any

from django.db.models import Q

from bench.measure import cpu_of, percentile
from stafette.directory.indexing import reindex_all
from stafette.directory.models import (
    Location,
    Organization,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceText,
)
from stafette.directory.queries import services as listed
from stafette.directory.search import Query, find, suggest
from stafette.directory.search.dictionary import MARKS, dictionary, topic_of
from stafette.kernel.clock import today

MONDAY = datetime(2026, 11, 23, 10, 0)
SPOKEN = ("en", "bg", "ro", "pl", "uk", "ru", "tr", "ar", "fa", "ku")
ENDINGS = ("beratung", "treff", "stelle", "hilfe", "zentrum", "gruppe")
DISTRICTS = 60


def run(quick: bool = False) -> dict[str, Any]:
    """Fill the directory, ask, print a table, return the figures."""
    number = 1_000 if quick else 10_000
    started = time.perf_counter()
    _fill(number)
    filled = time.perf_counter()
    count = reindex_all()
    figures: dict[str, Any] = {
        "services": count,
        "filled_s": round(filled - started, 1),
        "reindexed_s": round(time.perf_counter() - filled, 1),
    }
    questions = _questions(random.Random(7), 150 if quick else 400)
    pieces = [query.words[: 2 + n % 7] for n, query in enumerate(questions)]
    for query in questions[:60]:  # warm what is read once: dictionary, pages of the index
        find(query, moment=MONDAY)
    figures["find"] = _measure("Suche", questions, lambda query: find(query, moment=MONDAY))
    narrowed = [Query(words=one.words, language=one.language, spoken=("bg",), open_now=True, near=(51.34, 12.37)) for one in questions[:150]]  # fmt: skip
    figures["find_filtered"] = _measure(
        "dasselbe mit Sprache, jetzt offen, Nähe", narrowed, lambda query: find(query, moment=MONDAY)
    )
    figures["filters_only"] = _measure(
        "nur Filter: jetzt offen, Nähe",
        [Query(open_now=True, near=(51.34, 12.37))] * 30,
        lambda query: find(query, moment=MONDAY),
    )
    figures["suggest"] = _measure("Vorschläge beim Tippen", pieces, lambda piece: suggest(piece))
    figures["icontains"] = _measure("icontains je Wort", questions[:60], _icontains)
    few = questions[:40]
    ours = cpu_of(lambda: [find(query, moment=MONDAY) for query in few], 2) / len(few)
    plain = cpu_of(lambda: [_icontains(query) for query in few], 2) / len(few)
    figures["cpu_ms"] = {
        "find": round(ours, 1),
        "icontains": round(plain, 1),
        "ratio": round(plain / ours, 1),
    }
    return figures


def _measure(name: str, asked: Sequence[Any], way: Callable[[Any], Any]) -> dict[str, float]:
    times, found = [], 0
    for one in asked:
        started = time.perf_counter()
        answer = way(one)
        times.append(1000 * (time.perf_counter() - started))
        found += bool(getattr(answer, "hits", answer))
    figures = {
        "p50_ms": round(percentile(times, 0.5), 1),
        "p95_ms": round(percentile(times, 0.95), 1),
        "answered": round(found / len(asked), 3),
    }
    print(f"   {name:42} n={len(asked):4}  {figures}")
    return figures


def _icontains(query: Query) -> list[Any]:
    """Any word in one of the texts, as a search box is written first."""
    words = Q()
    for word in query.words.split():
        for name in ("name", "summary", "description", "organization__name", "texts__name", "texts__summary"):
            words |= Q(**{f"{name}__icontains": word})
    return list(listed().filter(words).distinct().values_list("pk", flat=True)[:20])


def _questions(rng: random.Random, number: int) -> list[Query]:
    """Phrases of the dictionary inside a sentence, a third of them mistyped."""
    ways = [one for one in dictionary().shown if topic_of(one[2]) not in MARKS and one[3] in {*SPOKEN, "de"}]
    asked = []
    for text, _shown, _need, language in rng.sample(ways, number):
        words = text if rng.random() < 0.67 else _mistyped(text, rng)
        asked.append(Query(words=f"{rng.choice(('', '', 'wo ', 'hilfe '))}{words}", language=language))
    return asked


def _mistyped(text: str, rng: random.Random) -> str:
    at = rng.randrange(max(1, len(text) - 1))
    return rng.choice((text[:at] + text[at + 1 :], text[: at + 1] + text[at:], text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]))  # fmt: skip


def _fill(number: int) -> None:
    """Services of every need, in all districts; made past the commands, since only the search is measured."""
    Service.objects.all().delete()
    rng, book = random.Random(3), dictionary()
    needs = [need for need in book.names["de"] if topic_of(need) not in MARKS and "." in need]
    words = {need: [one[1] for one in book.shown if one[2] == need and one[3] == "de"] for need in needs}
    providers = Organization.objects.bulk_create(
        [
            Organization(code=f"bench-{n}", name=f"Verein {rng.choice('ABCDEFGH')}{n} Nachbarschaft")
            for n in range(400)
        ]
    )
    places = Location.objects.bulk_create(
        [
            Location(
                code=f"bench-{n}", address_1=f"Beispielstraße {n}", city="Leipzig", district=f"Ortsteil {n % DISTRICTS}",
                latitude=51.34 + rng.gauss(0, 0.05), longitude=12.37 + rng.gauss(0, 0.08),
            )
            for n in range(2_000)
        ]
    )  # fmt: skip
    made = []
    for n in range(number):
        need = rng.choice(needs)
        own, more = rng.choice(words[need]), rng.sample(words[need], min(2, len(words[need])))
        made.append(
            Service(
                code=f"bench-{n}",
                organization=rng.choice(providers),
                name=f"{own.split()[0].capitalize()}{rng.choice(ENDINGS)} {n}",
                summary=f"Beratung und Hilfe: {', '.join(more)}. Kommen Sie mit Ihren Fragen.",
                description=" ".join(
                    f"Wir helfen bei {rng.choice(words[rng.choice(needs)])}." for _part in range(6)
                ),
                topics=[topic_of(need), *({topic_of(rng.choice(needs))} - {topic_of(need)})][
                    : rng.randint(1, 2)
                ],
                languages=["de", *rng.sample(SPOKEN, rng.randint(0, 3))],
                target_groups=rng.choice(([], [], ["families"], ["women"], ["youth"])),
                room=rng.choice(("open", "open", "open", "waiting", "full")),
                assured_at=today() - timedelta(days=rng.randint(1, 200)),
            )
        )
    made = Service.objects.bulk_create(made, batch_size=2_000)
    ServiceAtLocation.objects.bulk_create(
        [ServiceAtLocation(service=one, location=rng.choice(places)) for one in made], batch_size=2_000
    )
    Schedule.objects.bulk_create(
        [
            Schedule(service=one, byday=rng.choice(("MO,TU", "WE,TH", "MO,TU,WE,TH,FR")), opens_at=clock_time(9), closes_at=clock_time(15))
            for one in made
        ],
        batch_size=2_000,
    )  # fmt: skip
    ServiceText.objects.bulk_create(
        [
            ServiceText(
                service=one, language=language, state="approved", approved_on=today(), made_for="x",
                name=f"{book.name(one.topics[0], language)} {number}", summary=book.name(one.topics[0], language),
            )
            for number, one in enumerate(made[: len(made) // 2])
            for language in ("en", "bg", "ar")
        ],
        batch_size=2_000,
    )  # fmt: skip
