"""What staff and partners with an account see and do in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.models import Mandate, UnitKind
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.config.wiring import connect
from stafette.kernel.clock import now
from stafette.kernel.testing import as_owner
from stafette.partners.commands import answer_request
from stafette.partners.models import Partner, PartnerRequest
from stafette.partners.tests.scenes import PartnerFactory, again, by_link, link_of

State = PartnerRequest.State


@pytest.fixture
def teacher(story, logged_in):
    connect()
    return logged_in(Role.SCHOOL, story.town.school)


def step(client, request, name, **data):
    values = {"version": again(request).version} | data
    return client.post(reverse(f"partners:{name}", args=[request.pk]), values, follow=True)


def text(response):
    return response.content.decode()


def test_from_the_household_to_the_sent_question(story, teacher):
    home = teacher.get(reverse("people:household", args=[story.household.pk]))
    url = reverse("partners:ask", args=[story.household.pk])
    assert url in text(home)
    assert story.school.name in text(teacher.get(url))
    chosen = f"{url}?partner={story.school.pk}"
    assert "Wann beginnt das Kind bei Ihnen?" in text(teacher.get(chosen))
    values = {"question": "start_date", "person_id": story.child.pk}
    preview = teacher.post(chosen, values, follow=True)
    assert preview.redirect_chain
    shown = text(preview)
    for fact in (
        "Genau das geht weiter",
        "Petrowa, Mila",
        "Schulpflicht durchsetzen",
        "L04",
        "Anfrage senden",
    ):
        assert fact in shown, fact
    with as_owner():
        request = PartnerRequest.objects.get()
    sent = text(step(teacher, request, "send"))
    assert "gesendet, noch nicht geöffnet" in sent and "Das erfährt der Partner" in sent
    assert again(request).state == State.SENT
    assert request.number in text(teacher.get(reverse("partners:requests")))
    assert "Wann beginnt das Kind" in text(
        teacher.get(reverse("people:household", args=[story.household.pk]))
    )


def test_a_missing_person_is_said_in_place(story, teacher):
    url = reverse("partners:ask", args=[story.household.pk]) + f"?partner={story.school.pk}"
    assert teacher.post(url, {"person_id": ""}).status_code == 422
    broken = teacher.post(url, {"question": "start_date"})
    assert broken.status_code == 422 and "um welche Person es geht" in text(broken)


def test_consent_is_asked_for_in_the_partners_name_and_fills_the_question(story, logged_in):
    clerk = logged_in(Role.CLERK, story.town.clearing)
    request = story.drafted_by_consent()
    page = clerk.get(reverse("partners:request", args=[request.pk]))
    url = reverse("partners:consent", args=[request.pk])
    assert url in text(page)
    sheet = text(clerk.get(url + "?sprache=bg"))
    assert story.doctor.name in sheet and 'lang="bg"' in sheet
    values = {
        "categories": ["core", "contact", "language"],
        "person_ids": [str(story.town.child.pk)],
        "guardian_ids": [str(story.town.mother.pk)],
        "language": "bg",
        "form": "written",
    }
    done = text(clerk.post(url, values, follow=True))
    assert "Genau das geht weiter" in done and "Anfrage senden" in done
    consents = text(clerk.get(reverse("protection:household", args=[story.town.household.pk])))
    assert story.doctor.name in consents


def test_the_answer_is_read_and_closed(story, teacher):
    request = story.sent()
    answer_request(
        actor=by_link(request), request_id=request.pk, link_id=link_of(request).pk, answer="not_yet",
        own_number="GS 7", remark="Bitte im Januar fragen",
    )  # fmt: skip
    shown = text(teacher.get(reverse("partners:request", args=[request.pk])))
    for fact in ("Der Tag steht noch nicht fest", "GS 7", "Bitte im Januar fragen", "Lesen bis"):
        assert fact in shown, fact
    step(teacher, request, "close")
    assert again(request).state == State.CLOSED


@pytest.mark.parametrize("name", ["renew", "give_up", "withdraw"])
def test_the_steps_of_the_card(story, teacher, name):
    request = story.sent()
    assert step(teacher, request, name).status_code == 200
    assert again(request).state == {"renew": "sent", "give_up": "unanswered", "withdraw": "withdrawn"}[name]


def test_the_code_is_shown_once_in_the_answer_to_the_click(story, teacher):
    with as_owner():
        story.school.second_channel = True
        story.school.save()
    request = story.sent()
    made = step(teacher, request, "code")
    assert "Code: " in text(made)
    again_shown = teacher.get(reverse("partners:request", args=[request.pk]))
    assert "Code: " not in text(again_shown)


def test_the_card_alone_is_the_card_on_the_page(story, teacher):
    request = story.sent()
    url = reverse("partners:request", args=[request.pk])
    whole, part = text(teacher.get(url)), text(teacher.get(url, headers={"HX-Request": "true"}))
    assert "<html" not in part and 'id="partner-request"' in part
    assert 'id="partner-request"' in whole


def test_an_older_page_is_refused(story, teacher):
    request = story.sent()
    assert step(teacher, request, "withdraw", version=1).status_code == 409


def test_other_units_see_nothing_of_it(story, logged_in):
    request = story.sent()
    stranger = logged_in(Role.CLERK, story.town.clearing)
    assert stranger.get(reverse("partners:request", args=[request.pk])).status_code == 404
    assert stranger.get(reverse("partners:ask", args=[story.household.pk])).status_code == 404
    assert request.number not in text(stranger.get(reverse("partners:requests")))


def test_a_head_sees_state_and_dates_but_no_content(story, logged_in):
    request = story.sent()
    head = logged_in(Role.HEAD, story.town.school)
    shown = text(head.get(reverse("partners:request", args=[request.pk])))
    assert request.number in shown and "Mila" not in shown and "Anfrage zurückziehen" not in shown
    url = reverse("partners:withdraw", args=[request.pk])
    assert head.post(url, {"version": request.version}).status_code == 403


def test_partners_are_entered_and_corrected_by_who_keeps_them(story, logged_in):
    head = logged_in(Role.HEAD, story.town.clearing)
    values = {
        "name": "Hausverwaltung Beispiel", "kind": "landlord", "email": "post@hv.example.org",
        "language": "de", "bound_on": "01.02.2026", "second_channel": "on",
    }  # fmt: skip
    assert head.get(reverse("partners:add")).status_code == 200
    assert head.post(reverse("partners:add"), values).status_code == 302
    made = Partner.objects.get(name="Hausverwaltung Beispiel")
    assert (made.keeper, made.second_channel, made.is_public) == (story.town.clearing, True, False)
    head.post(reverse("partners:change", args=[made.pk]), values | {"email": "neu@hv.example.org"})
    made.refresh_from_db()
    assert made.email == "neu@hv.example.org" and made.kind == "landlord"
    future = {**values, "bound_on": f"{now() + timedelta(days=3):%d.%m.%Y}"}
    assert head.post(reverse("partners:add"), future).status_code == 422
    foreign = PartnerFactory(keeper=story.town.outreach)
    assert head.post(reverse("partners:change", args=[foreign.pk]), values).status_code == 403
    assert head.post(reverse("partners:end", args=[foreign.pk])).status_code == 403
    head.post(reverse("partners:end", args=[made.pk]))
    assert made.name not in text(head.get(reverse("partners:list")))


@pytest.fixture
def school_account(story, logged_in):
    connect()
    unit = UnitFactory(kind=UnitKind.SCHOOL, mandate=Mandate.HELPING, authority=story.town.clearing.authority)
    with as_owner():
        story.school.unit = unit
        story.school.save()
    return logged_in(Role.PARTNER, unit)


def test_an_account_finds_all_questions_on_one_page_and_nothing_else(story, school_account):
    first, second = story.sent(), story.sent(question="attends")
    start = school_account.get("/", follow=True)
    assert start.redirect_chain[-1][0] == reverse("partners:inbox")
    page = text(start)
    assert first.number in page and second.number in page
    for name in ("referrals:list", "people:list", "partners:list", "partners:requests", "accounts:units"):
        assert f'href="{reverse(name)}"' not in page, name
    for name in ("referrals:list", "people:list", "partners:list", "partners:requests"):
        assert school_account.get(reverse(name)).status_code == 403
    assert school_account.get(reverse("partners:request", args=[first.pk])).status_code == 403


def test_an_account_answers_on_its_page(story, school_account):
    request = story.sent()
    url = reverse("partners:reply", args=[request.pk])
    assert "Petrowa, Mila" in text(school_account.get(url))
    assert school_account.post(url, {"answer": "starts"}).status_code == 422
    done = school_account.post(url, {"answer": "starts", "answer_on": "2026-12-01"}, follow=True)
    assert "Vielen Dank" in text(done) and request.number not in text(done)
    assert school_account.get(url).status_code == 404
    assert again(request).answer == "starts"


def test_an_account_finds_nothing_of_others(story, logged_in):
    request = story.sent()
    unit = UnitFactory(kind=UnitKind.SCHOOL, mandate=Mandate.HELPING, authority=story.town.clearing.authority)
    other = logged_in(Role.PARTNER, unit)
    assert request.number not in text(other.get(reverse("partners:inbox")))
    assert other.get(reverse("partners:reply", args=[request.pk])).status_code == 404


def test_answer_number_and_remark_are_shown_as_written_but_never_run(story, teacher):
    request = story.sent()
    answer_request(
        actor=by_link(request), request_id=request.pk, link_id=link_of(request).pk, answer="not_yet",
        own_number="GS <i>7</i>", remark="<script>alert(1)</script> bitte anrufen",
    )  # fmt: skip
    page = text(teacher.get(reverse("partners:request", args=[request.pk])))
    assert "Der Tag steht noch nicht fest" in page and "Gelesen, abschließen" in page
    assert "GS &lt;i&gt;7&lt;/i&gt;" in page and "&lt;script&gt;alert(1)&lt;/script&gt; bitte anrufen" in page
    assert "<script>alert(1)" not in page
    assert again(request).responsible_user.label in page


def test_the_head_sees_who_goes_on_and_gets_no_button(story, logged_in):
    request = story.sent()
    page = text(logged_in(Role.HEAD, story.town.school).get(reverse("partners:request", args=[request.pk])))
    assert "Weiter geht es bei den Beschäftigten" in page
    assert reverse("partners:withdraw", args=[request.pk]) not in page and "Petrowa, Mila" not in page


def test_the_page_tells_that_the_code_is_still_missing_and_where_to_call(story, teacher):
    guarded = PartnerFactory(keeper=story.town.clearing, second_channel=True, phone="030 23125 188")
    request = story.sent(partner_id=guarded.pk)
    url = reverse("partners:request", args=[request.pk])
    page = text(teacher.get(url))
    assert "braucht noch einen Code" in page and "030 23125 188" in page
    assert page.index("Code für das Telefon") < page.index("Neuen Link senden")
    step(teacher, request, "code")
    assert "braucht noch einen Code" not in text(teacher.get(url))


def test_who_stands_in_the_blueprint_is_told_so_before_a_change(story, logged_in):
    head = logged_in(Role.HEAD, story.town.clearing)
    planned = PartnerFactory(keeper=story.town.clearing, code="schule-7")
    assert "unter „schule-7“" in text(head.get(reverse("partners:change", args=[planned.pk])))
    assert "Blaupause" not in text(head.get(reverse("partners:change", args=[story.school.pk])))


def test_without_consent_there_is_no_button_that_can_only_fail(story, logged_in):
    request = story.drafted_by_consent()
    page = text(
        logged_in(Role.CLERK, story.town.clearing).get(reverse("partners:request", args=[request.pk]))
    )
    assert reverse("partners:consent", args=[request.pk]) in page
    for name in ("fill", "send"):
        assert reverse(f"partners:{name}", args=[request.pk]) not in page
    story.consented()
    page = text(
        logged_in(Role.CLERK, story.town.clearing).get(reverse("partners:request", args=[request.pk]))
    )
    assert reverse("partners:fill", args=[request.pk]) in page


def test_a_change_by_hand_keeps_the_unit_that_the_blueprint_names(story, logged_in):
    head, school = logged_in(Role.HEAD, story.town.clearing), UnitFactory(kind=UnitKind.SCHOOL)
    planned = PartnerFactory(keeper=story.town.clearing, code="schule-7", unit=school)
    url = reverse("partners:change", args=[planned.pk])
    values = head.get(url).context["form"].initial
    sent = {key: "" if value is None else value for key, value in values.items() if value is not False}
    assert head.post(url, sent | {"phone": "030 23125 199"}).status_code == 302
    planned.refresh_from_db()
    assert (planned.phone, planned.unit, planned.code) == ("030 23125 199", school, "schule-7")
