"""The one door by which rows leave, the marks it leaves, and the restored backup that loses them again."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import ChainAnchor, Event
from stafette.audit.queries import verify_chain
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, travel
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.models import Household, HouseholdMember, Person
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory
from stafette.retention import marks
from stafette.retention.acting import PURGE_ID, purge_actor
from stafette.retention.commands import cut_log, delete_records, erase_file
from stafette.retention.due import Due
from stafette.retention.kinds import kind_of
from stafette.retention.models import Activity, Fact, Tombstone
from stafette.retention.restore import delete_again
from stafette.retention.tests.factories import at, dump, restore

MARK = [{"digest": "d" * 64, "kind": "x", "rule": "L4", "at": "2026-03-02T10:00:00Z"}]


def step(table, ids, owner="unit_id"):
    return {"table": table, "key": "id", "owner": owner, "set": None, "ids": [str(pk) for pk in ids]}


def push(actor, plan, tombs=MARK):
    with acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select retention_delete(%s, %s, %s)", [json.dumps(plan), json.dumps(tombs), json.dumps([])]
        )
        return cursor.fetchone()[0]


def purge_in(*units):
    return Actor(
        id=PURGE_ID, label="Löschlauf", grants=frozenset((Permission.PURGE, unit.pk) for unit in units)
    )


def test_who_holds_purge_nowhere_deletes_nothing(db, actor_with):
    household = HouseholdFactory()
    clerk = actor_with(*Permission, unit=household.unit)
    clerk = Actor(
        id=clerk.id, label="x", grants=frozenset(g for g in clerk.grants if g[0] is not Permission.PURGE)
    )
    with pytest.raises(DatabaseError, match="only the deletion"):
        push(clerk, [step("people_household", [household.pk])])


def test_rows_of_other_units_are_refused(db):
    household = HouseholdFactory()
    with pytest.raises(DatabaseError, match="another unit"):
        push(purge_in(UnitFactory()), [step("people_household", [household.pk])])
    assert push(purge_in(household.unit), [step("people_household", [household.pk])]) == 1


@pytest.mark.parametrize("table", ["audit_event", "audit_chainhead", "retention_tombstone", "accounts_user"])
def test_the_log_the_marks_and_the_accounts_are_not_among_what_leaves(db, table):
    with pytest.raises(DatabaseError, match="nothing is deleted"):
        push(purge_in(UnitFactory()), [step(table, [])])


def test_without_a_mark_nothing_leaves(db):
    household = HouseholdFactory()
    with pytest.raises(DatabaseError, match="leaves a mark"):
        push(purge_in(household.unit), [step("people_household", [household.pk])], tombs=[])


def file_with_people(unit=None):
    member = HouseholdMemberFactory(**({"household__unit": unit} if unit else {}))
    HouseholdMemberFactory(household=member.household)
    return member.household


def delete(household):
    actor = purge_actor()
    whole = [Due(household.pk, household.unit_id, date(2026, 3, 2), date(2030, 1, 1))]
    gone = delete_records(actor=actor, kind=kind_of("people.Household"), records=whole)
    with acting(actor):
        marks.sync()
    return gone


def test_a_deletion_leaves_marks_and_a_figure_that_name_nobody(db):
    household = file_with_people()
    with as_owner():
        people = list(HouseholdMember.objects.filter(household=household).values_list("person", flat=True))
    assert delete(household) >= 5
    with as_owner():
        assert not Person.objects.filter(pk__in=people).exists()
        stones = list(Tombstone.objects.all())
        fact = Fact.objects.get()
    assert {stone.digest for stone in stones} == {
        marks.digest("people.Household", household.pk),
        *(marks.digest("people.Person", pk) for pk in people),
    }
    text = marks.path().read_text()
    assert not any(str(pk) in text for pk in [household.pk, *people])
    assert (fact.kind, fact.month, fact.count) == ("people.Household", date(2026, 3, 1), 1)


def test_who_moved_on_to_another_household_stays(db):
    member = HouseholdMemberFactory()
    other = HouseholdMemberFactory(household__unit=member.unit, person=member.person)
    delete(member.household)
    with as_owner():
        assert Person.objects.filter(pk=member.person_id).exists()
        assert Household.objects.filter(pk=other.household_id).exists()


def test_a_restored_backup_does_not_bring_deleted_people_back(db, capsys):
    gone, kept = file_with_people(), file_with_people()
    backup = dump("people.Person", "people.Household", "people.HouseholdMember")
    delete(gone)
    with as_owner():
        Tombstone.objects.all().delete()  # the backup knows nothing of it: the file does
    restore(backup)
    with as_owner():
        assert Household.objects.filter(pk=gone.pk).exists()
    call_command("retention", "after-restore")
    assert "wieder gelöscht" in capsys.readouterr().out
    with as_owner():
        assert not Household.objects.filter(pk=gone.pk).exists()
        assert Household.objects.filter(pk=kept.pk).exists()
        assert Person.objects.count() == 2
    assert delete_again() == {}


def test_a_crash_between_deletion_and_file_is_made_good_by_the_next_run(db):
    household = file_with_people()
    delete(household)
    whole = marks.path().read_text()
    marks.path().write_text(whole[:-30])  # the last line is cut off
    with acting(purge_actor()):
        marks.sync()
    assert {mark.digest for mark in marks.read()} == {
        json.loads(line)["digest"] for line in whole.splitlines()
    }


def test_marks_are_forgotten_when_their_own_time_is_over(db):
    with travel(at(date(2026, 3, 2))):
        delete(file_with_people())
    assert marks.read()
    from stafette.retention.run import run_retention

    with travel(at(date(2029, 3, 1))):
        run_retention()
    assert marks.read()
    with travel(at(date(2029, 3, 4))):
        run_retention()
    with as_owner():
        assert not Tombstone.objects.exists()
    assert marks.read() == []


def test_the_log_is_cut_and_the_rest_is_still_proved(db):
    unit = UnitFactory()
    household = HouseholdFactory(unit=unit)
    actor = purge_actor()
    for year in (2026, 2027, 2028):
        with travel(at(date(year, 3, 2))), acting(actor):
            for number in range(5):
                record(actor, "unit.tested", unit, unit=unit.pk, about=household.pk, number=number)
    cut_log(actor=actor, before=at(date(2027, 6, 1)))
    with as_owner():
        assert verify_chain(using="default").faults == []
        assert Event.objects.filter(kind="unit.tested").count() == 5
        assert Activity.objects.get(household=household).last_on == date(2027, 3, 2)
        ChainAnchor.objects.update(digest="0" * 64)
        assert verify_chain(using="default").faults


def test_the_running_role_cannot_cut_the_log_by_itself(db, actor_with):
    actor = actor_with(Permission.EVENT_VIEW, unit=UnitFactory())
    with acting(actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select retention_cut_log(%s, %s)", [now(), now() + timedelta(days=1)])


def test_erasing_what_is_gone_does_nothing(db):
    assert erase_file(actor=purge_actor(), household_id=PURGE_ID) == 0
