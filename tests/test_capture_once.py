"""What the arrival told and what the person's record holds stands in the talk already (W-03)."""

from datetime import date

from stafette.accounts.roles import Role
from stafette.arrivals.tests.factories import ArrivalFactory
from stafette.intake.models import Answer, Interview
from stafette.intake.tests.factories import FormVersionFactory
from stafette.intake.tests.test_pages import filled
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory


def test_talk_after_an_arrival_knows_day_origin_language_and_contact(logged_in, db):
    unit = FormVersionFactory().unit
    household = HouseholdFactory(unit=unit)
    person = PersonFactory(unit=unit, contact_channel="mobile", contact_value="0151 000")
    HouseholdMemberFactory(household=household, person=person)
    arrival = ArrivalFactory(
        unit=unit, household=household, language="ro", moved_in_on=date(2026, 1, 5), came_from="Cluj"
    )
    clerk = logged_in(Role.CLERK, unit)
    address = f"/gespraeche/neu/?household={household.pk}"

    assert "Această discuție este voluntară" in clerk.get(address).content.decode()
    sent = {"persons": [str(person.pk)], "language": "ro", "interpreting": "phone", "document_check": "ok"}
    clerk.post(address, {**sent, "agreed": "yes"})

    with as_owner():
        interview = Interview.objects.get()
        found = {a.question: (a.value, a.source) for a in Answer.objects.all()}
    assert found == {
        "arrived_on": ("2026-01-05", "known"),
        "came_from": ("Cluj", "known"),
        "contact_channel": ("phone", "known"),
        "contact_value": ("0151 000", "known"),
    }
    html = clerk.get(f"/gespraeche/{interview.pk}/").content.decode()
    assert "Schon bekannt, bitte bestätigen" in html and 'value="05.01.2026"' in html

    clerk.post(f"/gespraeche/{interview.pk}/abbrechen/")
    with as_owner():
        arrival.refresh_from_db()
    assert arrival.state == "to_invite"
    clerk.post(f"/gespraeche/{interview.pk}/wieder-oeffnen/")
    page = clerk.get(f"/gespraeche/{interview.pk}/")
    clerk.post(f"/gespraeche/{interview.pk}/", filled(page) | {"step": "finish"})
    with as_owner():
        arrival.refresh_from_db()
    assert arrival.state == "talk_held"
