from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stafette.accounts.models import UnitKind
from stafette.accounts.tests.factories import AuthorityFactory, UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import today, travel
from stafette.kernel.errors import MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.protection.commands import withdraw_consent
from stafette.protection.models import Declaration, Disclosure
from stafette.referrals.commands import (
    check_referral,
    prepare_referral,
    revise_referral,
    send_referral,
    withdraw_referral,
)
from stafette.referrals.models import Envelope, Finding, Referral
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import again, checked, consented, drafted, hint_sent, sent

MONDAY = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Europe/Berlin"))


def kinds(referral):
    with as_owner():
        return list(
            Event.objects.filter(subject_id=referral.pk).order_by("at", "id").values_list("kind", flat=True)
        )


def envelope_of(referral):
    with as_owner():
        return Envelope.objects.get(referral=referral)


def test_prepare_decides_by_the_flow_rule_and_asks_for_consent(town):
    referral = drafted(town)
    assert referral.state == Referral.State.DRAFT
    assert (referral.flow_rule, referral.mode) == ("F06", "consent")
    assert referral.number.startswith(f"MUS-CL-{today().year}-")
    assert referral.responsible_user_id == town.clerk.id
    assert referral.escalation_unit_id == town.coordination.pk
    assert kinds(referral) == ["referral.prepared"]
    assert again_finding(town, referral).state == Finding.State.PREPARED


def again_finding(town, referral):
    with acting(town.clerk):
        return Finding.objects.get(pk=referral.finding_id)


def test_prepare_with_a_basis_in_law_is_ready_at_once(town):
    finding = town.finding("child_without_school_place", person=town.child)
    route = town.route("child_without_school_place", town.school, ["core", "address", "language", "arrival"])
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    assert referral.state == Referral.State.CHECKED
    payload = envelope_of(referral).payload
    assert [entry["core"]["given_names"] for entry in payload["persons"]] == ["Ivo"]
    assert "contact" not in str(payload)


def test_prepare_of_a_way_without_rule_is_refused_and_writes_nothing(town):
    job_centre = UnitFactory(kind=UnitKind.JOB_CENTRE)
    finding, route = town.finding("no_work"), town.route("no_work", job_centre)
    with pytest.raises(RuleBroken, match="keine Regel"):
        prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    with as_owner():
        assert not Referral.objects.exists()


def test_prepare_to_a_charity_needs_its_declaration(town):
    charity = UnitFactory(kind=UnitKind.CHARITY, authority=AuthorityFactory(is_public=False))
    finding, route = town.finding("advice_wanted"), town.route("advice_wanted", charity)
    with pytest.raises(RuleBroken, match="§ 61"):
        prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    with as_owner():
        Declaration.objects.create(unit=charity, norm="§ 61 Abs. 3 SGB VIII", given_on=date(2026, 1, 1))
    assert prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk).mode == "consent"


def test_prepare_by_another_unit_is_not_allowed(town):
    finding, route = town.finding(), town.route("family_needs_support", town.outreach)
    with pytest.raises(NotAllowed):
        prepare_referral(actor=town.worker, finding_id=finding.pk, route_id=route.pk)


def test_check_without_consent_names_what_is_missing(town):
    referral = drafted(town)
    with pytest.raises(RuleBroken, match="Anschrift"):
        check_referral(actor=town.clerk, referral_id=referral.pk)


def test_check_fills_only_what_was_agreed_to(town):
    payload = envelope_of(checked(town)).payload
    text = str(payload)
    assert town.mother.family_name in text
    assert "0170 000000" in text
    assert "Musterstraße" not in text
    assert "address" not in payload


def test_each_person_travels_only_with_what_they_agreed_to(town):
    referral = drafted(town)
    consented(town, town.outreach, ["core", "contact"], person_ids=[town.mother.pk])
    check_referral(actor=town.clerk, referral_id=referral.pk, categories=["core", "contact"])
    assert envelope_of(referral).person_count == 1
    assert "Ivo" not in str(envelope_of(referral).payload)


def test_locked_address_is_physically_absent(town):
    with as_owner():
        town.household.address_locked = True
        town.household.save()
    finding = town.finding("child_without_school_place", person=town.child)
    route = town.route("child_without_school_place", town.school, ["core", "address"])
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    assert referral.categories == ["core"]
    assert "Musterstraße" not in str(envelope_of(referral).payload)


def test_hint_about_a_locked_address_cannot_be_made(town):
    with as_owner():
        town.household.address_locked = True
        town.household.save()
    with pytest.raises(RuleBroken, match="Anschrift"):
        hint_sent(town)


def test_hint_holds_address_and_count_and_nobody(town):
    payload = envelope_of(hint_sent(town)).payload
    assert payload == {
        "version": 1,
        "indication": "overcrowding",
        "address": {
            "street": "Musterstraße",
            "house_number": "5",
            "postal_code": "06667",
            "town": "Musterstadt",
        },
        "count_at_address": 2,
    }


def test_send_passes_the_baton_and_proves_the_crossing(town):
    town.agree(town.outreach, first=2, answer=5)
    with travel(MONDAY):
        referral = sent(town)
    assert referral.state == Referral.State.SENT
    assert (referral.responsible_unit_id, referral.responsible_user_id) == (town.outreach.pk, town.worker.id)
    assert (referral.next_on, referral.answer_due_on) == (date(2026, 11, 18), date(2026, 11, 23))
    assert referral.remind_on <= referral.next_on <= referral.escalate_on
    assert kinds(referral) == ["referral.prepared", "referral.checked", "referral.sent", "referral.arrived"]
    with as_owner():
        proof = Disclosure.objects.get(reference=referral.number)
    assert (proof.rule, proof.mode, proof.receiver_id) == ("F06", "consent", town.outreach.pk)
    assert proof.categories == ["core", "contact", "needs"]
    assert proof.consent_id is not None
    assert again_finding(town, referral).state == Finding.State.REFERRED


def test_receiver_sees_nothing_before_it_was_sent(town):
    referral = checked(town)
    with acting(town.worker):
        assert not Referral.objects.filter(pk=referral.pk).exists()
        assert not Envelope.objects.filter(referral=referral.pk).exists()
    send_referral(actor=town.clerk, referral_id=referral.pk)
    with acting(town.worker):
        assert Envelope.objects.get(referral=referral.pk).payload["persons"]
        assert not Finding.objects.exists()


def test_other_units_see_nothing_of_it(town):
    referral = sent(town)
    for stranger in (town.teacher, town.controller):
        with acting(stranger):
            assert not Referral.objects.filter(pk=referral.pk).exists()
            assert not Envelope.objects.exists()


def test_send_twice_is_refused(town):
    referral = sent(town)
    with pytest.raises(MoveNotAllowed, match="gesendet"):
        send_referral(actor=town.clerk, referral_id=referral.pk)


def test_send_by_the_receiver_is_not_allowed(town):
    with pytest.raises(NotAllowed):
        send_referral(actor=town.worker, referral_id=checked(town).pk)


def test_send_from_an_old_form_is_refused(town):
    referral = checked(town)
    with pytest.raises(RuleBroken, match="jemand anderes"):
        send_referral(actor=town.clerk, referral_id=referral.pk, version=referral.version - 1)


def test_send_to_a_unit_without_staff_is_refused(town):
    empty = UnitFactory(kind=UnitKind.OUTREACH)
    finding, route = town.finding(), town.route("family_needs_support", empty, ["core"])
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    consented(town, empty, ["core"])
    check_referral(actor=town.clerk, referral_id=referral.pk)
    with pytest.raises(RuleBroken, match="niemand"):
        send_referral(actor=town.clerk, referral_id=referral.pk)


def test_nothing_is_sent_when_the_log_fails(town, monkeypatch):
    referral = checked(town)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.referrals.commands.sending.record", fail)
    with pytest.raises(RuntimeError):
        send_referral(actor=town.clerk, referral_id=referral.pk)
    assert again(referral, town.clerk).state == Referral.State.CHECKED
    with as_owner():
        assert not Disclosure.objects.exists()


def test_lapsed_consent_blocks_sending(town):
    referral = checked(town)
    with travel(MONDAY + timedelta(days=380)), pytest.raises(RuleBroken, match="gilt nicht mehr"):
        send_referral(actor=town.clerk, referral_id=referral.pk)


def test_withdrawn_consent_opens_a_checked_referral_again(town):
    referral = drafted(town)
    consent = consented(town, town.outreach, ["core"])
    check_referral(actor=town.clerk, referral_id=referral.pk, categories=["core"])
    withdraw_consent(actor=town.clerk, consent_id=consent.pk)
    assert again(referral, town.clerk).state == Referral.State.DRAFT
    with as_owner():
        assert not Envelope.objects.exists()


def test_withdrawn_consent_destroys_what_was_sent_and_not_accepted(town):
    referral = sent(town)
    with acting(town.clerk):
        from stafette.protection.models import Consent

        consent = Consent.objects.get()
    withdraw_consent(actor=town.clerk, consent_id=consent.pk)
    assert again(referral, town.clerk).state == Referral.State.WITHDRAWN
    assert envelope_of(referral).payload == {}
    assert envelope_of(referral).label == ""
    assert again_finding(town, referral).state == Finding.State.OPEN
    assert "referral.consent_ended" in kinds(referral)


def test_withdrawn_consent_takes_only_its_part_from_a_referral_by_law(town):
    finding = town.finding("child_without_school_place", person=town.child)
    route = town.route("child_without_school_place", town.school, ["core", "language", "contact", "needs"])
    consent = consented(town, town.school, ["contact", "needs"])
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    send_referral(actor=town.clerk, referral_id=referral.pk)
    assert "0170 000000" in str(envelope_of(referral).payload)
    withdraw_consent(actor=town.clerk, consent_id=consent.pk)
    assert again(referral, town.clerk).state == Referral.State.SENT
    assert "0170 000000" not in str(envelope_of(referral).payload)
    assert "Ivo" in str(envelope_of(referral).payload)


def test_withdraw_destroys_the_content_and_reopens_the_finding(town):
    referral = sent(town)
    withdraw_referral(actor=town.clerk, referral_id=referral.pk)
    row = again(referral, town.clerk)
    assert (row.state, row.is_open) == (Referral.State.WITHDRAWN, False)
    assert envelope_of(referral).payload == {}
    assert again_finding(town, referral).state == Finding.State.OPEN
    assert kinds(referral)[-2:] == ["referral.taken_back", "referral.withdrawn"]


def test_revise_empties_the_envelope(town):
    referral = checked(town)
    revise_referral(actor=town.clerk, referral_id=referral.pk)
    with as_owner():
        assert not Envelope.objects.exists()
    assert "address" in again(referral, town.clerk).categories


def test_arriving_referrals_go_to_who_is_there(town):
    from stafette.accounts.tests.factories import AbsenceFactory, UserFactory
    from stafette.referrals.tests.factories import user_of

    colleague = staff(town.outreach)
    AbsenceFactory(user=user_of(town.worker), deputy=UserFactory())
    assert sent(town).responsible_user_id == colleague.id
