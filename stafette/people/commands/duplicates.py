"""Possible duplicates: propose, dismiss, merge, undo. Only a human decides; nothing merges by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.making import new_person
from stafette.people.models import (
    DuplicateProposal,
    Household,
    HouseholdMember,
    Merge,
    Person,
    PersonLanguage,
)
from stafette.people.queries.duplicates import data_of
from stafette.people.queries.search import possible_duplicates

_FILLABLE = ("former_names", "patronymic", "original_script", "sex", "contact_channel", "contact_value",
             "contact_language", "safe_contact_note", "birth_year", "birth_month", "birth_day")  # fmt: skip
CHECKED_AT_ONCE = 500


@command
def propose_duplicates(*, actor: Actor, unit: UUID, score: int = 85) -> int:
    """Look through the newest persons of a unit for pairs that may be one human; returns the new pairs.

    Pairs a human has decided before are not proposed again. The score is the one of the search.
    """
    actor.require(Permission.PERSON_MERGE, unit=unit)
    persons = Person.objects.filter(unit=unit, merged_into=None).order_by("-created_at", "-id")
    pairs: dict[tuple[UUID, UUID], int] = {}
    newest = None
    for newest in persons.prefetch_related("languages")[:CHECKED_AT_ONCE]:
        for match in possible_duplicates(actor=actor, unit=unit, person=data_of(newest), but=newest.pk):
            if match.score >= score:
                first, second = sorted((newest.pk, match.id))
                pairs[first, second] = match.score
    known = set(DuplicateProposal.objects.filter(unit=unit).values_list("first", "second"))
    rows = [
        DuplicateProposal(unit_id=unit, first_id=first, second_id=second, score=value)
        for (first, second), value in pairs.items()
        if (first, second) not in known
    ]
    DuplicateProposal.objects.bulk_create(rows)
    if newest is not None:
        record(actor, "duplicates.proposed", newest, unit=unit, count=len(rows))
    return len(rows)


@command
def dismiss_proposal(*, actor: Actor, proposal_id: UUID) -> DuplicateProposal:
    """Say that two records are two humans; the pair is not proposed again."""
    proposal = DuplicateProposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    actor.require(Permission.PERSON_MERGE, unit=proposal.unit_id)
    proposal.move("dismiss")
    proposal.save(update_fields=["state"])
    record(actor, "duplicate.dismissed", proposal, unit=proposal.unit_id)
    return proposal


@command
def merge_persons(*, actor: Actor, kept_id: UUID, dropped_id: UUID, take: tuple[str, ...] = ()) -> Merge:
    """Let one record stand for both: the kept one gets what it lacks, and what `take` names from the other.

    The dropped record stays, hidden, with all its values; households and languages move. Everything
    that changed is written down in the merge, so that undo_merge puts it back as it was.
    """
    persons = {
        p.pk: p for p in Person.objects.select_for_update(of=("self",)).filter(pk__in=[kept_id, dropped_id])
    }
    if kept_id == dropped_id or len(persons) != 2:
        raise BadInput(_("Zum Zusammenführen braucht es zwei verschiedene Personen Ihrer Stelle."))
    kept, dropped = persons[kept_id], persons[dropped_id]
    actor.require(Permission.PERSON_MERGE, unit=kept.unit_id)
    _require_mergeable(kept, dropped)
    merge = Merge(
        unit_id=kept.unit_id, kept=kept, dropped=dropped, actor_id=actor.id, actor_label=actor.label
    )
    merge.before = _take_over(kept, dropped, take)
    merge.moved = {**_move_memberships(kept, dropped), **_move_languages(kept, dropped)}
    Person.objects.filter(pk=dropped.pk).update(merged_into=kept)
    merge.save(force_insert=True)
    _close_proposal(kept, dropped)
    record(
        actor,
        "person.merged",
        kept,
        unit=kept.unit_id,
        about=_household(kept),
        dropped=dropped.pk,
        merge=merge.pk,
    )
    return merge


@command
def undo_merge(*, actor: Actor, merge_id: UUID) -> Merge:
    """Take a merge back: both persons stand as before, except for what was corrected in between.

    A value that somebody changed after the merge stays as it is now: undoing must not lose work.
    """
    merge = Merge.objects.select_for_update(of=("self",)).select_related("kept", "dropped").get(pk=merge_id)
    actor.require(Permission.PERSON_MERGE, unit=merge.unit_id)
    if merge.undone_at:
        raise RuleBroken(_("Diese Zusammenführung wurde schon rückgängig gemacht."))
    if merge.kept.merged_into_id:
        raise RuleBroken(_("Machen Sie zuerst die spätere Zusammenführung dieser Person rückgängig."))
    _restore(merge)
    Person.objects.filter(pk=merge.dropped_id).update(merged_into=None)
    merge.undone_at, merge.undone_by = now(), actor.label
    merge.save(update_fields=["undone_at", "undone_by"])
    _reopen_proposal(merge)
    record(
        actor, "merge.undone", merge.kept, unit=merge.unit_id, about=_household(merge.kept), merge=merge.pk
    )
    return merge


def _require_mergeable(kept: Person, dropped: Person) -> None:
    if kept.unit_id != dropped.unit_id:
        raise BadInput(_("Nur Personen derselben Stelle lassen sich zusammenführen."))
    if kept.merged_into_id or dropped.merged_into_id:
        raise RuleBroken(
            _("Eine der beiden Personen wurde schon zusammengeführt. Bitte laden Sie die Seite neu.")
        )


def _take_over(kept: Person, dropped: Person, take: tuple[str, ...]) -> dict[str, Any]:
    """Fill what the kept record lacks; returns {field: [old, new]} of all that changed."""
    before: dict[str, Any] = {}
    birth = ("birth_year", "birth_month", "birth_day")
    wanted = {name for name in take if name in _TAKEABLE} | ({*birth} if "birth" in take else set())
    for name in dict.fromkeys((*_FILLABLE, *_TAKEABLE)):
        old, new = getattr(kept, name), getattr(dropped, name)
        fills = name in _FILLABLE and old in ("", None) and new not in ("", None)
        if (fills and not (name in birth and kept.birth_year)) or (name in wanted and old != new):
            before[name] = [old, new]
    both = list(dict.fromkeys([*kept.nationalities, *dropped.nationalities]))
    if both != kept.nationalities:
        before["nationalities"] = [kept.nationalities, both]
    if dropped.address_locked and not kept.address_locked:
        before["address_locked"] = [False, True]
    if before:
        Person.objects.filter(pk=kept.pk).update(**{name: new for name, (_old, new) in before.items()})
        _renew_keys(kept.pk)
    return before


_TAKEABLE = ("given_names", "family_name", *_FILLABLE)


def _renew_keys(person_id: UUID) -> None:
    person = Person.objects.prefetch_related("languages").get(pk=person_id)
    fresh = new_person(person.unit_id, data_of(person), person.source, person.source_date)
    Person.objects.filter(pk=person_id).update(
        search_keys=fresh.search_keys, folded_names=fresh.folded_names, sort_name=fresh.sort_name
    )


def _move_memberships(kept: Person, dropped: Person) -> dict[str, Any]:
    """Memberships of the dropped record pass over; where both live in one household, one of them rests."""
    homes = set(kept.memberships.filter(until_on=None).values_list("household", flat=True))
    moved, rested = [], []
    for member in dropped.memberships.all():
        if member.until_on is None and member.household_id in homes:
            rested.append(_as_text(member))
            member.delete()
        else:
            moved.append(str(member.pk))
    HouseholdMember.objects.filter(pk__in=moved).update(person=kept)
    if kept.address_locked or dropped.address_locked:
        living = HouseholdMember.objects.filter(person=kept, until_on=None).values("household")
        Household.objects.filter(pk__in=living).update(address_locked=True)
    return {"members": moved, "rested": rested}


def _as_text(member: HouseholdMember) -> dict[str, str]:
    fields = {"id": member.pk, "household_id": member.household_id, "from_on": member.from_on}
    return {**{name: str(value) for name, value in fields.items()}, "relation": member.relation}


def _move_languages(kept: Person, dropped: Person) -> dict[str, Any]:
    spoken = set(kept.languages.values_list("language", flat=True))
    rows = [row for row in dropped.languages.all() if row.language not in spoken]
    PersonLanguage.objects.filter(pk__in=[row.pk for row in rows]).update(person=kept)
    return {"languages": [str(row.pk) for row in rows]}


def _restore(merge: Merge) -> None:
    kept = merge.kept
    same = {name: old for name, (old, new) in merge.before.items() if getattr(kept, name) == new}
    if same:
        Person.objects.filter(pk=kept.pk).update(**same)
        _renew_keys(kept.pk)
    HouseholdMember.objects.filter(pk__in=merge.moved.get("members", [])).update(person=merge.dropped)
    PersonLanguage.objects.filter(pk__in=merge.moved.get("languages", [])).update(person=merge.dropped)
    HouseholdMember.objects.bulk_create(
        HouseholdMember(unit_id=merge.unit_id, person=merge.dropped, **rested)
        for rested in merge.moved.get("rested", [])
    )


def _pair(a: UUID, b: UUID) -> tuple[UUID, UUID]:
    return (a, b) if a < b else (b, a)


def _close_proposal(kept: Person, dropped: Person) -> None:
    first, second = _pair(kept.pk, dropped.pk)
    for proposal in DuplicateProposal.objects.filter(first=first, second=second):
        if proposal.can("merge"):
            proposal.move("merge")
            proposal.save(update_fields=["state"])


def _reopen_proposal(merge: Merge) -> None:
    first, second = _pair(merge.kept_id, merge.dropped_id)
    for proposal in DuplicateProposal.objects.filter(first=first, second=second):
        if proposal.can("reopen"):
            proposal.move("reopen")
            proposal.save(update_fields=["state"])


def _household(person: Person) -> UUID | None:
    return person.memberships.filter(until_on=None).values_list("household", flat=True).first()
