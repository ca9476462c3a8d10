"""The path of a household: who sees which station, who holds the baton, what is late, and the picture of it."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from stafette.accounts.models import User
from stafette.accounts.roles import Role
from stafette.directory.tests.factories import ServiceFactory
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.models import Household, Person
from stafette.referrals.commands import (
    accept_referral,
    close_referral,
    create_task,
    decline_referral,
    dismiss_finding,
    note_first_contact,
    settle_decline,
    signpost,
    withdraw_referral,
)
from stafette.referrals.drawing import LETTER, picture, wrapped
from stafette.referrals.models import FollowUp, Referral
from stafette.referrals.queries.path import LOOKS, NEXT_STEP, Path, Station, household_path
from stafette.referrals.tests.factories import user_of
from stafette.referrals.tests.scenes import drafted, sent
from stafette.referrals.tests.test_lasting import done

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def browse(client):
    """Log somebody of the town in: browse(town.clerk)."""

    def log_in(actor):
        client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


def path_of(actor, household):
    with acting(actor):
        return household_path(actor=actor, household_id=household)


def stations(actor, household):
    return {one.title: one for one in path_of(actor, household).stations}


def only(path, part):
    (found,) = [one for one in path.stations if part in one.title]
    return found


def test_every_open_state_says_what_comes_next():
    assert {state for state in Referral.State.values if Referral.PEN[state]} == set(NEXT_STEP)


def test_sent_says_who_holds_it_and_until_when(town):
    referral = sent(town)
    station = only(path_of(town.clerk, town.household.pk), "Übergabe an")
    worker = user_of(town.worker).label
    assert (station.group, station.look, station.state) == ("now", "open", "gesendet")
    assert (station.holder, station.next_step) == (f"{worker}, {town.outreach.name}", "Empfang bestätigen")
    assert station.due_on == referral.next_on
    assert [(bead.word, bead.look) for bead in station.beads] == [
        ("gesendet", "done"), ("angenommen", "current"), ("erreicht", "todo"), ("Rückmeldung", "todo"),
    ]  # fmt: skip


def test_a_draft_is_not_sent_yet(town):
    drafted(town)
    station = only(path_of(town.clerk, town.household.pk), "Übergabe an")
    assert station.beads[0].look == "current"
    assert station.next_step == "Inhalt festlegen"


def test_the_receiver_sees_its_own_household_and_nothing_of_the_senders(town):
    town.finding("no_work")
    create_task(
        actor=town.clerk, unit_id=town.clearing.pk, title="Nur für uns", next_on=today(),
        household_id=town.household.pk,
    )  # fmt: skip
    received = accept_referral(actor=town.worker, referral_id=sent(town).pk).received_household_id
    seen = path_of(town.worker, received)
    station = only(seen, "Übergabe an")
    assert (station.state, station.next_step) == ("angenommen", "Familie erreichen")
    assert not any("Nur für uns" in one.title or "no_work" in one.title for one in seen.stations)
    assert path_of(town.worker, town.household.pk).stations == ()


def test_the_sender_learns_neither_attempts_nor_outcome_before_feedback(town):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    note_first_contact(actor=town.worker, referral_id=referral.pk)
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="declined_by_person")
    station = only(path_of(town.clerk, town.household.pk), "Übergabe an")
    words = " ".join([station.title, station.note, station.state, station.next_step])
    assert "lehnt ab" not in words
    assert station.next_step == "Rückmeldung geben"
    assert [bead.look for bead in station.beads] == ["done", "done", "done", "current"]


def test_done_shows_the_feedback_and_what_will_be_asked(town):
    done(town)
    seen = path_of(town.clerk, town.household.pk)
    station = only(seen, "Übergabe an")
    assert (station.group, station.look, station.state, station.beads) == (
        "past",
        "done",
        "Anliegen erledigt",
        (),
    )
    coming = [one for one in seen.stations if one.group == "next"]
    assert [one.note.split(" · ")[0] for one in coming] == ["30 Tage danach", "90 Tage danach"]
    assert {one.look for one in coming} == {"planned"}


def test_a_closed_referral_without_contact_passes_the_bead_over(town):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="helped")
    station = only(path_of(town.clerk, town.household.pk), "Übergabe an")
    assert [bead.look for bead in station.beads] == ["done", "done", "skipped", "current"]


def test_declined_waits_for_the_sender_and_settled_is_past(town):
    referral = decline_referral(actor=town.worker, referral_id=sent(town).pk, reason="no_capacity")
    station = only(path_of(town.clerk, town.household.pk), "Übergabe an")
    assert (station.group, station.next_step, station.beads) == ("now", "Neu entscheiden", ())
    settle_decline(actor=town.clerk, referral_id=referral.pk)
    station = only(path_of(town.clerk, town.household.pk), "Übergabe an")
    assert (station.group, station.look) == ("past", "stopped")


def test_late_is_told_in_words_and_by_shape(town, browse):
    referral = sent(town)
    day = today() - timedelta(days=3)
    with as_owner():
        Referral.objects.filter(pk=referral.pk).update(next_on=day, remind_on=day, escalate_on=today())
    seen = path_of(town.clerk, town.household.pk)
    station = only(seen, "Übergabe an")
    assert (station.look, station.lateness) == ("late", "3 Tage zu spät")
    assert "3 Tage zu spät" in seen.sentence
    html = page(browse(town.clerk), town.household)
    assert "st-path__mark--late" in html and "3 Tage zu spät" in html and "verspätet" in html


def test_findings_signposts_and_tasks_are_stations(town):
    dismiss_finding(actor=town.clerk, finding_id=town.finding("newborn").pk, reason="not_wanted")
    town.finding("no_work", person=town.mother)
    service = ServiceFactory(name="Jobcenter")
    signpost(
        actor=town.clerk, unit_id=town.clearing.pk, service_id=service.pk,
        finding_id=town.finding("language_course").pk,
    )  # fmt: skip
    create_task(
        actor=town.clerk, unit_id=town.clearing.pk, title="Rückruf", next_on=today() + timedelta(days=4),
        household_id=town.household.pk,
    )  # fmt: skip
    seen = stations(town.clerk, town.household.pk)
    assert seen["newborn"].look == "stopped"
    assert (seen["no_work"].group, seen["no_work"].next_step) == ("now", "Entscheiden, was folgt")
    assert seen["no_work"].note == town.mother.full_name
    assert seen["Verwiesen an Jobcenter"].group == "past"
    assert (seen["Rückruf"].group, seen["Rückruf"].look) == ("next", "planned")
    assert "language_course" not in seen


def test_events_of_other_rooms_are_stations_in_german(town):
    sent(town)
    titles = [one.title for one in path_of(town.clerk, town.household.pk).stations]
    assert titles.count("Einwilligung gegeben") == 1


def test_past_comes_before_now_before_planned(town):
    done(town)
    town.finding("no_work")
    groups = [one.group for one in path_of(town.clerk, town.household.pk).stations]
    assert groups == sorted(groups, key=["past", "now", "next"].index)


def page(browser, household):
    answer = browser.get(reverse("referrals:path", args=[household.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def drawings(html):
    """Every picture of the page, read as XML: it must be well formed."""
    found = []
    while '<svg class="st-path' in html:
        start = html.index('<svg class="st-path')
        end = html.index("</svg>", start) + len("</svg>")
        found.append(ElementTree.fromstring(html[start:end]))  # noqa: S314 - our own page
        html = html[end:]
    return found


def test_the_page_has_the_picture_twice_and_the_table_once(town, browse):
    done(town)
    html = page(browse(town.clerk), town.household)
    narrow, wide = drawings(html)
    for svg in (narrow, wide):
        names = svg.get("aria-labelledby").split()
        assert svg.get("role") == "img"
        assert [one.get("id") for one in svg if one.get("id")] == names
        assert "style" not in ElementTree.tostring(svg, encoding="unicode")
    assert narrow.get("viewBox").startswith("0 0 344 ") and wide.get("viewBox").startswith("0 0 760 ")
    assert html.count("Stationen des Haushalts") == 1
    assert "Anliegen erledigt" in html


@pytest.mark.parametrize("who", ["worker", "teacher", "controller"])
def test_a_stranger_finds_no_path(town, browse, who):
    sent(town)
    url = reverse("referrals:path", args=[town.household.pk])
    assert browse(getattr(town, who)).get(url).status_code == 404


def test_heads_and_officers_see_no_path(town, logged_in):
    url = reverse("referrals:path", args=[town.household.pk])
    for role, unit in ((Role.HEAD, town.clearing), (Role.COORDINATION, town.coordination)):
        assert logged_in(role, unit).get(url).status_code in (403, 404)


def test_hostile_names_stay_text(town, browse):
    with as_owner():
        Person.objects.filter(pk=town.mother.pk).update(given_names=HOSTILE, family_name=HOSTILE)
        User.objects.filter(pk=town.worker.id).update(label=HOSTILE)
        Household.objects.filter(pk=town.household.pk).update(label=HOSTILE)
    town.finding("no_work", person=town.mother)
    sent(town)
    create_task(
        actor=town.clerk,
        unit_id=town.clearing.pk,
        title=HOSTILE,
        next_on=today(),
        household_id=town.household.pk,
    )
    html = page(browse(town.clerk), town.household)
    assert "<script>alert" not in html
    assert len(drawings(html)) == 2


def test_an_empty_path_says_where_it_begins(town, browse):
    html = page(browse(town.clerk), town.household)
    assert "Noch keine Station" in html and "<figure" not in html


def many(count, group="past"):
    day = date(2026, 1, 1)
    return tuple(
        Station(group, "done", f"Station {index}", "erledigt", day + timedelta(days=index))
        for index in range(count)
    )


def test_a_long_path_sums_up_the_earlier_steps():
    from stafette.referrals.queries.path import _in_order

    path = _in_order([*many(28), *many(4, "now")], url="")
    assert (path.hidden, len(path.shown)) == (12, 20)
    for drawing in picture(path).drawings:
        words = [one.text for one in drawing.words]
        assert words[0] == "… 12 frühere Schritte"
        assert "Station 11" not in words and "Station 12" in words
    assert _in_order(list(many(20)), url="").hidden == 0


def test_twenty_stations_fit_on_one_page_of_paper():
    path = Path(stations=(*many(14), *many(3, "now"), *many(3, "next")))
    wide = picture(path).drawings[1]
    shrunk = 658 / 760  # 174 mm of A4 at 96 dots, as the browser prints
    assert wide.height * shrunk < 225 * 96 / 25.4 * 1.35  # no smaller than three quarters of its size


@pytest.mark.parametrize(
    "text", ["Übergabe an die Aufsuchende Sozialarbeit", "x" * 90, "a " + "y" * 60 + " b", ""]
)
def test_wrapped_text_stays_in_its_room_and_loses_no_letter(text):
    lines = wrapped(text, room=200, size=14)
    assert all(len(line) * 14 * LETTER <= 200 for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")


def test_every_word_of_the_drawing_stands_inside_the_sheet(town):
    done(town)
    town.finding("no_work")
    for drawing in picture(path_of(town.clerk, town.household.pk)).drawings:
        assert all(0 <= one.x <= drawing.width and 0 <= one.y <= drawing.height for one in drawing.words)
        assert {mark.look.removeprefix("bead-") for mark in drawing.marks} <= {
            *LOOKS, "more", "todo", "current", "skipped",
        }  # fmt: skip


def test_the_path_costs_the_same_queries_however_long(town, django_assert_max_num_queries):
    done(town)
    path_of(town.clerk, town.household.pk)
    with django_assert_max_num_queries(14):  # eight, and the scope around them
        path_of(town.clerk, town.household.pk)
    with as_owner():
        like = FollowUp.objects.first()
        fields = [one.attname for one in FollowUp._meta.fields if one.name not in ("id", "number", "kind")]
        facts = {name: getattr(like, name) for name in fields}
        FollowUp.objects.bulk_create(FollowUp(number=f"N-{n}", kind="own", **facts) for n in range(100))
    with django_assert_max_num_queries(14):  # eight, and the scope around them
        assert len(path_of(town.clerk, town.household.pk).stations) > 100


def test_the_household_page_shows_the_picture(town, browse):
    sent(town)
    html = browse(town.clerk).get(reverse("people:household", args=[town.household.pk])).content.decode()
    assert len(drawings(html)) == 2
    assert reverse("referrals:path", args=[town.household.pk]) in html


def test_the_referrals_page_shows_its_own_steps_and_swaps_them(town, browse):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    for actor in (town.clerk, town.worker):
        html = browse(actor).get(reverse("referrals:detail", args=[referral.pk])).content.decode()
        narrow, _wide = drawings(html)
        words = [one.text for one in narrow if one.tag.endswith("text")]
        assert words[:3] == ["gesendet", f"{today():%d.%m.}", "angenommen"]
        assert words[-3:] == ["erreicht", "offen", "Rückmeldung"]
        assert "Als Nächstes: Familie erreichen." in html


def test_a_withdrawn_referral_has_no_steps_to_show(town, browse):
    referral = withdraw_referral(actor=town.clerk, referral_id=sent(town).pk)
    html = browse(town.clerk).get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert drawings(html) == []


def test_the_panel_of_a_household_shows_the_latest_steps_only(town, browse):
    done(town)
    for number in range(7):
        dismiss_finding(actor=town.clerk, finding_id=town.finding(f"f-{number}").pk, reason="solved")
    url = reverse("people:household", args=[town.household.pk])
    assert "frühere Schritte" in browse(town.clerk).get(url).content.decode()
    assert "frühere Schritte" not in page(browse(town.clerk), town.household)
