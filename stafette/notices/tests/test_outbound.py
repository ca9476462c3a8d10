import pytest
from django.db import IntegrityError, transaction

from stafette.accounts.models import UnitKind
from stafette.accounts.roles import Role
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.notices import commands
from stafette.notices.access import contents_visible_to, outbound_visible_to
from stafette.notices.models import OutboundContent, OutboundNotice
from stafette.notices.outbound_rules import objections, outbound_rules, why_not
from stafette.notices.tests.scenes import ANSWERS
from stafette.outbox.models import Note
from stafette.protection.models import Disclosure
from stafette.referrals.tests.factories import staff

State = OutboundNotice.State


def content_of(notice):
    with as_owner():
        return OutboundContent.objects.get(notice=notice)


def test_one_drafts_another_confirms_and_the_passing_on_is_logged(scene):
    notice = scene.waiting()

    sent = commands.confirm_outbound(actor=scene.head, notice_id=notice.pk)

    assert (sent.state, sent.checked_by_id, sent.is_open) == (State.SENT, scene.head.id, False)
    with as_owner():
        proof = Disclosure.objects.get()
        assert (proof.rule, proof.mode, proof.kind) == ("F19a", "duty", "notice")
        assert proof.norm == "§ 87 Abs. 2 S. 1 Nr. 1 AufenthG"
        assert proof.actor_id == scene.head.id
        assert [one.person_id for one in proof.people.all()] == [scene.tenant.pk]


def test_the_head_is_told_and_only_by_number(scene):
    notice = scene.waiting()
    with as_owner():
        notes = Note.objects.filter(kind="outbound_waiting")
        assert {note.user_id for note in notes} == {scene.head.id, scene.second_head.id}
        assert {note.reference for note in notes} == {notice.number}


def test_nobody_confirms_or_rejects_the_own_draft(scene):
    notice = scene.waiting()
    both = scene.town.controller.with_grants((Permission.NOTICE_CONFIRM, scene.town.housing.pk))
    with pytest.raises(NotAllowed, match="andere Person"):
        commands.confirm_outbound(actor=both, notice_id=notice.pk)
    with pytest.raises(NotAllowed, match="andere Person"):
        commands.reject_outbound(
            actor=both, notice_id=notice.pk, ground="no_norm", note="Das passt gar nicht."
        )
    with as_owner():
        assert not Disclosure.objects.exists()


def test_the_database_refuses_one_person_twice(scene):
    notice = scene.waiting()
    sent = commands.confirm_outbound(actor=scene.head, notice_id=notice.pk)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        OutboundNotice.objects.filter(pk=sent.pk).update(checked_by=sent.drafted_by_id)


def test_a_draft_cannot_be_sent_past_the_check(scene):
    notice = scene.drafted()
    with pytest.raises(RuleBroken):
        commands.confirm_outbound(actor=scene.head, notice_id=notice.pk)
    with pytest.raises(NotAllowed):
        commands.confirm_outbound(actor=scene.town.controller, notice_id=notice.pk)


def test_a_rejected_notice_leaves_no_content_behind(scene):
    notice = scene.waiting()
    rejected = commands.reject_outbound(
        actor=scene.head, notice_id=notice.pk, ground="exception", note="Die Angabe kam aus der Beratung."
    )
    content = content_of(rejected)
    assert (rejected.state, rejected.reject_ground) == (State.REJECTED, "exception")
    assert (content.subject, content.facts, content.person_id) == ("", "", None)


def test_a_withdrawn_notice_leaves_no_content_behind(scene):
    notice = scene.waiting()
    commands.withdraw_outbound(actor=scene.town.controller, notice_id=notice.pk)
    assert content_of(notice).facts == ""


@pytest.mark.parametrize(
    ("norm", "answers", "says"),
    [
        ("87_2_1", {"social": "yes"}, "Sozialgeheimnis"),
        ("87_2_1", {"entrusted": "yes"}, "Anvertrautes"),
        ("87_2_1", {"secret": "yes"}, "§ 88 Abs. 2"),
        ("87_2_1", {"school": "yes"}, "Schulen"),
        ("87_2_1", {"voluntary": "yes"}, "Freiwillige"),
        ("87_2_1", {"duty": "no"}, "Nachforschen"),
        ("87_2_1", {"secret": ""}, "beantworten"),
        ("87_2_1", {"eu": "yes"}, "Ohne Arbeit zu sein genügt nicht"),
        ("87_2_4", {"register": "no", "eu": "yes", "eu_decisive": "yes"}, "Unionsbürger"),
        ("87_2_4", {"register": "yes"}, "nicht noch einmal"),
        ("87_1", {"request": "no"}, "Ersuchen"),
        ("87_4", {}, "Höchstmaß"),
        ("99_9", {}, "Norm"),
    ],
)
def test_an_exception_stops_the_draft(scene, norm, answers, says):
    with pytest.raises(RuleBroken, match=says):
        scene.drafted(norm=norm, answers=ANSWERS | answers)
    with as_owner():
        assert not OutboundNotice.objects.exists()


@pytest.mark.parametrize(("fine", "blocked"), [(500, True), (1000, True), (1001, False), (50000, False)])
def test_a_fine_counts_above_the_limit_only(fine, blocked):
    assert bool(objections("87_4", ANSWERS, fine=fine)) == blocked


def test_what_decides_about_free_movement_may_be_told_of_citizens_of_the_union():
    eu = ANSWERS | {"eu": "yes", "eu_decisive": "yes"}
    assert objections("87_2_1", eu) == []
    assert objections("87_7", eu) != []


@pytest.mark.parametrize("kind", [kind for kind in UnitKind if kind != UnitKind.HOUSING_CONTROL])
def test_every_other_kind_of_unit_is_told_why_it_drafts_nothing(kind):
    assert why_not(kind)
    assert why_not("WK") == ""


def test_an_exempt_unit_cannot_draft_even_with_the_permission(scene):
    town = scene.town
    for unit, person in ((town.clearing, town.mother),):
        clerk = town.clerk.with_grants((Permission.NOTICE_EDIT, unit.pk))
        with pytest.raises(NotAllowed, match="freiwillig"):
            scene.drafted(unit_id=unit.pk, person_id=person.pk) if False else commands.draft_outbound(
                actor=clerk, unit_id=unit.pk, person_id=person.pk, norm="87_2_1", answers=ANSWERS,
                facts="Ohne Aufenthaltstitel angetroffen.", address="Markt 1",
            )  # fmt: skip


def test_only_people_of_the_own_unit_and_only_few_words(scene):
    with pytest.raises(BadInput, match="Akten Ihrer Stelle"):
        scene.drafted(person_id=scene.town.mother.pk)
    with pytest.raises(BadInput, match="Kürzer"):
        scene.drafted(facts="x" * 1001)
    with pytest.raises(BadInput, match="Anschrift"):
        scene.drafted(address=" ")


def test_the_officer_reads_norm_and_state_and_never_whom(scene):
    notice = scene.waiting()
    officer = staff(scene.town.housing, Role.DATA_PROTECTION)
    with acting(officer):
        assert [one.pk for one in outbound_visible_to(officer)] == [notice.pk]
        assert not contents_visible_to(officer).exists()
        assert not OutboundContent.objects.exists()


def test_no_other_role_of_the_unit_and_no_other_unit_sees_it(scene):
    scene.waiting()
    others = [staff(scene.town.housing, role) for role in (Role.UNIT_ADMIN, Role.CLERK, Role.COORDINATION)]
    for actor in (*others, scene.town.clerk, scene.town.worker, scene.town.teacher):
        with acting(actor):
            assert not OutboundNotice.objects.exists()
            assert not OutboundContent.objects.exists()


def test_every_rule_has_its_source_and_every_question_its_norm():
    rules = outbound_rules()
    for one in (*rules.norms, *rules.questions, *rules.units, *rules.limits):
        assert one.head.source.law and one.head.valid_from
    assert all(question.norm for question in rules.questions)
    assert {question.id for question in rules.questions} >= set(ANSWERS)
