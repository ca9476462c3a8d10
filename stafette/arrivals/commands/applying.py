"""Let a list become persons, households and arrivals: piece by piece, so that a broken run goes on where it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from stafette.accounts.models import Unit
from stafette.accounts.queries import office_calendar
from stafette.arrivals.letters import language_for
from stafette.arrivals.models import Arrival, ArrivalFile, ArrivalImport, ArrivalRow
from stafette.arrivals.models.imports import Decision, Outcome
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.kernel.rules.deadline_rules import target_rules
from stafette.people.birthdates import BirthDate
from stafette.people.commands import add_member, change_person, create_person, lock_address, move_household
from stafette.people.commands.many import NewHousehold, create_households
from stafette.people.data import AddressData, PersonData
from stafette.people.models import HouseholdMember, Person
from stafette.people.queries.duplicates import data_of

INVITE_WITHIN = "invitation"  # target of rules/targets.toml
CHUNK = 2_000
ADULT = 18


@command
def take_import(*, actor: Actor, import_id: UUID) -> ArrivalImport:
    """Decide that a list is taken over; from here on it cannot be discarded."""
    upload = ArrivalImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=upload.unit_id)
    upload.move("take")
    upload.rows_done = 0
    upload.save(update_fields=["state", "rows_done"])
    record(actor, "import.taken", upload, unit=upload.unit_id)
    return upload


@command
def apply_rows(*, actor: Actor, import_id: UUID, limit: int = CHUNK) -> int:
    """Take over the next rows that can be: new ones and those that a human decided; returns how many were done.

    A possible duplicate without a decision stays where it is. An address lock is taken over at once, whatever was
    decided: it protects a life, a wrong spelling does not endanger one.
    """
    upload = ArrivalImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=upload.unit_id)
    rows = list(_due(upload)[:limit])
    if rows:
        last = rows[-1].household_number  # whole households only, so that a family is not torn in two
        rows += list(_due(upload).filter(household_number=last).exclude(pk__in=[row.pk for row in rows]))
    acting = actor.with_grants(
        (Permission.PERSON_EDIT, upload.unit_id), (Permission.PERSON_VIEW, upload.unit_id)
    )
    _create(acting, upload, [row for row in rows if _creates(row)])
    _settle_same(rows)
    _change(acting, upload, [row for row in rows if row.decision == Decision.ACCEPT])
    _lock(acting, rows)
    _mark(rows)
    upload.rows_done += len(rows)
    upload.save(update_fields=["rows_done"])
    if rows:
        record(actor, "import.rows_applied", upload, unit=upload.unit_id, count=len(rows))
    return len(rows)


@command
def finish_import(*, actor: Actor, import_id: UUID) -> ArrivalImport:
    """Close a list that was taken over; its file is no longer needed and goes."""
    upload = ArrivalImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=upload.unit_id)
    upload.move("apply")
    upload.applied_at = now()
    upload.save(update_fields=["state", "applied_at"])
    ArrivalFile.objects.filter(source=upload).delete()
    record(actor, "import.applied", upload, unit=upload.unit_id, rows=upload.rows_total, new=upload.new)
    return upload


def _due(upload: ArrivalImport):  # type: ignore[no-untyped-def]
    """Rows that can be taken over now, household by household."""
    ready = (
        Q(outcome=Outcome.NEW)
        | Q(outcome=Outcome.POSSIBLE_DUPLICATE) & ~Q(decision=Decision.OPEN)
        | Q(outcome=Outcome.CHANGED) & (~Q(decision=Decision.OPEN) | Q(differences__has_key="address_locked"))
    )
    return ArrivalRow.objects.filter(ready, source=upload, is_applied=False).order_by(
        "household_number", "number"
    )


def _creates(row: ArrivalRow) -> bool:
    return row.outcome == Outcome.NEW or row.decision == Decision.DIFFERENT


def _settle_same(rows: Sequence[ArrivalRow]) -> None:
    """A row that repeats another row of the list is whoever that row became."""
    became = {row.number: row.person_id for row in rows}
    for row in rows:
        if row.decision == Decision.SAME and row.person_id is None and row.twin_number is not None:
            twins = ArrivalRow.objects.filter(source=row.source_id, number=row.twin_number)
            person = became.get(row.twin_number) or twins.values_list("person", flat=True).first()
            row.person_id = person


def _create(actor: Actor, upload: ArrivalImport, rows: Sequence[ArrivalRow]) -> None:
    """Make new households of the groups that have none of ours, let the others grow."""
    if not rows:
        return
    groups: dict[int, list[ArrivalRow]] = defaultdict(list)
    for row in rows:
        groups[row.household_number].append(row)
    homes = _homes_of_groups(upload, list(groups))
    fresh = [group for number, group in groups.items() if number not in homes]
    made = create_households(
        actor=actor,
        unit=upload.unit_id,
        households=[
            NewHousehold([_person(row, group) for row in group], _address(group), group[0].moved_in_on)
            for group in fresh
        ],
        source="register",
        source_date=today(),
    )
    for group, (household, persons) in zip(fresh, made, strict=True):
        for row, person in zip(group, persons, strict=True):
            row.person_id = person.pk
        homes[group[0].household_number] = household.pk
    _register(actor, upload, [(homes[group[0].household_number], group) for group in fresh])
    for number, group in groups.items():
        if group[0].person_id is None:
            _grow(actor, upload, homes[number], group)


def _homes_of_groups(upload: ArrivalImport, numbers: Sequence[int]) -> dict[int, UUID]:
    """Groups of the list of which somebody already lives in a household of ours."""
    persons = ArrivalRow.objects.filter(
        source=upload, household_number__in=numbers, person__isnull=False
    ).exclude(outcome=Outcome.POSSIBLE_DUPLICATE, decision=Decision.OPEN)
    by_person = {person: number for number, person in persons.values_list("household_number", "person_id")}
    members = HouseholdMember.objects.filter(unit=upload.unit_id, person__in=list(by_person), until_on=None)
    return {
        by_person[person]: household for person, household in members.values_list("person_id", "household_id")
    }


def _grow(actor: Actor, upload: ArrivalImport, household: UUID, group: Sequence[ArrivalRow]) -> None:
    for row in group:
        person = create_person(
            actor=actor, unit=upload.unit_id, data=_person(row, group), source="register", source_date=today()
        )
        row.person_id = person.pk
        add_member(
            actor=actor, household_id=household, person_id=person.pk, from_on=row.moved_in_on or today()
        )


def _person(row: ArrivalRow, group: Sequence[ArrivalRow]) -> PersonData:
    channel = ("mobile", row.phone) if row.phone else ("email", row.email) if row.email else ("", "")
    return PersonData(
        given_names=row.given_names,
        family_name=row.family_name,
        former_names=row.birth_name,
        birth=BirthDate(row.birth_year, row.birth_month, row.birth_day),
        sex=row.sex,
        nationalities=tuple(row.nationalities),
        languages=((row.language, "mother"),) if row.language else (),
        contact_channel=channel[0],
        contact_value=channel[1][:200],
        contact_language=row.language,
        address_locked=row.address_locked,
        relation=_relation(row, group),
    )


def _relation(row: ArrivalRow, group: Sequence[ArrivalRow]) -> str:
    """Only what the list tells: the first adult is whom we write to, a minor with an adult is a child."""
    adults = [other for other in group if not _is_minor(other)]
    if adults and row is adults[0]:
        return "head"
    if _is_minor(row) and (row.guardian or adults):
        return "child" if row.guardian else ""
    return ""


def _is_minor(row: ArrivalRow) -> bool:
    if not row.birth_year:
        return False
    on = row.moved_in_on or today()
    birthday = (row.birth_month or 1, row.birth_day or 1)
    return on.year - row.birth_year - ((on.month, on.day) < birthday) < ADULT


def _address(group: Sequence[ArrivalRow]) -> AddressData | None:
    first = next((row for row in group if row.street), None)
    if first is None:
        return None
    return AddressData(
        street=first.street[:120],
        house_number=first.house_number[:20],
        postal_code=first.postal_code[:10],
        town=first.town[:100],
        district=first.district[:100],
        locked=any(row.address_locked for row in group),
    )


def _register(
    actor: Actor, upload: ArrivalImport, groups: Sequence[tuple[UUID, Sequence[ArrivalRow]]]
) -> None:
    """One arrival per household, each with the day by which it is to be invited."""
    unit = Unit.objects.select_related("authority").get(pk=upload.unit_id)
    office = office_calendar(unit, from_on=today())
    due = office.after(today(), target_rules().target(INVITE_WITHIN).count)
    arrivals = [_arrival(upload, household, group, due) for household, group in groups]
    Arrival.objects.bulk_create(arrivals, batch_size=1_000)
    for arrival in arrivals:
        record(
            actor, "arrival.registered", arrival, unit=upload.unit_id, about=arrival.household_id, due_on=due
        )


def _arrival(upload: ArrivalImport, household: UUID, group: Sequence[ArrivalRow], due: date) -> Arrival:
    first = group[0]
    nations = [key for row in group for key in row.nationalities]
    return Arrival(
        unit_id=upload.unit_id,
        household_id=household,
        source=upload,
        moved_in_on=first.moved_in_on,
        came_from=first.came_from[:200],
        landlord=first.landlord[:200],
        language=language_for(nations, next((row.language for row in group if row.language), "")),
        persons=len(group),
        next_on=due,
    )


def _change(actor: Actor, upload: ArrivalImport, rows: Sequence[ArrivalRow]) -> None:
    """Take over what a human accepted; old values stay in the history of the person."""
    moved: dict[UUID, ArrivalRow] = {}
    for row in rows:
        person = Person.objects.filter(pk=row.person_id).first() if row.person_id else None
        if person is None:
            continue
        if set(row.differences) - {"address", "address_locked"}:
            change_person(
                actor=actor,
                person_id=person.pk,
                data=_corrected(person, row),
                source="register",
                source_date=today(),
            )
        if "address" in row.differences:
            home = person.memberships.filter(until_on=None).order_by("-from_on").first()
            if home:
                moved.setdefault(home.household_id, row)
    for household, row in moved.items():
        address = _address([row])
        if address:
            move_household(
                actor=actor, household_id=household, address=address, source="register", source_date=today()
            )
            _register_move(actor, upload, household, row)


def _register_move(actor: Actor, upload: ArrivalImport, household: UUID, row: ArrivalRow) -> None:
    """A later move is an arrival of its own, unless the last one is still open."""
    last = Arrival.objects.filter(household=household).order_by("-created_at").first()
    if (
        last
        and last.state not in Arrival.OPEN
        and row.moved_in_on
        and (last.moved_in_on is None or row.moved_in_on > last.moved_in_on)
    ):
        _register(actor, upload, [(household, [row])])


def _corrected(person: Person, row: ArrivalRow) -> PersonData:
    """Our data of the person with the list's word on what differs; nationalities are added, never taken away."""
    data = data_of(person)
    new: dict[str, object] = {
        name: getattr(row, name) for name in ("family_name", "given_names", "sex") if name in row.differences
    }
    if "birth" in row.differences:
        new["birth"] = BirthDate(row.birth_year, row.birth_month, row.birth_day)
    if "nationalities" in row.differences:
        new["nationalities"] = tuple(dict.fromkeys([*person.nationalities, *row.nationalities]))
    return PersonData(**{**data.__dict__, **new})


def _lock(actor: Actor, rows: Iterable[ArrivalRow]) -> None:
    for row in rows:
        if row.address_locked and row.person_id and "address_locked" in row.differences:
            lock_address(actor=actor, person_id=row.person_id, locked=True)


def _mark(rows: Sequence[ArrivalRow]) -> None:
    """Write down whom each row became; one statement for all of them.

    A change of which only the lock was taken over stays open: the rest of it still waits for a human.
    """
    if not rows:
        return
    done = [row.outcome == Outcome.NEW or row.decision != Decision.OPEN for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "update arrivals_arrivalrow r set is_applied = v.done, person_id = v.person, "
            "differences = r.differences - 'address_locked' "
            "from unnest(%s::uuid[], %s::uuid[], %s::boolean[]) as v(id, person, done) where r.id = v.id",
            [[row.pk for row in rows], [row.person_id for row in rows], done],
        )
