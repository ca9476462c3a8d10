"""Search of the directory with 10,000 services, against a plain icontains over the same rows in the same run.

The services are the kinds that a city has, in many districts and languages, with hours and translations; asked are
everyday questions in eight languages with typing errors. 2,000 services are made and indexed as always, and then stand
five times each, because making 10,000 takes longer than measuring. Times are on the clock and as CPU time of this
process and of its database backend, because the machine may be busy with other things.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any

from django.db import connections
from django.db.models import Q

from bench.measure import Sample, percentile, sampled
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
TWIN = "'id', gen_random_uuid(), 'service_id', twin.id"


def run(quick: bool = False) -> dict[str, Any]:
    """Fill the directory, ask, print a table, return the figures."""
    number, copies = (1_000, 1) if quick else (2_000, 5)
    started = time.perf_counter()
    _fill(number)
    filled, busy = time.perf_counter(), time.process_time()
    reindex_all()
    figures: dict[str, Any] = {
        "filled_s": round(filled - started, 1),
        "reindexed": {
            "services": number,
            "s": round(time.perf_counter() - filled, 1),
            "python_cpu_s": round(time.process_time() - busy, 1),
        },
        "services": _copy(copies),
    }
    questions = _questions(random.Random(7), 150 if quick else 400)
    pieces = [query.words[: 2 + n % 7] for n, query in enumerate(questions)]
    for query in questions[:60]:  # warm what is read once: dictionary, pages of the index
        find(query, moment=MONDAY)
    narrowed = [Query(words=one.words, language=one.language, spoken=("bg",), open_now=True, near=(51.34, 12.37)) for one in questions[:150]]  # fmt: skip
    only = [Query(open_now=True, near=(51.34, 12.37))] * 30
    figures |= {
        "find": _measure("Suche", questions, _find),
        "find_filtered": _measure("dasselbe mit Sprache, jetzt offen, Nähe", narrowed, _find),
        "filters_only": _measure("nur Filter: jetzt offen, Nähe", only, _find),
        "suggest": _measure("Vorschläge beim Tippen", pieces, lambda piece: suggest(piece)),
        "in_turns": _in_turns(questions[60:90]),
    }
    return figures


def _find(query: Query) -> Any:
    return find(query, moment=MONDAY)


def _measure(name: str, asked: Sequence[Any], way: Callable[[Any], Any]) -> dict[str, float]:
    timed = [_timed(way, one) for one in asked]
    return _figures(name, timed)


def _timed(way: Callable[[Any], Any], one: Any) -> tuple[float, float, bool]:
    """Milliseconds on the clock, of CPU (this process and its backend), and whether anything was found."""
    sample = Sample()
    with sampled(sample):
        answer = way(one)
    return 1000 * sample.wall, sample.cpu_ms, bool(getattr(answer, "hits", answer))


def _figures(name: str, timed: Sequence[tuple[float, float, bool]]) -> dict[str, float]:
    walls, busy = [one[0] for one in timed], [one[1] for one in timed]
    figures = {
        "p50_ms": round(percentile(walls, 0.5), 1),
        "p95_ms": round(percentile(walls, 0.95), 1),
        "cpu_ms": round(sum(busy) / len(busy), 1),
        "cpu_p95_ms": round(percentile(busy, 0.95), 1),
        "answered": round(sum(one[2] for one in timed) / len(timed), 3),
    }
    print(f"   {name:42} n={len(timed):4}  {figures}", flush=True)
    return figures


def _in_turns(questions: Sequence[Query]) -> dict[str, Any]:
    """The search and plain icontains, each question by both in turn, so that the machine disturbs both alike."""
    ours, plain = [], []
    for query in questions:
        ours.append(_timed(_find, query))
        plain.append(_timed(_icontains, query))
    figures: dict[str, Any] = {"find": _figures("Suche, im Wechsel", ours)}
    figures["icontains"] = _figures("icontains je Wort, im Wechsel", plain)
    figures["cpu_ratio"] = round(figures["icontains"]["cpu_ms"] / figures["find"]["cpu_ms"], 1)
    figures["p50_ratio"] = round(figures["icontains"]["p50_ms"] / figures["find"]["p50_ms"], 1)
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


def _copy(times: int) -> int:
    """Let every service stand so many times, with its rows and its index; say how many services there are then."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "create temporary table twin as select id as old, gen_random_uuid() as id, n::text "
            "from directory_service, generate_series(2, %s) n",
            [times],
        )
        for table, key, changed in (
            ("service", "id", "'id', twin.id, 'code', one.code || '-' || n"),
            ("serviceatlocation", "service_id", TWIN),
            ("schedule", "service_id", TWIN),
            ("servicetext", "service_id", TWIN),
            ("searchrow", "service_id", f"{TWIN}, 'code', one.code || '-' || n"),
            ("searchglance", "service_id", f"{TWIN}, 'code', one.code || '-' || n"),
        ):
            cursor.execute(
                f"insert into directory_{table} select made.* from directory_{table} one join twin on one.{key} = old, "
                f"lateral jsonb_populate_record(one, jsonb_build_object({changed})) made"
            )
        cursor.execute("update directory_searchword set services = services * %s", [times])
        cursor.execute("drop table twin")
        cursor.execute(
            "vacuum analyze directory_service, directory_searchrow, directory_searchglance, directory_searchword"
        )
    return Service.objects.count()
