"""What goes when a person rightly asks for it (Art. 17 GDPR): one answer for the deletion and for its preview.

A file takes along what was handed over from it, a person every envelope that names them, although a period of their
own runs for both. What other units made their own stays theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.keeping import From
from stafette.kernel.rows import visible
from stafette.partners.models import PartnerRequest
from stafette.people.models import Household, HouseholdMember, Person
from stafette.referrals.models import Referral
from stafette.retention.kinds import Kind, kind_of, kinds
from stafette.retention.walk import Rows, file_seeds, walk

CASEWORK = {"referrals", "partners"}
Found = tuple[Kind, list[UUID]]


def beside(*, actor: Actor, household: Household) -> Iterator[Found]:
    """The unit's own records that only mention the file and would otherwise stay for their own period."""
    for kind in kinds():
        names = {field.name for field in kind.model._meta.concrete_fields}
        if "household" not in names or not isinstance(kind.starts, From):
            continue
        if kind.model._meta.app_label not in CASEWORK:
            continue
        rows = kind.rows(actor).filter(**{"household": household.pk, f"{kind.owner}": household.unit_id})
        yield kind, _ids(rows)


def named(*, actor: Actor, person: Person, homes: Collection[UUID]) -> Iterator[Found]:
    """What was handed over about one person of files that stay: by its own column, or by the names in it."""
    names = {"given_names": person.given_names, "family_name": person.family_name}
    core = [{"core": {key: value for key, value in names.items() if value}}]
    sent = visible(Referral, actor).filter(household__in=homes, is_open=False)
    about = sent.filter(envelope__payload__persons__contains=core) | sent.filter(finding__person=person)
    yield kind_of("referrals.Referral"), _ids(about)
    yield (
        kind_of("partners.PartnerRequest"),
        _ids(visible(PartnerRequest, actor).filter(person=person, is_open=False)),
    )


def homes_of(person: Person) -> tuple[set[UUID], set[UUID]]:
    """The files of a person alone, and those in which somebody else stands too."""
    homes = set(HouseholdMember.objects.filter(person=person).values_list("household", flat=True))
    shared = HouseholdMember.objects.filter(household__in=homes).exclude(person=person)
    kept = set(shared.values_list("household", flat=True))
    return homes - kept, kept


def asked_rows(*, actor: Actor, household_id: UUID | None, person_ids: Collection[UUID]) -> Rows:
    """Return every record that such a deletion takes, as the actor sees them; nothing is changed."""
    seeds: Rows = {}
    persons = list(visible(Person, actor).filter(pk__in=person_ids))
    whole = {household_id} if household_id else set()
    whole |= {home for person in persons for home in homes_of(person)[0]}
    for household in visible(Household, actor).filter(pk__in=whole):
        _add(seeds, file_seeds([household.pk], lambda model: visible(model, actor)))
        _add(seeds, {kind.model: set(ids) for kind, ids in beside(actor=actor, household=household)})
    for person in persons:
        kept = homes_of(person)[1] - whole
        _add(seeds, {Person: {person.pk}})
        about = named(actor=actor, person=person, homes=kept) if kept else ()
        _add(seeds, {kind.model: set(ids) for kind, ids in about})
    return walk(seeds, lambda model: visible(model, actor))


def _add(seeds: Rows, more: Rows) -> None:
    for model, ids in more.items():
        seeds.setdefault(model, set()).update(ids)


def _ids(rows: QuerySet[Any, models.Model]) -> list[UUID]:
    return list(rows.order_by().values_list("pk", flat=True).distinct())
