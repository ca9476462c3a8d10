"""Leaks planted on purpose: the comparison of the two worlds must find each of them.

A leak passes row-level security as well, as a careless function of the owner would: it looks as the owner whether
somebody called Schamlosova is known anywhere, and lets it show in one place.
"""

import logging
from dataclasses import replace

import pytest
from django.utils.functional import lazy

from stafette.accounts.roles import Role
from stafette.kernel.testing import as_owner
from stafette.outbox import wording as mail_words
from stafette.people import access, queries
from stafette.people.models import Person
from stafette.people.views import persons
from tests.test_two_worlds import _still, answers, centre, help_somebody
from tests.test_url_matrix import world

__all__ = ["_still", "centre", "world"]


def known():
    """Everybody of that name in all units: what no answer in front of the wall may depend on."""
    with as_owner():
        return list(Person.objects.filter(family_name="Schamlosova").order_by("pk"))


def after(original, leak):
    """The same function, followed by a leak that may change its result."""

    def both(*args, **kwargs):
        return leak(original(*args, **kwargs))

    return both


def in_a_count(monkeypatch):
    """The head of a list that counts all rows of the table."""
    title = lazy(lambda: f"Personen ({len(known())})", str)()
    monkeypatch.setattr(persons, "PERSONS", replace(persons.PERSONS, title=title))


def in_a_suggestion(monkeypatch):
    """A search that asks without the actor's units."""

    def more(found):
        return found or [
            queries.Match(one.pk, one.unit_id, "", one.family_name, "", "", one.birth, score=90)
            for one in known()
        ]

    monkeypatch.setattr(queries, "find_persons", after(queries.find_persons, more))


def in_the_subject_of_a_mail(monkeypatch):
    """A helpful subject."""
    subject = after(mail_words._subject, lambda text: f"{text} ({len(known())})")
    monkeypatch.setattr(mail_words, "_subject", subject)


def in_a_line_of_the_log(monkeypatch):
    """A line for debugging."""

    def tell(rows):
        logging.getLogger("stafette").warning("persons: %s", [one.full_name for one in known()])
        return rows

    monkeypatch.setattr(access, "visible_to", after(access.visible_to, tell))


def in_the_time_that_an_answer_takes(monkeypatch):
    """One more look into the database where somebody is known, and nothing to see of it."""

    def look(found):
        if known():
            known()
        return found

    monkeypatch.setattr(queries, "find_persons", after(queries.find_persons, look))


LEAKS = {
    in_a_count: "people:list",
    in_a_suggestion: "search Schamlosova",
    in_the_subject_of_a_mail: "mails",
    in_a_line_of_the_log: "people:person",
    in_the_time_that_an_answer_takes: "search Schamlosova",
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(world, centre, leak, monkeypatch):  # noqa: F811
    leak(monkeypatch)
    label = LEAKS[leak]
    before = answers(world, Role.CLERK, only=[label])
    help_somebody(centre)
    assert answers(world, Role.CLERK, only=[label]) != before


@pytest.mark.parametrize("label", sorted(set(LEAKS.values())))
def test_without_the_leak_the_answer_stays_the_same(world, centre, label):  # noqa: F811
    before = answers(world, Role.CLERK, only=[label])
    help_somebody(centre)
    assert answers(world, Role.CLERK, only=[label]) == before
