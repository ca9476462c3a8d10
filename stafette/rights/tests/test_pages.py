import json

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.audit.models import Event
from stafette.kernel.testing import as_owner
from stafette.people.models import Person
from stafette.referrals.tests.factories import staff
from stafette.rights.models import CorrectionProposal, SubjectRequest
from stafette.rights.tests.scenes import accepted_referral, again, days_ago
from stafette.rights.tests.test_correcting import proposed

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"rights:{name}", args=args)


def post(client, name, pk, **data):
    return client.post(url(name, pk), data)


@pytest.fixture
def clerk(story, browse):
    return browse(story.clerk)


def test_from_the_household_page_to_a_request_in_one_form(story, clerk):
    household = story.town.household.pk
    page = clerk.get(url("for_household", household))
    assert page.status_code == 200
    form = page.context["form"]
    answer = clerk.post(
        url("for_household", household),
        {
            "key": form.initial["key"],
            "unit_id": story.town.clearing.pk,
            "person_id": story.town.mother.pk,
            "kind": "access",
            "received_on": "22.11.2026",
            "channel": "counter",
            "identity": "known",
            "language": "bg",
        },
    )
    with as_owner():
        made = SubjectRequest.objects.get()
    assert answer.url == url("request", made.pk)
    assert (made.kind, made.identity, made.household_id) == ("access", "known", household)


def test_a_form_without_a_kind_says_what_is_missing(story, clerk):
    answer = clerk.post(url("for_person", story.town.mother.pk), {"channel": "counter"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie, worum es geht." in answer.content.decode()


def test_somebody_nobody_found_gives_a_name(story, clerk):
    values = {
        "key": "01a20194-a0c9-7e0c-a75c-91d717649baf",
        "unit_id": story.town.clearing.pk,
        "kind": "erasure",
        "received_on": "22.11.2026",
        "channel": "letter",
        "language": "de",
    }
    assert clerk.post(url("take_in"), values).status_code == 422
    assert clerk.post(url("take_in"), values | {"asker": "Ana Beispiel"}).status_code == 302


def test_the_lists_show_clock_and_state(story, clerk):
    request = story.received(received_on=days_ago(40))
    page = clerk.get(url("list")).content.decode()
    assert request.number in page
    assert story.town.mother.full_name in page


def test_who_watches_sees_the_clock_without_a_name(story, browse):
    request = story.received(wish="Geheimes Anliegen")
    for role in (Role.DATA_PROTECTION, Role.HEAD):
        client = browse(staff(story.town.clearing, role))
        for page in (client.get(url("watch")), client.get(url("request", request.pk))):
            text = page.content.decode()
            assert request.number in text
            assert story.town.mother.family_name not in text
            assert "Geheimes" not in text
        assert client.get(url("list")).status_code == 403
        assert post(client, "begin", request.pk).status_code == 403


def test_another_unit_finds_nothing(story, browse):
    request = story.received()
    client = browse(story.town.worker)
    assert client.get(url("request", request.pk)).status_code == 404
    assert client.get(url("for_household", story.town.household.pk)).status_code == 404
    assert client.get(url("for_person", story.town.mother.pk)).status_code == 404
    assert post(client, "begin", request.pk).status_code == 404
    assert post(client, "copy_pdf", request.pk).status_code == 404


@pytest.mark.parametrize(
    "kind", SubjectRequest._meta.get_field("kind").choices, ids=lambda pair: str(pair[0])
)
def test_every_kind_has_its_page_in_every_state(story, clerk, kind):
    request = story.received(kind[0])
    for _state in ("received", "in_work", "ended"):
        page = clerk.get(url("request", request.pk))
        assert page.status_code == 200
        assert str(kind[1]) in page.content.decode()
        if again(request).state == "received":
            post(clerk, "begin", request.pk)
        elif again(request).is_open:
            post(clerk, "refuse", request.pk, reason="unfounded")
    assert again(request).state == "refused"


def test_the_clock_shows_its_source(story, clerk):
    page = clerk.get(url("request", story.received().pk)).content.decode()
    assert "Art. 12 Abs. 3 Satz 1 DSGVO (gelesen)" in page


def test_the_copy_is_handed_out_and_that_is_recorded(story, clerk):
    request = story.begun()
    pdf = post(clerk, "copy_pdf", request.pk)
    assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")
    assert story.town.mother.family_name not in pdf["Content-Disposition"]
    data = json.loads(post(clerk, "copy_json", request.pk).content)
    assert data["person"] == story.town.mother.full_name
    with as_owner():
        events = Event.objects.filter(kind="request.exported")
        assert [event.details["form"] for event in events.order_by("at")] == ["pdf", "json"]
    assert post(clerk, "answer", request.pk, answer="full").status_code == 302
    assert again(request).answer == "full"


def test_no_copy_before_it_is_clear_who_asks(story, clerk):
    request = story.unknown()
    assert post(clerk, "copy_pdf", request.pk).status_code == 404


def test_no_copy_for_another_kind(story, clerk):
    request = story.begun("erasure")
    assert post(clerk, "copy_json", request.pk).status_code == 409


def test_portability_is_handed_out_as_a_file(story, clerk):
    request = story.begun("portability")
    assert post(clerk, "copy_json", request.pk).status_code == 200
    assert post(clerk, "hand_out", request.pk).status_code == 302
    assert again(request).answer == "handed_out"


def test_identify_proposes_who_may_be_meant(story, clerk):
    name = story.town.mother.full_name
    request = story.unknown(asker=name)
    page = clerk.get(url("request", request.pk)).content.decode()
    assert str(story.town.mother.pk) in page
    post(clerk, "identify", request.pk, identity="document", person_id=story.town.mother.pk)
    assert again(request).person_id == story.town.mother.pk


def test_steps_by_form(story, clerk):
    mother = story.town.mother.pk
    correct = story.begun("correction")
    post(clerk, "correct", correct.pk, field="family_name", value="Neumann")
    with as_owner():
        assert Person.objects.get(pk=mother).family_name == "Neumann"
    contest = story.begun("contested")
    post(clerk, "contest", contest.pk, fields_=["birth"])
    page = clerk.get(reverse("people:person", args=[mother])).content.decode()
    assert "bestritten seit" in page
    objection = story.begun("objection")
    post(clerk, "stop", objection.pk)
    assert [again(one).answer for one in (correct, contest, objection)] == ["corrected", "marked", "stopped"]


def test_a_restricted_file_leaves_the_desk_of_who_is_not_named(story, clerk):
    request, colleague = story.begun("restriction"), staff(story.town.clearing)
    answer = post(clerk, "restrict", request.pk, ground="claim", open_to=[colleague.id])
    assert answer.url == url("list")
    assert clerk.get(url("request", request.pk)).status_code == 404


def test_pass_on_and_extend_by_form(story, clerk):
    request = story.begun()
    post(clerk, "extend", request.pk, reason="complex", told_on="22.11.2026")
    assert again(request).extended_on is not None
    post(clerk, "pass_on", request.pk, unit_ids=[story.town.outreach.pk])
    assert again(request).state == "passed_on"
    page = clerk.get(url("request", request.pk)).content.decode()
    assert "erfährt nur die Person selbst" in page


def test_the_erasure_page_shows_both_ways(story, clerk):
    request = story.begun("erasure")
    page = clerk.get(url("erasing", request.pk)).content.decode()
    assert "Wird gelöscht" in page and "Bleibt als Nachweis" in page
    keep = post(clerk, "keep", request.pk, reason="retention_duty", open_to=[story.clerk.id])
    assert keep.status_code == 302
    assert again(request).answer == "kept_restricted"
    assert clerk.get(url("erasing", request.pk)).status_code == 404


def test_an_erasure_without_a_choice_changes_nothing(story, clerk):
    request = story.begun("erasure")
    assert post(clerk, "erase", request.pk).status_code == 422
    assert again(request).is_open


def test_the_receiver_decides_about_a_proposal(story, browse):
    proposal = proposed(story)
    teacher = browse(story.town.teacher)
    page = teacher.get(url("proposal", proposal.pk)).content.decode()
    assert "Ivan" in page
    assert post(teacher, "take_proposal", proposal.pk).status_code == 422
    assert post(teacher, "leave_proposal", proposal.pk).status_code == 302
    with as_owner():
        assert CorrectionProposal.objects.get().state == "left"
    assert teacher.get(url("proposal", proposal.pk)).status_code == 200


def test_the_receivers_household_page_shows_the_proposal(story, browse):
    accepted_referral(story)
    request = story.begun("correction", person_id=story.town.child.pk)
    client = browse(story.clerk)
    post(client, "correct", request.pk, field="given_names", value="Ivan")
    with as_owner():
        there = CorrectionProposal.objects.get().referral.received_household_id
    page = browse(story.town.teacher).get(reverse("people:household", args=[there])).content.decode()
    assert "schlägt eine Berichtigung vor" in page


def test_the_rules_are_shown_with_their_sources(story, clerk):
    page = clerk.get(url("rules")).content.decode()
    assert "Art. 12 Abs. 5 Buchst. b DSGVO" in page
    assert "Vorschlag Stafette" in page


def test_ones_day_holds_the_open_request(story, clerk):
    """It is an open thing like any other: number and date stand on the day of whoever answers."""
    asked = story.received()
    assert asked.number in clerk.get(reverse("referrals:my_day")).content.decode()


def test_the_page_of_the_unit_leads_its_head_to_the_clocks(story, logged_in):
    story.received()
    page = reverse("accounts:unit", args=[story.town.clearing.code])
    shown = logged_in(Role.HEAD, story.town.clearing).get(page).content.decode()
    assert "Ein Antrag ist offen" in shown and url("watch") in shown
    for role, unit in ((Role.CLERK, story.town.clearing), (Role.HEAD, story.town.outreach)):
        assert url("watch") not in logged_in(role, unit).get(page).content.decode()
