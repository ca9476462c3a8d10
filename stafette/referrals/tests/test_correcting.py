from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils.timezone import localtime

from stafette.accounts.models import UnitKind
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.allowed import CORRECTABLE
from stafette.referrals.commands import (
    accept_referral,
    close_referral,
    correct_referral,
    decline_referral,
    dismiss_finding,
    give_feedback,
    note_first_contact,
    record_findings,
    reopen_referral,
    return_referral,
    settle_decline,
)
from stafette.referrals.data import FindingData
from stafette.referrals.models import (
    Correction,
    Finding,
    FollowUp,
    Handling,
    Referral,
)
from stafette.referrals.queries.changes import FIELDS
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import accepted, again, done, hint_sent, sent
from stafette.referrals.tests.test_forwarding import onward_sent

State = Referral.State


def corrected(town, referral, field="outcome", value="ongoing", source="typing", **facts):
    return correct_referral(
        actor=town.worker, referral_id=referral.pk, field=field, value=value, source=source, **facts
    )


def kept(referral, unit):
    """What the corrections in the books of a unit say, in order."""
    with as_owner():
        rows = Correction.objects.filter(referral=referral, unit=unit)
        return [(row.field, row.old_value, row.new_value, row.source) for row in rows]


def told(referral):
    with as_owner():
        found = Event.objects.filter(subject_id=referral.pk, kind="referral.was_corrected").order_by("id")
        return [event.details for event in found]


def test_corrected_outcome_takes_the_feedback_along_and_tells_the_sender(town):
    referral = done(town)
    row = corrected(town, referral, value="came_no_need", source="family")
    assert row.feedback == "came_no_need"
    with as_owner():
        assert Handling.objects.get(referral=referral).outcome == "came_no_need"
    assert kept(referral, town.outreach) == [("outcome", "helped", "came_no_need", "family")]
    assert kept(referral, town.clearing) == [("feedback", "helped", "came_no_need", "family")]
    assert [(one["field"], one["feedback"]) for one in told(referral)] == [("feedback", "came_no_need")]


def test_where_the_sender_only_heard_handled_nothing_changes_for_it(town):
    referral = accept_referral(actor=town.controller, referral_id=hint_sent(town).pk)
    close_referral(actor=town.controller, referral_id=referral.pk, outcome="checked")
    give_feedback(actor=town.controller, referral_id=referral.pk)
    row = correct_referral(
        actor=town.controller, referral_id=referral.pk, field="outcome", value="no_answer", source="typing"
    )
    assert row.feedback == "handled"
    assert kept(referral, town.clearing) == []
    assert told(referral) == []


def test_outcome_before_feedback_stays_between_the_receivers_walls(town):
    referral = close_referral(actor=town.worker, referral_id=accepted(town).pk, outcome="helped")
    corrected(town, referral, value="ongoing")
    assert again(referral, town.clerk).feedback == ""
    assert told(referral) == []
    assert give_feedback(actor=town.worker, referral_id=referral.pk).feedback == "ongoing"


def test_follow_ups_follow_the_corrected_outcome(town):
    referral = done(town)
    corrected(town, referral, value="moved_away")
    with as_owner():
        assert not FollowUp.objects.filter(referral=referral, is_open=True).exists()
    corrected(town, referral, value="ongoing")
    with as_owner():
        assert FollowUp.objects.filter(referral=referral, is_open=True).count() == 2


@pytest.mark.parametrize("settled", [False, True])
def test_corrected_reason_of_a_decline_is_told(town, settled):
    referral = decline_referral(actor=town.worker, referral_id=sent(town).pk, reason="no_capacity")
    if settled:
        settle_decline(actor=town.clerk, referral_id=referral.pk)
    row = corrected(town, referral, field="decline_reason", value="not_responsible")
    assert row.decline_reason == "not_responsible"
    for unit in (town.outreach, town.clearing):
        assert kept(referral, unit) == [("decline_reason", "no_capacity", "not_responsible", "typing")]
    assert told(referral)[0]["reason"] == "not_responsible"


def test_corrected_day_of_the_first_contact(town):
    with travel(now() - timedelta(days=9)):
        referral = accepted(town)
    referral = note_first_contact(actor=town.worker, referral_id=referral.pk)
    day = today() - timedelta(days=4)
    row = corrected(town, referral, field="contacted_at", value=day.isoformat(), source="document")
    assert localtime(row.contacted_at).date() == day
    assert row.next_on == referral.next_on
    assert kept(referral, town.outreach) == [
        ("contacted_at", today().isoformat(), day.isoformat(), "document")
    ]


@pytest.mark.parametrize("days", [-12, 1])
def test_first_contact_lies_between_taking_over_and_now(town, days):
    with travel(now() - timedelta(days=9)):
        referral = accepted(town)
    note_first_contact(actor=town.worker, referral_id=referral.pk)
    day = today() + timedelta(days=days)
    with pytest.raises(BadInput, match="zwischen der Annahme"):
        corrected(town, referral, field="contacted_at", value=day.isoformat())


def test_a_date_that_is_none_is_refused_with_what_to_do(town):
    referral = note_first_contact(actor=town.worker, referral_id=accepted(town).pk)
    with pytest.raises(BadInput, match="31.12.2026"):
        corrected(town, referral, field="contacted_at", value="no_need")


def returned(town):
    return return_referral(actor=town.worker, referral_id=accepted(town).pk, reason="no_need")


@pytest.mark.parametrize(
    ("scene", "field", "value"),
    [
        (accepted, "outcome", "ongoing"),
        (accepted, "decline_reason", "no_need"),
        (accepted, "contacted_at", "2026-01-01"),
        (done, "decline_reason", "no_need"),
        (done, "contacted_at", "no_need"),
        (sent, "outcome", "ongoing"),
        (returned, "outcome", "ongoing"),
    ],
)
def test_a_value_that_the_state_does_not_have_is_not_corrected(town, scene, field, value):
    referral = scene(town)
    with pytest.raises(RuleBroken, match="gibt es im jetzigen Stand"):
        corrected(town, referral, field=field, value=value)
    with as_owner():
        assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "helped"},
        {"value": "forwarded"},
        {"value": "handled"},
        {"value": "?"},
        {"field": "state"},
        {"source": "reopened"},
        {"source": "?"},
    ],
    ids=str,
)
def test_wrong_corrections_are_refused(town, wrong):
    referral = done(town)
    with pytest.raises(BadInput):
        corrected(town, referral, **wrong)
    assert again(referral, town.worker).feedback == "helped"


def test_wrong_reason_is_refused(town):
    with pytest.raises(BadInput):
        corrected(town, returned(town), field="decline_reason", value="keine Lust")


@pytest.mark.parametrize("who", ["clerk", "teacher"])
def test_correct_by_others_is_not_allowed(town, who):
    referral = done(town)
    with pytest.raises(NotAllowed):
        correct_referral(
            actor=getattr(town, who),
            referral_id=referral.pk,
            field="outcome",
            value="ongoing",
            source="typing",
        )


def test_corrections_are_never_overwritten(town):
    referral = corrected(town, done(town))
    with acting(town.worker), pytest.raises(ProgrammingError), transaction.atomic():
        Correction.objects.filter(referral=referral).update(old_value="")


def test_correction_in_the_browser_shows_old_and_new(town, browse):
    referral, browser = done(town), browse(town.worker)
    url = reverse("referrals:detail", args=[referral.pk])
    assert "ergebnis-berichtigen/" in browser.get(url).content.decode()
    answer = browser.post(
        reverse("referrals:correct_outcome", args=[referral.pk]),
        {"version": again(referral, town.worker).version, "value": "ongoing", "source": "family"},
    )
    assert answer.status_code == 302
    page = browser.get(url).content.decode()
    assert "„läuft als eigener Fall weiter“ statt „Anliegen erledigt“" in page
    assert "Angabe der Familie" in page
    page = browse(town.clerk).get(url).content.decode()
    assert "Rückmeldung: „läuft als eigener Fall weiter“ statt „Anliegen erledigt“" in page


def reopened(town, referral, reason="came_back"):
    return reopen_referral(actor=town.worker, referral_id=referral.pk, reason=reason)


def test_reopened_referral_runs_again_at_the_receiver(town):
    referral = done(town)
    row = reopened(town, referral)
    assert (row.state, row.is_open, row.feedback) == (State.ACCEPTED, True, "")
    assert (row.closed_at, row.ended_at, row.contacted_at) == (None, None, None)
    assert (row.responsible_unit_id, row.responsible_user_id) == (town.outreach.pk, town.worker.id)
    assert row.next_on > today()
    with as_owner():
        assert Finding.objects.get(pk=referral.finding_id).state == Finding.State.REFERRED
        assert not FollowUp.objects.filter(referral=referral, is_open=True).exists()
        events = dict(Event.objects.filter(subject_id=referral.pk).values_list("kind", "unit_id"))
    assert events["referral.reopened"] == town.outreach.pk
    assert events["referral.was_reopened"] == town.clearing.pk


def test_what_was_before_the_reopening_is_kept(town):
    referral = done(town)
    closed = localtime(again(referral, town.worker).closed_at).date().isoformat()
    reopened(town, referral)
    assert kept(referral, town.outreach) == [
        ("reopened", "", "came_back", "reopened"),
        ("outcome", "helped", "", "reopened"),
        ("closed_at", closed, "", "reopened"),
    ]
    assert kept(referral, town.clearing) == [("feedback", "helped", "", "reopened")]


def test_closed_again_there_is_one_outcome_and_the_old_one_is_kept(town):
    referral = done(town)
    reopened(town, referral)
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="moved_away")
    row = give_feedback(actor=town.worker, referral_id=referral.pk)
    assert (row.state, row.feedback) == (State.DONE, "moved_away")
    with as_owner():
        assert Handling.objects.get(referral=referral).outcome == "moved_away"
        assert Finding.objects.get(pk=referral.finding_id).state == Finding.State.DONE
    assert ("outcome", "helped", "moved_away", "reopened") in kept(referral, town.outreach)


def test_a_finding_that_came_up_anew_meanwhile_goes_its_own_way(town):
    referral = done(town)
    data = FindingData(referral.finding_code, "Wieder da.", "Gespräch", "1")
    (new,) = record_findings(
        actor=town.clerk, unit_id=town.clearing.pk, household_id=town.household.pk, findings=[data]
    )
    reopened(town, referral)
    with as_owner():
        assert Finding.objects.get(pk=referral.finding_id).state == Finding.State.DONE
    dismiss_finding(actor=town.clerk, finding_id=new.pk, reason="solved")
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="helped")
    assert give_feedback(actor=town.worker, referral_id=referral.pk).state == State.DONE


@pytest.mark.parametrize(("days", "works"), [(180, True), (181, False)])
def test_reopen_has_an_end(town, days, works):
    with travel(now() - timedelta(days=days)):
        referral = done(town)
    if works:
        assert reopened(town, referral).is_open
    else:
        with pytest.raises(RuleBroken, match="zu lange zurück"):
            reopened(town, referral)


@pytest.mark.parametrize("scene", [accepted, sent])
def test_what_is_not_over_is_not_reopened(town, scene):
    referral = scene(town)
    with pytest.raises(MoveNotAllowed):
        reopened(town, referral)


def test_reopen_needs_a_reason_of_the_list(town):
    with pytest.raises(BadInput):
        reopened(town, done(town), reason="")


@pytest.mark.parametrize("who", ["clerk", "teacher"])
def test_reopen_by_others_is_not_allowed(town, who):
    referral = done(town)
    with pytest.raises(NotAllowed):
        reopen_referral(actor=getattr(town, who), referral_id=referral.pk, reason="came_back")


def test_reopened_page_shows_no_outcome_any_more(town, browse):
    referral = done(town)
    url = reverse("referrals:detail", args=[referral.pk])
    assert "Ergebnis bei uns" in browse(town.worker).get(url).content.decode()
    browse(town.worker).post(
        reverse("referrals:reopen", args=[referral.pk]),
        {"version": again(referral, town.worker).version, "reason": "too_early"},
    )
    page = browse(town.worker).get(url).content.decode()
    assert "Ergebnis bei uns" not in page
    assert "Wieder geöffnet: zu früh oder aus Versehen abgeschlossen" in page
    assert "bisher „Anliegen erledigt“" in page
    assert "Rückmeldung: bisher „Anliegen erledigt“" in browse(town.clerk).get(url).content.decode()


def test_every_field_that_is_kept_has_a_word():
    assert set(FIELDS) == {*CORRECTABLE, "feedback", "closed_at", "reopened"}


def test_forwarded_referral_is_not_reopened_while_it_runs_elsewhere(town):

    centre = UnitFactory(kind=UnitKind.DISTRICT_CENTRE)
    staff(centre)
    first = accepted(town)
    onward_sent(town, centre, first)
    with pytest.raises(RuleBroken, match="weitergegeben"):
        reopened(town, first)
    with pytest.raises(RuleBroken, match="weitergegeben"):
        corrected(town, first)
