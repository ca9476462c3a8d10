"""The search finds the right service, says why, and hides nothing but what is no more."""

from datetime import date, datetime, time, timedelta

import pytest

from stafette.directory.indexing import reindex, reindex_all
from stafette.directory.models import Schedule, SearchRow, SearchWord, Signal
from stafette.directory.search import Query, find, suggest
from stafette.directory.tests.factories import (
    LocationFactory,
    ServiceAtLocationFactory,
    ServiceFactory,
)
from stafette.kernel.clock import today

MONDAY = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001


def service(code, name="", **values):
    values = {"topics": [], "languages": ["de"], "assured_at": today(), "organization__name": "Amt"} | values
    made = ServiceFactory(code=code, name=name or code, **values)
    reindex([made.pk])
    return made


def codes(words="", **values):
    return [hit.code for hit in find(Query(words, **values), moment=MONDAY).hits]


def test_what_was_typed_wrong_is_found_and_said(db):
    service("kasse", "Offene Sprechstunde", topics=["health_insurance"])
    service("caritas", "Sozialberatung der Caritas")
    found = find(Query("krankenkase"), moment=MONDAY)
    assert [hit.code for hit in found.hits] == ["kasse"]
    assert [one.label for one in found.understood] == ["Krankenversicherung"]
    assert found.corrected
    assert codes("caritsa") == ["caritas"]
