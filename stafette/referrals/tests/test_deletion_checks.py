"""What a withdrawn or lapsed consent means for a case: what is under way stops, who has the data checks it."""

from datetime import timedelta

import pytest

from stafette.accounts.queries import watch_actor
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.ids import new_id
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.people.models import Household
from stafette.protection.commands import follow_withdrawal, note_withdrawal, withdraw_consent
from stafette.protection.models import Consent
from stafette.referrals.commands import begin_deletion_checks, check_referral
from stafette.referrals.deadlines import dates_after
from stafette.referrals.models import Envelope, Referral, Task
from stafette.referrals.tests.factories import make_town, staff
from stafette.referrals.tests.scenes import accepted, consented, drafted, sent


@pytest.fixture
def town(db):
    return make_town()


def the_consent():
    with as_owner():
        return Consent.objects.get()


def checks():
    with as_owner():
        return {task.unit_id: task for task in Task.objects.select_related("unit__authority")}


def test_a_withdrawal_opens_a_check_of_five_working_days_at_the_unit_that_asked(town):
    sent(town)
    withdraw_consent(actor=town.clerk, consent_id=the_consent().pk)
    (task,) = checks().values()
    assert (task.unit_id, task.responsible_user_id, task.is_open) == (town.clearing.pk, town.clerk.id, True)
    assert task.next_on == dates_after(today(), 5, unit=task.unit).next_on
    assert the_consent().number in task.title
    with as_owner():
        assert not Referral.objects.get().is_open


def test_who_took_the_case_over_keeps_its_record_is_told_and_checks(town):
    referral = accepted(town)
    withdraw_consent(actor=town.clerk, consent_id=the_consent().pk)
    task = checks()[town.outreach.pk]
    assert (task.referral_id, task.responsible_user_id) == (referral.pk, town.worker.id)
    assert referral.number in task.title
    assert the_consent().number not in task.title
    with as_owner():
        note = Note.objects.get(user_id=town.worker.id, kind="consent_withdrawn")
        assert Referral.objects.get().state == Referral.State.ACCEPTED
    assert note.path == f"/uebergaben/aufgaben/{task.pk}/" or str(task.pk) in note.path
    with acting(town.worker):
        assert Household.objects.filter(pk=referral.received_household_id).exists()


def test_a_withdrawal_by_number_at_a_third_unit_stops_and_checks_as_well(town):
    sent(town)
    third = UnitFactory()
    counter = staff(third)
    note = note_withdrawal(
        actor=counter, unit_id=third.pk, number=the_consent().number, said_by="person", form="spoken"
    )
    follow_withdrawal(actor=watch_actor(), note_id=note.pk)
    with as_owner():
        assert Envelope.objects.get().payload == {}
    assert set(checks()) == {town.clearing.pk}
    assert checks()[town.clearing.pk].responsible_user_id == town.clerk.id


def test_checks_are_begun_once(town):
    consent = consented(town, town.outreach)
    withdraw_consent(actor=town.clerk, consent_id=consent.pk)
    for _again in range(2):
        begin_deletion_checks(
            actor=town.clerk, unit_id=town.clearing.pk, household_id=town.household.pk, consent_id=consent.pk,
            number=consent.number, days=5, taken_by_id=town.clerk.id, clerk_id=town.clerk.id,
        )  # fmt: skip
    assert len(checks()) == 1


def test_checks_need_the_permission(town):
    with pytest.raises(NotAllowed):
        begin_deletion_checks(
            actor=town.worker, unit_id=town.clearing.pk, household_id=town.household.pk, consent_id=new_id(),
            number="E-1", days=5, taken_by_id=town.worker.id, clerk_id=None,
        )  # fmt: skip


def test_a_release_from_secrecy_leaves_the_referrals_alone(town):
    referral = sent(town)
    release = consented(
        town, town.outreach, ["tell"], kind="secrecy", topic="Schulbesuch", purpose="Gespräch"
    )
    withdraw_consent(actor=town.clerk, consent_id=release.pk)
    with as_owner():
        assert Referral.objects.get(pk=referral.pk).state == Referral.State.SENT
        assert Envelope.objects.get().payload
    assert set(checks()) == {town.clearing.pk}


@pytest.mark.parametrize("ended", ["lapsed", "withdrawn"])
def test_without_consent_no_new_data_reach_an_accepted_case_and_its_record_stays(town, ended):
    referral = accepted(town)
    if ended == "withdrawn":
        withdraw_consent(actor=town.clerk, consent_id=the_consent().pk)
    with travel(now() + timedelta(days=400 if ended == "lapsed" else 0)):
        later = drafted(town, person=town.mother)
        with pytest.raises(RuleBroken, match="Einwilligung"):
            check_referral(actor=town.clerk, referral_id=later.pk, categories=["core", "contact"])
        with acting(town.worker):
            own = Referral.objects.get(pk=referral.pk)
            assert own.state == Referral.State.ACCEPTED
            assert Household.objects.filter(pk=own.received_household_id).exists()
