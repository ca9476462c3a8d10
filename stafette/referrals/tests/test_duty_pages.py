"""Pages of follow-ups and tasks: list, page of one, steps, my day, the panel of a household."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from stafette.accounts.models import FindingKind
from stafette.accounts.roles import Role
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import create_task, plan_own_follow_up
from stafette.referrals.models import Finding, FollowUp, Referral, Task
from stafette.referrals.tests.factories import staff, user_of
from stafette.referrals.tests.scenes import consented
from stafette.referrals.tests.test_lasting import done, planned

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def browse(client):
    """Log somebody of the town in: browse(town.clerk)."""

    def log_in(actor):
        client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


@pytest.fixture
def first(town):
    return planned(done(town))[0]


def soon(days=7):
    return today() + timedelta(days=days)


def german(day):
    return f"{day:%d.%m.%Y}"


def task_of(town, **facts):
    values = {"unit_id": town.clearing.pk, "title": "Rückruf beim Jobcenter", "next_on": soon(2)} | facts
    return create_task(actor=town.clerk, **values)


def page(browser, name, *args, **query):
    answer = browser.get(reverse(f"referrals:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_list_shows_what_is_planned_and_filters(town, browse, first):
    browser = browse(town.clerk)
    html = page(browser, "follow_ups")
    assert first.number in html and "30 Tage danach" in html and "90 Tage danach" in html
    assert "90 Tage danach</td>" not in page(browser, "follow_ups", kind="after_30")
    assert first.number not in page(browser, "follow_ups", shown="lasts")
    answer = browser.get(reverse("referrals:follow_ups"), {"format": "xlsx"})
    assert answer["Content-Type"].endswith("sheet")


def test_list_of_another_unit_is_empty(town, browse, first):
    assert first.number not in page(browse(town.worker), "follow_ups")


def test_page_asks_the_question_of_the_town(town, browse, first):
    with as_owner():
        FindingKind.objects.filter(code=first.finding_code).update(lasting="Kommt die Familie noch zurecht?")
    html = page(browse(town.clerk), "follow_up", first.pk)
    assert "Kommt die Familie noch zurecht?" in html
    assert "Anliegen erledigt" in html and "Aufsuchende Sozialarbeit" in html
    assert "Ergebnis festhalten" in html


def test_page_tells_whether_the_family_may_be_asked(town, browse, first):
    assert "Nachfragen bei der Familie ist möglich" in page(browse(town.clerk), "follow_up", first.pk)
    with as_owner():
        from stafette.protection.models import Consent

        Consent.objects.update(categories=["core"])
    assert "Keine Einwilligung für Kontaktdaten" in page(browse(town.clerk), "follow_up", first.pk)
    consented(town, town.school, categories=("contact",))
    assert "Nachfragen bei der Familie ist möglich" in page(browse(town.clerk), "follow_up", first.pk)


@pytest.mark.parametrize("who", ["worker", "teacher"])
def test_a_strangers_follow_up_and_task_are_404(town, browse, first, who):
    browser, task = browse(getattr(town, who)), task_of(town)
    for name, pk in (("follow_up", first.pk), ("task", task.pk)):
        assert browser.get(reverse(f"referrals:{name}", args=[pk])).status_code == 404
    for name, pk in (("follow_up_result", first.pk), ("task_finish", task.pk)):
        assert browser.post(reverse(f"referrals:{name}", args=[pk])).status_code == 404
    assert browser.get(reverse("referrals:plan", args=[town.household.pk])).status_code == 404


def test_a_head_sees_dates_without_names_and_may_not_answer(town, logged_in, first):
    task = task_of(town, household_id=town.household.pk)
    browser = logged_in(Role.HEAD, town.clearing)
    html = page(browser, "follow_up", first.pk) + page(browser, "task", task.pk) + page(browser, "tasks")
    assert first.number in html and task.number in html
    assert town.household.label not in html and task.title not in html
    assert "Ergebnis festhalten" not in html
    answer = browser.post(reverse("referrals:follow_up_result", args=[first.pk]), {"result": "lasts"})
    assert answer.status_code == 403
    assert browser.post(reverse("referrals:task_finish", args=[task.pk])).status_code == 403


def test_ended_in_the_browser_offers_the_next_step(town, browse, first):
    browser = browse(town.clerk)
    url = reverse("referrals:follow_up_result", args=[first.pk])
    assert browser.post(url, {"result": "ended", "version": first.version}).status_code == 302
    html = page(browser, "follow_up", first.pk)
    assert "Die Feststellung ist wieder offen" in html
    assert reverse("referrals:household", args=[town.household.pk]) in html
    with acting(town.clerk):
        assert Finding.objects.get(pk=first.finding_id).state == Finding.State.OPEN


def test_partly_plans_another_look_in_the_browser(town, browse, first):
    browser = browse(town.clerk)
    url = reverse("referrals:follow_up_result", args=[first.pk])
    values = {"version": first.version, "again_on": german(soon(20))}
    assert browser.post(url, {"result": "lasts", **values}).status_code == 422
    assert browser.post(url, {"result": "partly", **values}).status_code == 302
    with acting(town.clerk):
        assert FollowUp.objects.filter(kind="own").count() == 1


def test_move_and_drop_in_the_browser(town, browse, first):
    browser = browse(town.clerk)
    move = reverse("referrals:follow_up_move", args=[first.pk])
    assert browser.post(move, {"next_on": "irgendwann"}).status_code == 422
    assert browser.post(move, {"next_on": german(soon(200))}).status_code == 422
    assert browser.post(move, {"next_on": german(soon(14))}).status_code == 302
    html = page(browser, "follow_up", first.pk)
    assert f"vom {german(first.next_on)} auf den" in html
    browser.post(reverse("referrals:follow_up_drop", args=[first.pk]), {"drop_reason": "no_consent"})
    assert "Familie möchte keine Nachfrage" in page(browser, "follow_up", first.pk)


def test_own_follow_up_in_the_browser(town, browse):
    browser, url = browse(town.clerk), reverse("referrals:plan", args=[town.household.pk])
    finding = town.finding()
    key = browser.get(url).context["form"]["key"].value()
    for _click in range(2):
        answer = browser.post(url, {"key": key, "next_on": german(soon()), "finding_id": str(finding.pk)})
        assert answer.status_code == 302
    with acting(town.clerk):
        assert FollowUp.objects.get().finding_id == finding.pk
    fresh = browser.get(url).context["form"]["key"].value()
    assert browser.post(url, {"key": fresh, "next_on": german(soon(-3))}).status_code == 422


def test_task_in_the_browser_from_new_to_done(town, browse):
    browser, colleague = browse(town.clerk), staff(town.clearing)
    url = f"{reverse('referrals:new_task')}?haushalt={town.household.pk}"
    html = browser.get(url).content.decode()
    assert "Keine Angaben zu Gesundheit, Straftaten oder Polizei" in html
    key = browser.get(url).context["form"]["key"].value()
    values = {"key": key, "title": HOSTILE, "next_on": german(soon()), "user_id": str(town.clerk.id)}
    assert browser.post(url, {**values, "title": ""}).status_code == 422
    for _click in range(2):
        assert browser.post(url, values).status_code == 302
    with acting(town.clerk):
        task = Task.objects.get()
    assert task.household_id == town.household.pk
    for name in ("task", "tasks", "my_day"):
        html = page(browser, name, *([task.pk] if name == "task" else []))
        assert HOSTILE not in html
        assert "&lt;script&gt;" in html
    browser.post(reverse("referrals:task_give", args=[task.pk]), {"user_id": str(colleague.id)})
    browser.post(reverse("referrals:task_move", args=[task.pk]), {"next_on": german(soon(9))})
    browser.post(reverse("referrals:task_finish", args=[task.pk]))
    with acting(town.clerk):
        row = Task.objects.get()
    assert (row.state, row.responsible_user_id, row.next_on) == ("done", colleague.id, soon(9))
    assert browser.post(reverse("referrals:task_reopen", args=[task.pk]), {"next_on": ""}).status_code == 422
    browser.post(reverse("referrals:task_reopen", args=[task.pk]), {"next_on": german(soon(1))})
    assert "Erledigen</span>" in page(browser, "task", task.pk)


@pytest.mark.parametrize("query", ["haushalt=kein", "haushalt=00000000-0000-0000-0000-000000000000"])
def test_a_new_task_for_nothing_is_404(town, browse, query):
    assert browse(town.clerk).get(f"{reverse('referrals:new_task')}?{query}").status_code == 404


def test_a_new_task_for_a_foreign_household_is_404(town, browse):
    url = f"{reverse('referrals:new_task')}?haushalt={town.household.pk}"
    assert browse(town.worker).get(url).status_code == 404


def test_old_form_of_a_task_is_409(town, browse):
    task, browser = task_of(town), browse(town.clerk)
    browser.post(reverse("referrals:task_move", args=[task.pk]), {"next_on": german(soon(5))})
    answer = browser.post(reverse("referrals:task_finish", args=[task.pk]), {"version": task.version})
    assert answer.status_code == 409


def test_my_day_shows_what_is_due_within_a_week(town, browse, first):
    with as_owner():
        FollowUp.objects.filter(pk=first.pk).update(next_on=today(), remind_on=today())
    near, far = task_of(town), task_of(town, title="Erst im Frühjahr", next_on=soon(60))
    html = page(browse(town.clerk), "my_day")
    assert first.number in html and near.title in html
    assert far.title not in html
    assert near.title not in page(browse(town.worker), "my_day")


def day_queries(browser):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page(browser, "my_day")
    return len(captured)


def test_my_day_costs_the_same_for_5_and_500(town, browse):
    browser = browse(town.clerk)
    page(browser, "my_day")
    empty = day_queries(browser)
    task = task_of(town, household_id=town.household.pk)
    row = plan_own_follow_up(actor=town.clerk, household_id=town.household.pk, next_on=soon(1))
    many(Task, task, 5)
    many(FollowUp, row, 5)
    five = day_queries(browser)
    many(Task, task, 500)
    many(FollowUp, row, 500)
    assert day_queries(browser) == five == empty


def many(model, like, count):
    fields = [field.attname for field in model._meta.fields if field.name not in ("id", "number")]
    facts = {name: getattr(like, name) for name in fields}
    with as_owner():
        model.objects.bulk_create(model(number=f"N-{count}-{index}", **facts) for index in range(count))


def test_lists_cost_at_most_eight_queries_of_their_own(town, browse, django_assert_max_num_queries):
    browser, task = browse(town.clerk), task_of(town, household_id=town.household.pk)
    many(Task, task, 30)
    many(FollowUp, plan_own_follow_up(actor=town.clerk, household_id=town.household.pk, next_on=soon()), 30)
    for name in ("tasks", "follow_ups"):
        page(browser, name)
        with django_assert_max_num_queries(10):  # eight, and the savepoint of the test
            page(browser, name)


def test_the_household_page_shows_questions_and_tasks(town, browse, first):
    task = task_of(town, household_id=town.household.pk)
    html = browse(town.clerk).get(reverse("people:household", args=[town.household.pk])).content.decode()
    assert reverse("referrals:follow_up", args=[first.pk]) in html
    assert task.title in html
    assert reverse("referrals:plan", args=[town.household.pk]) in html


def test_each_date_says_why_it_is_that_day(town, browse, first):
    browser, closed = browse(town.clerk), localtime(closed_at(first)).date()
    on_a_tuesday = datetime(2026, 3, 3, 12, tzinfo=UTC)
    with as_owner():
        Referral.objects.filter(pk=first.referral_id).update(closed_at=on_a_tuesday)

    def said(day):
        with as_owner():
            FollowUp.objects.filter(pk=first.pk).update(next_on=day, remind_on=day, escalate_on=soon(400))
        return page(browser, "follow_up", first.pk)

    assert closed == today()
    assert "30 Tage nach dem Abschluss am 3. März 2026: Donnerstag, 2. April 2026." in said(date(2026, 4, 2))
    assert "Von Hand verschoben" in said(date(2026, 4, 9))
    with as_owner():  # 30 days after the 4th of March is Good Friday
        Referral.objects.filter(pk=first.referral_id).update(closed_at=on_a_tuesday + timedelta(days=1))
    html = said(date(2026, 4, 7))
    assert (
        "ist Freitag, 3. April 2026, kein Arbeitstag der Stelle; der nächste ist Dienstag, 7. April 2026."
        in html
    )


def closed_at(follow_up):
    with as_owner():
        return Referral.objects.get(pk=follow_up.referral_id).closed_at
