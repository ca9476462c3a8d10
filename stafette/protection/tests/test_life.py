"""The life of a consent: each receiver on its own, kinds apart, reminded once, renewed in one step, ended anywhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string

from stafette.accounts.queries import watch_actor
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission as P
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory
from stafette.protection import queries
from stafette.protection.commands import (
    follow_withdrawal,
    give_consent,
    give_consents,
    note_withdrawal,
    renew_consent,
    withdraw_consent,
)
from stafette.protection.desk import consents_panel
from stafette.protection.kinds import Kind
from stafette.protection.life import Span, lasts_until, life_value
from stafette.protection.models import Consent, WithdrawalNote
from stafette.protection.numbers import LETTERS, new_number, read_number
from stafette.protection.queries import coverage, releases
from stafette.protection.reminding import follow_open_withdrawals, remind_of_ends

RIGHTS = (P.CONSENT_VIEW, P.CONSENT_EDIT, P.PERSON_VIEW, P.REFERRAL_SEND)


@pytest.fixture
def family(db):
    household = HouseholdFactory()
    return household, HouseholdMemberFactory(household=household).person


@pytest.fixture
def clerk(family, actor_with):
    return actor_with(*RIGHTS, unit=family[0].unit)


@pytest.fixture
def elsewhere(family, actor_with):
    """Somebody at another unit, which knows nothing of the family."""
    unit = UnitFactory()
    return actor_with(P.CONSENT_VIEW, P.CONSENT_EDIT, unit=unit), unit


def facts(family, **changed):
    household, mother = family
    return {
        "unit_id": household.unit_id,
        "household_id": household.pk,
        "purpose": "Unterstützung der Familie",
        "categories": ["core"],
        "person_ids": [mother.pk],
        "text_version": "Formular 1",
        "language": "ar",
        "form": "written",
    } | changed


def agree(actor, family, **changed):
    values = facts(family, **changed)
    if not {"receiver_id", "outsider"} & set(values):
        values["receiver_id"] = UnitFactory().pk
    return give_consent(actor=actor, **values)


def covered(actor, family, consent):
    household, _mother = family
    with acting(actor):
        return coverage(
            actor=actor, unit_id=household.unit_id, household_id=household.pk, receiver_id=consent.receiver_id
        ).by_person


def by_number(actor, unit, number, **changed):
    note = note_withdrawal(
        actor=actor, unit_id=unit.pk, number=number, **({"said_by": "person", "form": "spoken"} | changed)
    )
    follow_withdrawal(actor=watch_actor(), note_id=note.pk)
    return note


def fresh(consent):
    with as_owner():
        return Consent.objects.get(pk=consent.pk)


def test_one_sheet_makes_a_consent_for_each_receiver(family, clerk):
    units = [UnitFactory().pk, UnitFactory().pk]
    given = give_consents(actor=clerk, receiver_ids=units, names=["Praxis am Markt", " "], **facts(family))
    assert [one.receiver_id for one in given] == [*units, None]
    assert len({one.number for one in given}) == 3
    withdraw_consent(actor=clerk, consent_id=given[0].pk)
    assert fresh(given[0]).withdrawn_at is not None
    assert fresh(given[1]).withdrawn_at is None


def test_a_sheet_without_receiver_is_refused(family, clerk):
    with pytest.raises(BadInput, match="für wen"):
        give_consents(actor=clerk, **facts(family))


def test_a_second_click_makes_no_second_consent(family, clerk):
    key, unit = new_id(), UnitFactory()
    first = agree(clerk, family, receiver_id=unit.pk, key=key)
    assert agree(clerk, family, receiver_id=unit.pk, key=key).pk == first.pk
    with as_owner():
        assert Consent.objects.count() == 1


def test_a_release_from_secrecy_moves_no_data_and_consent_releases_nobody(family, clerk):
    household = family[0]
    release = agree(clerk, family, kind=Kind.SECRECY, topic="Schulbesuch", categories=["tell", "ask"])
    assert covered(clerk, family, release) == {}
    data = agree(clerk, family, receiver_id=release.receiver_id)
    assert covered(clerk, family, release) == {family[1].pk: frozenset({"core"})}
    with acting(clerk):
        found = releases(actor=clerk, household_id=household.pk, receiver_id=release.receiver_id)
        assert [one.pk for one in found] == [release.pk]
    withdraw_consent(actor=clerk, consent_id=data.pk)
    assert fresh(release).withdrawn_at is None


@pytest.mark.parametrize("kind", [Kind.SECRECY, Kind.CONFERENCE])
def test_who_speaks_about_somebody_needs_a_topic(family, clerk, kind):
    boxes = ["tell"] if kind == Kind.SECRECY else ["core"]
    with pytest.raises(BadInput, match="Thema"):
        agree(clerk, family, kind=kind, categories=boxes)
    assert agree(clerk, family, kind=kind, categories=boxes, topic="Schule").topic == "Schule"


def test_a_release_lasts_a_year_at_most(family, clerk):
    with pytest.raises(BadInput, match="höchstens"):
        agree(
            clerk, family, kind=Kind.SECRECY, topic="Schule", categories=["ask"],
            expires_on=lasts_until(today(), is_secrecy=True) + timedelta(days=1),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "box"), [(Kind.VISIT, "core"), (Kind.DATA, "entry"), (Kind.MENTORING, "address")]
)
def test_a_box_of_another_kind_counts_for_nothing(family, clerk, kind, box):
    with pytest.raises(BadInput, match="Kategorie"):
        agree(clerk, family, kind=kind, categories=[box])


def test_the_periods_are_dated_and_name_their_source():
    for span, count in ((Span.LASTS, 12), (Span.SECRECY, 12), (Span.REMIND, 30), (Span.CHECK, 5)):
        value = life_value(span, on=today())
        assert value.count == count
        assert "Vorschlag" in value.origin


def test_renewing_makes_a_new_proof_and_a_withdrawal_ends_both(family, clerk):
    old = agree(clerk, family)
    with travel(now() + timedelta(days=350)):
        later = renew_consent(actor=clerk, consent_id=old.pk, form="spoken", witness="Schalter 2")
        assert later.renews_id == old.pk
        assert later.number != old.number
        assert later.expires_on > old.expires_on
        withdraw_consent(actor=clerk, consent_id=old.pk)
    assert fresh(later).withdrawn_at is not None


def test_what_was_withdrawn_is_not_renewed(family, clerk):
    consent = agree(clerk, family)
    withdraw_consent(actor=clerk, consent_id=consent.pk)
    with pytest.raises(RuleBroken, match="widerrufen"):
        renew_consent(actor=clerk, consent_id=consent.pk, form="written")


def test_renewing_needs_the_permission(family, clerk, actor_with):
    consent = agree(clerk, family)
    reader = actor_with(P.CONSENT_VIEW, P.PERSON_VIEW, unit=family[0].unit)
    with acting(reader), pytest.raises(NotAllowed):
        renew_consent(actor=reader, consent_id=consent.pk, form="written")


def test_lapsed_consent_covers_nothing_on_its_last_day(family, clerk):
    consent = agree(clerk, family)
    with travel(now() + timedelta(days=364)):
        assert covered(clerk, family, consent)
    with travel(now() + (consent.expires_on - today())):
        assert covered(clerk, family, consent) == {}


def test_whoever_took_it_is_reminded_thirty_days_before_and_once(family, clerk):
    MembershipFactory(user_id=clerk.id, unit=family[0].unit, role=Role.CLERK)
    consent = agree(clerk, family)
    assert remind_of_ends() == 0
    with travel(now() + timedelta(days=340)):
        remind_of_ends()
        remind_of_ends()
    with as_owner():
        note = Note.objects.get(kind="consent_ends")
    assert (note.user_id, note.reference, note.due_on) == (clerk.id, consent.number, consent.expires_on)


def test_colleagues_are_reminded_where_the_clerk_has_left(family, clerk):
    colleague = MembershipFactory(unit=family[0].unit, role=Role.CLERK).user
    agree(clerk, family)
    with travel(now() + timedelta(days=340)):
        remind_of_ends()
    with as_owner():
        assert Note.objects.get(kind="consent_ends").user_id == colleague.pk


def test_nobody_is_reminded_of_what_is_renewed_or_withdrawn(family, clerk):
    MembershipFactory(user_id=clerk.id, unit=family[0].unit, role=Role.CLERK)
    first, second = agree(clerk, family), agree(clerk, family)
    with travel(now() + timedelta(days=340)):
        renew_consent(actor=clerk, consent_id=first.pk, form="written")
        withdraw_consent(actor=clerk, consent_id=second.pk)
        assert remind_of_ends() == 0


def test_any_unit_takes_a_withdrawal_by_number(family, clerk, elsewhere):
    other, unit = elsewhere
    consent = agree(clerk, family)
    note = by_number(other, unit, consent.number.lower().replace("-", " "), said_by="guardian")
    ended = fresh(consent)
    assert ended.withdrawn_at is not None
    assert (ended.withdrawn_unit_id, ended.withdrawal_form) == (unit.pk, "spoken")
    assert (ended.withdrawal_by, ended.withdrawal_taken_by_id) == ("guardian", other.id)
    assert covered(clerk, family, consent) == {}
    with acting(other):
        assert not Consent.objects.exists()
        assert WithdrawalNote.objects.get().pk == note.pk


def test_the_unit_learns_nothing_from_a_number(family, clerk, elsewhere):
    """Existing, withdrawn, unknown: the same note, the same events in the own books."""
    other, unit = elsewhere
    consent = agree(clerk, family)
    for number in (consent.number, consent.number, new_number()):
        by_number(other, unit, number)
    with acting(other):
        notes = list(WithdrawalNote.objects.order_by("at"))
    assert len({(one.form, one.said_by, one.settled_at is None) for one in notes}) == 1
    with as_owner():
        events = Event.objects.filter(unit_id=unit.pk).order_by("id")
        kinds = [event.kind for event in events]
        said = {str(sorted(event.details.items())) for event in events}
    assert kinds == ["withdrawal.noted", "withdrawal.followed"] * 3
    assert len(said) == 2
    assert consent.number not in str(said)


def test_the_database_tells_a_clerk_nothing_about_a_number(family, clerk, elsewhere):
    consent = agree(clerk, family)
    for actor in (elsewhere[0], clerk):
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("select count(*) from consent_by_number(%s)", [consent.number])
            assert cursor.fetchone()[0] == 0


def test_a_withdrawal_is_followed_once_and_not_lost_with_its_job(family, clerk, elsewhere):
    other, unit = elsewhere
    consent = agree(clerk, family)
    note_withdrawal(actor=other, unit_id=unit.pk, number=consent.number, said_by="person", form="spoken")
    assert fresh(consent).withdrawn_at is None
    assert follow_open_withdrawals() == 1
    assert fresh(consent).withdrawn_at is not None
    assert follow_open_withdrawals() == 0


def test_noting_a_withdrawal_hands_a_job_to_the_worker(elsewhere):
    other, unit = elsewhere
    note = note_withdrawal(actor=other, unit_id=unit.pk, number=new_number(), said_by="person", form="spoken")
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args->>'note_id' from procrastinate_jobs order by id desc limit 1")
        assert cursor.fetchone() == ("stafette.protection.tasks.follow_withdrawals", str(note.pk))


def test_a_withdrawal_by_number_needs_the_permission_and_a_right_number(elsewhere, actor_with):
    other, unit = elsewhere
    with pytest.raises(BadInput, match="Tippfehler"):
        by_number(other, unit, "E-AAA-AAA-AAA")
    with pytest.raises(NotAllowed):
        by_number(actor_with(P.CONSENT_VIEW, unit=unit), unit, new_number())
    with pytest.raises(NotAllowed):
        by_number(other, UnitFactory(), new_number())


def test_a_slip_of_the_finger_never_names_another_consent():
    number = new_number()
    for place, letter in enumerate(number):
        if letter == "-" or place == 0:
            continue
        wrong = LETTERS[(LETTERS.index(letter) + 7) % 32]
        assert read_number(number[:place] + wrong + number[place + 1 :]) is None
    assert read_number(f" {number.lower()} ") == number
    assert read_number(number.replace("0", "O").replace("1", "l")) == number


def test_counts_reach_the_officer_of_the_authority_and_nobody_else(family, clerk, actor_with):
    agree(clerk, family, expires_on=today() + timedelta(days=10))
    agree(clerk, family)
    unit = family[0].unit
    with acting(actor_with(P.READING_VIEW, unit=unit)):
        assert [(row["soon"], row["holding"]) for row in queries.consent_counts()] == [(1, 2)]
        assert not Consent.objects.exists()
    for stranger in (actor_with(P.READING_VIEW, unit=UnitFactory()), actor_with(P.UNIT_VIEW, unit=unit)):
        with acting(stranger):
            assert queries.consent_counts() == []


def test_the_officer_finds_them_on_the_desk_and_nobody_else(family, clerk, actor_with):
    agree(clerk, family, expires_on=today() + timedelta(days=10))
    officer = actor_with(P.READING_VIEW, unit=family[0].unit)
    with acting(officer):
        panel = consents_panel(actor=officer, subject_id=officer.id)
    assert panel is not None
    assert "Vorschlag" in render_to_string(panel.template, {"panel": panel.context})
    assert consents_panel(actor=clerk, subject_id=clerk.id) is None
