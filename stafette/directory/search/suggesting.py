"""What one may mean while typing: topics and needs in any language, services by their name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.db import connection

from stafette.directory.search.asking import Suggestion
from stafette.directory.search.dictionary import MARKS, dictionary, topic_of
from stafette.directory.search.text import words_of

SHORTEST = 2
MOST_NEEDS, MOST = 5, 8


def suggest(text: str, language: str = "de", public_only: bool = False) -> list[Suggestion]:
    """Complete what was typed so far: first what one may need, then services of that name."""
    folded = " ".join(words_of(text))
    if len(folded) < SHORTEST:
        return []
    needs = _needs(folded, language)
    return [*needs, *_services(folded, language, public_only, MOST - len(needs))]


@lru_cache(maxsize=2048)
def _needs(folded: str, language: str) -> list[Suggestion]:
    book, found = dictionary(), {}
    for rank, shown, need in sorted(_ways(folded, language)):
        topic = topic_of(need)
        if topic in MARKS or need in found:
            continue
        found[need] = Suggestion(
            kind="need" if "." in need else "topic",
            label=shown if rank[2] else book.name(need, language),
            fill=shown,
            code=need,
            topic=topic,
        )
        if len(found) == MOST_NEEDS:
            break
    return list(found.values())


def _ways(folded: str, language: str) -> Iterator[tuple[tuple[int, int, int, int], str, str]]:
    """Phrases that go on like this: of the own language before others, names before words, short before long."""
    book = dictionary()
    for text, shown, need, of in book.shown:
        if text.startswith(folded):
            place = 0
        elif f" {folded}" in text:
            place = 1
        else:
            continue
        own = 0 if of == language else 1 if of == "de" else 2
        is_name = shown == book.name(need, of)
        yield (own, place, 0 if is_name else 1, len(text)), shown, need


def _services(folded: str, language: str, public_only: bool, most: int) -> list[Suggestion]:
    public = "and is_public" if public_only else ""
    pattern = folded.replace("\\", "").replace("%", "").replace("_", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "select service_id, code, coalesce(names ->> %s, names ->> 'de') from directory_searchrow "
            f"where (folded like %s or folded like %s) and status in ('active', 'temporarily closed') {public} "
            "order by folded like %s desc, status, length(folded), code limit %s",
            [language, f"{pattern}%", f"% {pattern}%", f"{pattern}%", most],
        )
        rows = cursor.fetchall()
    return [Suggestion("service", name, name, code=code, pk=pk) for pk, code, name in rows]
