"""Notes become mails: by the reader's wish, never twice, never for those who may not log in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stafette.accounts.models import ClosingPeriod, MailChoice
from stafette.accounts.queries import watch_actor
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import AbsenceFactory, MembershipFactory, UnitFactory
from stafette.kernel.actor import NOBODY
from stafette.kernel.clock import now, travel
from stafette.kernel.testing import as_owner
from stafette.outbox import wording
from stafette.outbox.data import NoteData
from stafette.outbox.models import Message, Note
from stafette.outbox.packing import pack, pack_for
from stafette.outbox.telling import notify
from stafette.outbox.tests.factories import NoteFactory

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 10, 12, tzinfo=UTC)
NEXT_SEVEN = datetime(2026, 3, 11, 6, 5, tzinfo=UTC)


@pytest.fixture
def noon():
    with travel(TUESDAY):
        yield


@pytest.fixture
def unit(noon):
    return UnitFactory()


@pytest.fixture
def clerk(unit):
    return MembershipFactory(role=Role.CLERK, unit=unit).user


def tell(user, unit, kind="referral_arrived", number="2026-000001", key=None):
    note = NoteData(
        user.pk, unit.pk, kind, number, "/uebergaben/1/", key or f"{kind}:{number}", date(2026, 3, 12)
    )
    notify(NOBODY, [note])


def mails():
    with as_owner():
        return list(Message.objects.order_by("created_at"))


def untold():
    with as_owner():
        return Note.objects.filter(message=None).count()


def choose(user, **values):
    with as_owner():
        MailChoice.objects.create(user=user, **values)


def test_clerk_gets_a_mail_per_note_at_once(clerk, unit):
    tell(clerk, unit)
    tell(clerk, unit, number="2026-000002")

    assert pack() == 2
    first, _second = mails()
    assert (first.address, first.subject, first.unit_id) == (clerk.email, "Stafette: 2026-000001", unit.pk)
    assert untold() == 0 and pack() == 0


def test_same_occasion_told_twice_is_one_mail(clerk, unit):
    tell(clerk, unit)
    pack()
    tell(clerk, unit)

    assert pack() == 0
    assert len(mails()) == 1


def test_head_gets_one_digest_the_next_morning(unit):
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    for number in range(3):
        tell(head, unit, "head", f"2026-{number:06}")

    assert pack() == 0
    with travel(NEXT_SEVEN):
        assert pack() == 1
    (message,) = mails()
    assert message.subject == "Stafette: 3 Nachrichten"
    assert "Frist 12.03.2026" in message.body
    assert untold() == 0


def test_digest_waits_while_the_own_house_is_closed(unit):
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    with as_owner():
        ClosingPeriod.objects.create(
            code="umzug", label="Umzug", authority=unit.authority,
            starts_on=date(2026, 3, 11), ends_on=date(2026, 3, 11),
        )  # fmt: skip
    tell(head, unit)
    with travel(NEXT_SEVEN):
        assert pack() == 0
    with travel(NEXT_SEVEN + timedelta(days=1)):
        assert pack() == 1


def test_clerk_who_wants_it_daily_gets_it_daily(clerk, unit):
    choose(clerk, rhythm="daily")
    tell(clerk, unit)

    assert pack() == 0
    with travel(NEXT_SEVEN):
        assert pack() == 1


def test_locked_account_gets_nothing(clerk, unit):
    tell(clerk, unit)
    with as_owner():
        type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)

    assert pack() == 0 and pack_for(watch_actor(), clerk.pk) == 0
    assert mails() == []


def test_account_that_works_nowhere_any_more_gets_nothing(unit):
    gone = MembershipFactory(unit=unit, ends_on=date(2026, 1, 31)).user
    tell(gone, unit)

    assert pack() == 0


def test_pause_keeps_the_note_and_tells_it_afterwards(clerk, unit):
    choose(clerk, rhythm="single", paused_until=date(2026, 3, 11), pause_reason="holiday")
    tell(clerk, unit)

    assert pack() == 0 and untold() == 1
    with travel(datetime(2026, 3, 12, 6, 5, tzinfo=UTC)):
        assert pack() == 1


def test_deputy_of_someone_away_gets_it_as_well(clerk, unit):
    deputy = MembershipFactory(unit=unit).user
    AbsenceFactory(user=clerk, deputy=deputy)
    tell(clerk, unit)

    pack()
    pack()

    assert {message.address for message in mails()} == {clerk.email, deputy.email}
    (copy,) = [message for message in mails() if message.address == deputy.email]
    assert "In Vertretung: Eine Übergabe" in copy.body
    assert pack() == 0


def test_escalation_of_a_paused_head_goes_to_the_deputy(unit):
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    deputy = MembershipFactory(role=Role.HEAD, unit=unit).user
    choose(head, rhythm="single", paused_until=date(2026, 3, 20), pause_reason="holiday")
    choose(deputy, rhythm="single")
    AbsenceFactory(user=head, deputy=deputy)
    tell(head, unit, "head")

    pack()
    pack()

    assert [message.address for message in mails()] == [deputy.email]
    assert untold() == 1


def test_escalation_of_a_paused_head_without_deputy_gets_through(unit):
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    choose(head, rhythm="single", paused_until=date(2026, 3, 20), pause_reason="other_way")
    tell(head, unit, "steering")
    tell(head, unit, "referral_arrived")

    assert pack() == 1 and untold() == 1


def test_two_who_stand_in_for_each_other_do_not_go_round_in_circles(unit):
    one, other = MembershipFactory(unit=unit).user, MembershipFactory(unit=unit).user
    AbsenceFactory(user=one, deputy=other)
    AbsenceFactory(user=other, deputy=one)
    tell(one, unit)

    for _ in range(4):
        pack()

    with as_owner():
        assert Note.objects.count() == 2


def test_crash_while_packing_leaves_note_and_mail_together(clerk, unit, monkeypatch):
    for number in range(3):
        tell(clerk, unit, number=f"2026-{number:06}")
    calls = []

    def dies(*args, **kwargs):
        calls.append(kwargs)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return post(*args, **kwargs)

    from stafette.outbox import packing
    from stafette.outbox.posting import post

    monkeypatch.setattr(packing, "post", dies)
    with pytest.raises(KeyboardInterrupt):
        pack()
    assert mails() == [] and untold() == 3

    monkeypatch.setattr(packing, "post", post)
    assert pack() == 3 and untold() == 0


def test_trouble_with_one_reader_keeps_nobody_elses_mail_back(clerk, unit, monkeypatch):
    other = MembershipFactory(unit=unit).user
    tell(clerk, unit, number="2026-000001")
    tell(other, unit, number="2026-000002")
    from stafette.outbox import packing

    monkeypatch.setattr(
        packing, "single", lambda line: 1 / 0 if line.reference == "2026-000001" else wording.single(line)
    )

    assert pack() == 1
    assert untold() == 1


def test_many_readers_cost_no_more_questions_than_few(unit, django_assert_max_num_queries):
    heads = [MembershipFactory(role=Role.HEAD, unit=unit).user for _ in range(20)]
    for head in heads:
        NoteFactory(user=head, unit=unit, created_at=now())

    with django_assert_max_num_queries(16):
        assert pack() == 0


def test_long_digest_counts_all_and_lists_fifty(unit):
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    for _ in range(60):
        NoteFactory(user=head, unit=unit, created_at=TUESDAY - timedelta(days=1))

    assert pack() == 1
    assert "und 10 weitere: Mein Tag" in mails()[0].body
