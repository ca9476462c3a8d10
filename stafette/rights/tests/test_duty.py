"""A request is an open thing like any other: reminder, head, coordination; my day; hand-over; the audit."""

from datetime import timedelta

from stafette.accounts.roles import Role
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.referrals import batons
from stafette.referrals.auditing import faults
from stafette.referrals.commands import hand_over_batons
from stafette.referrals.duty import run_deadlines
from stafette.referrals.models import Notice
from stafette.referrals.queries.day import my_day
from stafette.referrals.tests.factories import staff
from stafette.rights.tests.scenes import again, days_ago
from stafette.rights.tests.test_correcting import proposed


def steps_told(thing):
    with as_owner():
        return set(Notice.objects.filter(thing_id=thing.pk).values_list("step", flat=True))


def test_the_end_of_the_month_is_reminded_of_then_told_to_head_and_coordination(story):
    head = staff(story.town.clearing, Role.HEAD)
    request = story.begun()
    run_deadlines(request.remind_on)
    assert steps_told(request) == {"remind"}
    run_deadlines(request.escalate_on + timedelta(days=3))
    assert steps_told(request) == {"remind", "head", "steering"}
    with as_owner():
        told = set(Note.objects.filter(reference=request.number).values_list("kind", "user", "path"))
    assert ("head", head.id, f"/rechte/{request.pk}/") in told


def test_a_proposed_correction_is_watched_too(story):
    proposal = proposed(story)
    run_deadlines(proposal.escalate_on + timedelta(days=3))
    assert {"head", "steering"} <= steps_told(proposal)


def test_it_lies_on_the_desk_of_who_holds_it(story):
    request = story.received(received_on=days_ago(27))
    with acting(story.clerk):
        assert request.number in [duty.number for duty in my_day(actor=story.clerk).duties]


def test_it_is_handed_over_with_the_other_things(story):
    request, colleague = story.begun(), staff(story.town.clearing)
    admin = staff(story.town.clearing, Role.UNIT_ADMIN)
    needed = story.clerk.grants | admin.grants
    hand_over_batons(
        actor=type(admin)(admin.id, admin.label, needed),
        kind_code="subject_request",
        unit_id=story.town.clearing.pk,
        new_holders={request.pk: colleague.id},
    )
    assert again(request).responsible_user_id == colleague.id


def test_the_audit_finds_nothing_wrong(story):
    story.begun()
    story.passed_on()
    proposed(story)
    codes = {"subject_request", "correction_proposal"}
    assert codes <= {kind.code for kind in batons.kinds()}
    with as_owner():
        found = faults(using="default")
    assert [fault for fault in found if fault.kind in codes] == []
