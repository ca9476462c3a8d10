"""From typing to the officer's figures: saved as it is, told afterwards, changed or kept, and only counted."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.partners.tests.scenes import make_story, path_in_mail
from stafette.people.models import Person
from stafette.people.tests.factories import PersonFactory
from stafette.reports import queries
from stafette.reports.models import WatchCount
from stafette.web.watching.counting import MARKS

pytestmark = pytest.mark.django_db
FORM = "people.PersonForm"
TELLING = "Nur vormittags, sie ist schwanger."
CHANGED = "Nur vormittags."


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()


@pytest.fixture
def story(db):
    return make_story()


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def clerk(logged_in, unit):
    return logged_in(Role.CLERK, unit)


@pytest.fixture
def address(unit):
    person = PersonFactory(unit=unit, given_names="Yulia", family_name="Krebs")
    return reverse("people:change", args=[person.pk])


def data(note):
    return {
        "family_name": "Krebs",
        "given_names": "Yulia",
        "birth": "1.2.85",
        "source": "person",
        "source_date": "02.11.2026",
        "safe_contact_note": note,
    }


def save(clerk, address, note):
    answer = clerk.post(address, data(note), headers={"referer": f"http://testserver{address}"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return clerk.get(answer["Location"]).content.decode()


def counts():
    found = WatchCount.objects.values_list("form", "ground", "shown", "kept", "changed")
    return {(form, ground): (shown, kept, changed) for form, ground, shown, kept, changed in found}


def test_a_telling_text_is_saved_told_and_counted(clerk, address, unit):
    page = save(clerk, address, TELLING)
    with as_owner():
        assert Person.objects.get().safe_contact_note == TELLING
    assert "„schwanger“" in page and "Art. 9 Abs. 1 DSGVO" in page and f'href="{address}"' in page
    (row,) = WatchCount.objects.all()
    assert (row.unit_id, row.ground, row.shown, row.kept, row.changed) == (unit.pk, "health", 1, 1, 0)
    assert row.month_on.day == 1
    again = clerk.get(address).content.decode()
    assert "„schwanger“ im Feld" not in again, "it is told once"


def test_a_changed_text_is_taken_back_from_those_that_stayed(clerk, address):
    save(clerk, address, TELLING)
    assert "Art. 9" not in save(clerk, address, CHANGED)
    assert set(counts().values()) == {(1, 0, 1)}
    save(clerk, address, CHANGED)
    assert set(counts().values()) == {(1, 0, 1)}


def test_saved_again_as_it_is_counts_once(clerk, address):
    save(clerk, address, TELLING)
    save(clerk, address, TELLING)
    assert set(counts().values()) == {(1, 1, 0)}


def test_a_hint_that_was_shown_before_saving_is_not_counted_twice(clerk, address):
    (key,) = {part.split('"')[0] for part in clerk.get(address).content.decode().split('data-watch="')[1:]
              if "safe_contact_note" in part.split('"')[0]}  # fmt: skip
    form = {"field": key, "text": TELLING, "label": "x", "address": address}
    for _ in range(3):
        assert "schwanger" in clerk.post(reverse("web:hint"), form).content.decode()
    assert set(counts().values()) == {(1, 0, 0)}
    save(clerk, address, TELLING)
    assert set(counts().values()) == {(1, 1, 0)}


def test_nothing_of_the_text_is_kept_anywhere_but_where_it_belongs(clerk, address, caplog):
    clerk.post(address, data(TELLING))
    session = str(dict(clerk.session.items()))
    assert "schwanger" not in session and "health" not in session and clerk.session[MARKS]
    assert "schwanger" not in caplog.text
    with as_owner():
        assert not [event for event in Event.objects.all() if "schwanger" in str(event.details)]
    fields = {field.name for field in WatchCount._meta.get_fields()}
    assert fields == {"id", "created_at", "unit", "month_on", "form", "ground", "shown", "kept", "changed"}


def test_a_count_that_fails_costs_nobody_a_text(clerk, address, monkeypatch):
    def fail(**_counted):
        WatchCount.objects.create(month_on="2026-02-02")

    monkeypatch.setattr("stafette.web.watching.counting._counters", [fail])
    assert "„schwanger“" in save(clerk, address, TELLING)
    with as_owner():
        assert Person.objects.get().safe_contact_note == TELLING
    assert counts() == {}


def test_a_name_raises_no_hint(clerk, address):
    assert "Art. 9" not in save(clerk, address, "")
    assert counts() == {}


def test_a_form_with_a_mistake_is_not_told_as_saved(clerk, address):
    answer = clerk.post(address, data(TELLING) | {"birth": "x"})
    assert answer.status_code == 422 and "Gespeichert. Bitte prüfen" not in answer.content.decode()
    assert counts() == {}


def test_a_draft_that_saves_itself_is_not_counted(clerk, address):
    clerk.post(address, data(TELLING), headers={"x-autosave": "1"})
    assert counts() == {}


def test_a_partner_behind_a_link_is_told_in_plain_words(client, story):
    request = story.sent()
    page = client.post(path_in_mail(request), {"step": "show"}).content.decode()
    assert 'data-watch="partners.AnswerForm:remark"' in page
    answer = page.split('name="answer" value="')[1].split('"')[0]
    sent = {"step": "answer", "proof": "", "answer": answer, "remark": "Das Kind hat Epilepsie.",
            "answer_on": "2026-12-01"}  # fmt: skip
    thanks = client.post(path_in_mail(request), sent).content.decode()
    assert "„Epilepsie“" in thanks and "rufen Sie bitte die Stelle an" in thanks
    (row,) = WatchCount.objects.all()
    assert (row.form, row.shown, row.kept) == ("partners.AnswerForm", 1, 1)
    assert row.unit_id == request.unit_id, "it counts for the unit that asked"


def test_what_belongs_to_no_unit_is_for_officers(unit, actor_with):
    WatchCount.objects.create(month_on=today().replace(day=1), form="a.B", ground="health", shown=1, kept=1)
    assert queries.watch_lines(actor=actor_with(Permission.UNIT_ADMIN, unit=unit)) == []
    assert queries.watch_lines(actor=actor_with(Permission.DISCLOSURE_VIEW, unit=unit))[0].shown == 1


def test_the_officer_reads_counts_of_the_own_authority(clerk, address, unit, actor_with, logged_in):
    save(clerk, address, TELLING)
    officer = logged_in(Role.DATA_PROTECTION, unit)
    page = officer.get(reverse("reports:watch")).content.decode()
    assert "Gesundheit" in page and "schwanger" not in page
    stranger = logged_in(Role.DATA_PROTECTION, UnitFactory())
    assert "Gesundheit" not in stranger.get(reverse("reports:watch")).content.decode()
    assert queries.WatchLine("a", "b", "c", shown=4, kept=1, changed=3).share == 75
