from uuid import uuid4

import pytest

from stafette.audit.models import Event
from stafette.directory.tests.factories import ServiceFactory
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import dismiss_finding, record_findings, signpost
from stafette.referrals.data import FindingData
from stafette.referrals.models import Finding, Signpost

DATA = FindingData(code="no_work", reason="Keine Arbeit genannt.", source="Gespräch", rule_version="1")


def recorded(town, *data):
    return record_findings(
        actor=town.clerk, unit_id=town.clearing.pk, household_id=town.household.pk, findings=data
    )


def test_record_findings_keeps_each_once(town):
    assert len(recorded(town, DATA, DATA)) == 1
    assert recorded(town, DATA) == []
    with acting(town.clerk):
        assert Finding.objects.get().reason == "Keine Arbeit genannt."
    with as_owner():
        assert Event.objects.filter(kind="finding.recorded").count() == 1


def test_a_dismissed_finding_may_be_found_again(town):
    (finding,) = recorded(town, DATA)
    dismiss_finding(actor=town.clerk, finding_id=finding.pk, reason="solved")
    assert len(recorded(town, DATA)) == 1


def test_findings_of_another_unit_are_refused(town):
    with pytest.raises(NotAllowed):
        record_findings(
            actor=town.worker, unit_id=town.clearing.pk, household_id=town.household.pk, findings=[DATA]
        )


def test_findings_about_a_foreign_household_are_refused(town):
    with pytest.raises(BadInput):
        record_findings(
            actor=town.worker, unit_id=town.outreach.pk, household_id=town.household.pk, findings=[DATA]
        )


def test_dismiss_needs_a_reason_of_the_list(town):
    with pytest.raises(BadInput):
        dismiss_finding(actor=town.clerk, finding_id=town.finding().pk, reason="")


def test_dismiss_by_another_unit_is_not_allowed(town):
    with pytest.raises(NotAllowed):
        dismiss_finding(actor=town.worker, finding_id=town.finding().pk, reason="solved")


def test_signpost_ends_the_finding_and_is_counted(town):
    finding, service = town.finding("no_work"), ServiceFactory()
    made = signpost(actor=town.clerk, unit_id=town.clearing.pk, service_id=service.pk, finding_id=finding.pk)
    assert made.household_id == town.household.pk
    with acting(town.clerk):
        assert Finding.objects.get(pk=finding.pk).state == Finding.State.SIGNPOSTED
    with pytest.raises(MoveNotAllowed):
        signpost(actor=town.clerk, unit_id=town.clearing.pk, service_id=service.pk, finding_id=finding.pk)


def test_signpost_at_the_counter_names_nobody(town):
    made = signpost(actor=town.clerk, unit_id=town.clearing.pk, service_id=ServiceFactory().pk)
    assert (made.household_id, made.finding_id) == (None, None)


def test_signpost_to_a_service_that_ended_is_refused(town):
    service = ServiceFactory(status="defunct")
    with pytest.raises(BadInput):
        signpost(actor=town.clerk, unit_id=town.clearing.pk, service_id=service.pk)
    with as_owner():
        assert not Signpost.objects.exists()


def test_the_same_click_counts_once_and_another_service_counts_too(town):
    key, first, second = uuid4(), ServiceFactory(), ServiceFactory()
    values = {"actor": town.clerk, "unit_id": town.clearing.pk, "key": key}
    made = signpost(service_id=first.pk, **values)
    assert signpost(service_id=first.pk, **values).pk == made.pk
    assert signpost(service_id=second.pk, **values).pk != made.pk
    with acting(town.clerk):
        assert Signpost.objects.count() == 2
