from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.notices import commands
from stafette.notices.access import children_visible_to, records_visible_to
from stafette.notices.letters import age_of, without_names
from stafette.notices.models import ChildNotice, ChildRecord
from stafette.notices.tests.scenes import ADVICE, HELP, SEND, TALK
from stafette.protection.models import Disclosure

State = ChildNotice.State


def disclosure():
    with as_owner():
        return Disclosure.objects.get()


def test_the_way_leads_step_by_step_to_the_notice_and_its_answer(scene):
    clerk = scene.town.clerk
    notice = scene.decided()
    assert notice.state == State.DECIDE and notice.responsible_user_id == clerk.id

    sent = commands.send_child_notice(actor=clerk, notice_id=notice.pk, **SEND)
    done = commands.note_feedback(actor=clerk, notice_id=sent.pk, confirmed="yes", acting="yes")

    assert (done.state, done.is_open) == (State.ANSWERED, False)
    proof = disclosure()
    assert (proof.rule, proof.mode, proof.kind) == ("F11", "statute", "notice")
    assert proof.outsider_name == "Jugendamt Musterland"
    assert proof.household_id == scene.town.household.pk
    with as_owner():
        events = Event.objects.filter(subject_id=notice.pk).order_by("at", "id")
        kinds = list(events.values_list("kind", flat=True))
    assert kinds[0] == "child_notice.opened" and kinds[-1] == "child_notice.feedback_noted"


def test_a_youth_office_of_the_installation_is_named_as_a_unit(scene):
    notice = scene.decided()
    commands.send_child_notice(
        actor=scene.town.clerk, notice_id=notice.pk, **SEND | {"receiver": str(scene.youth_office.pk)}
    )
    assert disclosure().receiver_id == scene.youth_office.pk


def test_every_step_has_its_date_and_a_holder(scene):
    notice = scene.opened()
    assert notice.next_on > today() and notice.is_open and notice.responsible_user_id == scene.town.clerk.id


@pytest.mark.parametrize("step", ["consult", "help", "send", "feedback"])
def test_no_step_is_skipped(scene, step):
    notice, clerk = scene.opened(), scene.town.clerk
    calls = {
        "consult": lambda: commands.note_consultation(actor=clerk, notice_id=notice.pk, **ADVICE),
        "help": lambda: commands.note_help(actor=clerk, notice_id=notice.pk, **HELP),
        "send": lambda: commands.send_child_notice(actor=clerk, notice_id=notice.pk, **SEND),
        "feedback": lambda: commands.note_feedback(
            actor=clerk, notice_id=notice.pk, confirmed="yes", acting="no"
        ),
    }
    with pytest.raises(RuleBroken):
        calls[step]()


def test_in_acute_danger_the_youth_office_comes_first_and_the_steps_follow(scene):
    clerk, notice = scene.town.clerk, scene.opened()

    sent = commands.send_child_notice(actor=clerk, notice_id=notice.pk, is_acute=True, **SEND)

    assert sent.is_acute and sent.state == State.SENT
    assert sent.next_on <= today() + timedelta(days=4)
    with pytest.raises(RuleBroken, match="Gespräch nach"):
        commands.note_feedback(actor=clerk, notice_id=notice.pk, confirmed="yes", acting="yes")
    made_up = commands.note_talk(actor=clerk, notice_id=notice.pk, **TALK)
    assert made_up.state == State.SENT and made_up.talk == "held"
    commands.note_consultation(actor=clerk, notice_id=notice.pk, **ADVICE)
    commands.note_help(actor=clerk, notice_id=notice.pk, **HELP)
    assert (
        commands.note_feedback(actor=clerk, notice_id=notice.pk, confirmed="no", acting="no").is_open is False
    )


def test_the_family_that_must_not_know_does_not_find_it_on_its_own_sheet(scene):
    notice = scene.decided()
    told = SEND | {"family_told": "risk", "told_note": "Der Vater hat mit Gewalt gedroht."}
    commands.send_child_notice(actor=scene.town.clerk, notice_id=notice.pk, **told)
    assert disclosure().household_id is None
    assert not Event.objects.filter(
        about_id=scene.town.household.pk, kind__startswith="child_notice"
    ).exists()


def test_not_telling_the_family_needs_its_reason(scene):
    notice = scene.decided()
    with pytest.raises(BadInput, match="gefährden"):
        commands.send_child_notice(
            actor=scene.town.clerk, notice_id=notice.pk, **SEND | {"family_told": "risk"}
        )
    with as_owner():
        assert not Disclosure.objects.exists()


def test_ending_without_a_notice_needs_its_reasons_and_closes(scene):
    notice = scene.decided()
    with pytest.raises(BadInput):
        commands.leave_without_notice(actor=scene.town.clerk, notice_id=notice.pk, reasons="nein")
    left = commands.leave_without_notice(
        actor=scene.town.clerk, notice_id=notice.pk, reasons="Die Hilfe wird angenommen und genügt."
    )
    assert left.state == State.NO_NOTICE and left.ended_at


@pytest.mark.parametrize(
    ("call", "wrong"),
    [
        ("talk", TALK | {"talked_on": None}),
        ("talk", TALK | {"talk_note": "ja"}),
        ("talk", TALK | {"talked_on": today() + timedelta(days=1)}),
    ],
)
def test_a_talk_needs_day_and_words(scene, call, wrong):
    notice = scene.opened()
    with pytest.raises(BadInput):
        commands.note_talk(actor=scene.town.clerk, notice_id=notice.pk, **wrong)


def test_a_consultation_names_who_advised(scene):
    notice = scene.opened()
    commands.note_talk(actor=scene.town.clerk, notice_id=notice.pk, **TALK)
    with pytest.raises(BadInput, match="Fachkraft"):
        commands.note_consultation(actor=scene.town.clerk, notice_id=notice.pk, **ADVICE | {"adviser": " "})


def test_other_units_neither_see_nor_touch_it(scene):
    notice = scene.opened()
    for stranger in (scene.town.worker, scene.town.controller, scene.head):
        with acting(stranger):
            assert not children_visible_to(stranger).exists()
            assert not records_visible_to(stranger).exists()
            assert not ChildRecord.objects.exists(), "the policy must hide it without our filter, too"
        with pytest.raises(NotAllowed):
            commands.note_talk(actor=stranger, notice_id=notice.pk, **TALK)


def test_the_deadline_run_sees_dates_and_never_what_is_told(scene):
    from stafette.accounts.queries import watch_actor

    scene.opened()
    watch = watch_actor()
    with acting(watch):
        assert ChildNotice.objects.count() == 1
        assert not ChildRecord.objects.exists()


def test_a_child_of_another_household_is_refused(scene):
    with pytest.raises(BadInput, match="Kind aus diesem Haushalt"):
        scene.opened(person_id=scene.tenant.pk)


def test_an_older_form_is_refused(scene):
    notice = scene.opened()
    commands.note_talk(actor=scene.town.clerk, notice_id=notice.pk, version=notice.version, **TALK)
    with pytest.raises(RuleBroken, match="Inzwischen"):
        commands.note_consultation(
            actor=scene.town.clerk, notice_id=notice.pk, version=notice.version, **ADVICE
        )


def test_feedback_comes_once(scene):
    notice = scene.decided()
    commands.send_child_notice(actor=scene.town.clerk, notice_id=notice.pk, **SEND)
    commands.note_feedback(actor=scene.town.clerk, notice_id=notice.pk, confirmed="yes", acting="untold")
    with pytest.raises(MoveNotAllowed):
        commands.note_feedback(actor=scene.town.clerk, notice_id=notice.pk, confirmed="no", acting="no")


def test_texts_for_the_consultation_name_nobody(scene):
    clerk = scene.town.clerk
    notice = scene.opened(observed="Ivo und seine Mutter sagten in der Wohnung, Ivos Vater sei fort.")
    with acting(clerk):
        found = ChildRecord.objects.get(notice=notice).observed
        hidden = without_names(clerk, notice, found)
    assert "Ivo" not in hidden and "[…] und seine Mutter" in hidden and "[…] Vater" in hidden
    assert "Jahre" in age_of(scene.town.child)


@pytest.mark.parametrize(
    "damage",
    [
        {"is_open": False},
        {"state": "sent"},
        {"state": "answered"},
        {"state": "decide", "help": ""},
        {"confirmed": "yes"},
        {"next_on": None},
        {"responsible_user": None},
    ],
    ids=lambda damage: "+".join(damage),
)
def test_the_database_refuses_a_state_that_does_not_fit(scene, damage):
    notice = scene.decided()
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        ChildNotice.objects.filter(pk=notice.pk).update(**damage)
