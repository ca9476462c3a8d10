from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from stafette.kernel import clock
from stafette.web import cells
from stafette.web.templatetags import stafette_web as tags

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _fixed_day():
    with clock.travel(NOW):
        yield


def show(text, **context):
    return Template("{% load stafette_web %}" + text).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("days", "text", "look"),
    [
        (-3, "3 Tage zu spät", "late"),
        (-1, "1 Tag zu spät", "late"),
        (0, "heute fällig", "today"),
        (1, "morgen fällig", "soon"),
        (3, "noch 3 Tage", "soon"),
        (14, "noch 14 Tage", "later"),
    ],
)
def test_due_badge_says_what_the_date_means_today(days, text, look):
    day = TODAY + timedelta(days=days)

    printed = show("{% due_badge day %}", day=day)

    assert text in printed
    assert f"st-due--{look}" in printed
    assert f'<time datetime="{day.isoformat()}">{day:%d.%m.%Y}</time>' in printed


def test_due_badge_of_a_finished_matter_is_the_date_alone():
    printed = show("{% due_badge day done=True %}", day=TODAY - timedelta(days=3))
    assert "18.11.2026" in printed
    assert "zu spät" not in printed


def test_due_badge_without_a_date_is_a_dash():
    assert "–" in show("{% due_badge day %}", day=None)


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "heute"), (1, "gestern"), (2, "vor 2 Tagen"), (59, "vor 59 Tagen"), (60, "22.09.2026")],
)
def test_ago_is_german(days, text):
    assert tags.ago_de(TODAY - timedelta(days=days)) == text


def test_moments_are_shown_in_local_time():
    assert cells.moment_de(datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("UTC"))) == "01.07.2026, 14:00 Uhr"
    assert cells.date_de(datetime(2026, 7, 1, 23, 0, tzinfo=ZoneInfo("UTC"))) == "02.07.2026"
    assert cells.date_de(date(2026, 7, 1)) == "01.07.2026"


def test_partial_birth_is_printed_as_registers_do():
    person = SimpleNamespace(birth_year=1985, birth_month=None, birth_day=None)
    assert tags.birth_de(person) == "00.00.1985"
    assert tags.birth_de(SimpleNamespace(birth_year=None)) == "unbekannt"


def test_state_badge_knows_the_record_and_never_speaks_by_colour_alone():
    record = SimpleNamespace(state="declined", get_state_display=lambda: "abgelehnt")
    printed = show("{% state_badge record %}", record=record)
    assert "kern-badge--warning" in printed
    assert "kern-icon--warning" in printed
    assert "abgelehnt" in printed


def test_query_set_changes_one_parameter_and_keeps_the_rest():
    request = RequestFactory().get("/", {"q": "Ge & o", "sort": "name", "nach": "x"})
    printed = show('{% query_set sort="due" nach=None as q %}{{ q|safe }}', request=request)
    assert printed == "?q=Ge+%26+o&sort=due"


class Filter(forms.Form):
    q = forms.CharField(label="Name", required=False)
    state = forms.ChoiceField(label="Stand", choices=[("", "alle"), ("sent", "übergeben")], required=False)
    mine = forms.BooleanField(label="Nur meine", required=False)


def test_filter_bar_shows_what_is_set_as_chips_that_take_it_away():
    request = RequestFactory().get("/liste/", {"q": "Geor", "state": "sent", "mine": "on"})
    printed = show("{% filter_bar form %}", form=Filter(request.GET), request=request)
    assert "Name: <strong>Geor</strong>" in printed
    assert "Stand: <strong>übergeben</strong>" in printed
    assert 'href="?q=Geor&amp;state=sent"' in printed  # without "mine"
    assert "Alle Filter entfernen" in printed


def test_filter_bar_without_filters_shows_no_chips():
    printed = show("{% filter_bar form %}", form=Filter({}), request=RequestFactory().get("/"))
    assert "st-chip" not in printed


EVIL = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("component", "context"),
    [
        ("alert", {"kind": "info", "title": EVIL, "text": EVIL}),
        ("button", {"text": EVIL, "url": "#"}),
        ("action_form", {"url": "/", "text": EVIL, "confirm": EVIL, "name": "n", "value": EVIL, "label": EVIL}),
        ("tile", {"figure": 1, "label": EVIL, "note": EVIL}),
        ("timeline", {"entries": [{"at": NOW, "title": EVIL, "text": EVIL, "by": EVIL}]}),
        ("empty", {"title": EVIL, "text": EVIL}),
        ("description_list", {"items": [{"label": EVIL, "value": EVIL, "note": EVIL}]}),
        ("compare", {"caption": EVIL, "left_title": EVIL, "right_title": EVIL,
                     "rows": [{"label": EVIL, "left": EVIL, "right": EVIL, "differs": True}]}),
        ("table", {"caption": EVIL, "columns": [{"label": EVIL}],
                   "rows": [{"cells": [{"value": EVIL, "note": EVIL}]}]}),
        ("tabs", {"label": EVIL, "tabs": [{"label": EVIL, "url": "#", "count": 1}]}),
        ("steps", {"steps": [{"label": EVIL, "state": "current"}]}),
        ("progress", {"id": "p", "label": EVIL, "value": 1, "max": 2, "note": EVIL}),
        ("copy", {"id": "c", "text": EVIL, "label": EVIL}),
        ("breadcrumbs", {"up_url": "/", "up_text": EVIL}),
    ],
)  # fmt: skip
def test_component_escapes_what_it_is_given(component, context):
    printed = render_to_string(f"web/components/{component}.html", context)
    assert "<script" not in printed
    assert "&lt;script&gt;" in printed


def test_compare_marks_differences_by_sign_and_word():
    rows = [
        {"label": "Name", "left": "a", "right": "b", "differs": True},
        {"label": "Ort", "left": "c", "right": "c"},
    ]
    printed = render_to_string("web/components/compare.html", {"rows": rows})
    assert printed.count("≠") == 1
    assert printed.count("verschieden") == 1


def test_sorted_column_is_told_to_screen_readers():
    columns = [{"label": "Name", "sort_url": "?sort=-name", "sorted": "asc"}, {"label": "Ort"}]
    printed = render_to_string("web/components/table.html", {"columns": columns, "rows": []})
    assert printed.count('aria-sort="ascending"') == 1
    assert printed.count("aria-sort") == 1


def test_action_form_carries_the_token_and_its_question():
    context = {"url": "/x/", "text": "Annehmen", "confirm": "Wirklich?", "csrf_token": "t0ken"}
    printed = render_to_string("web/components/action_form.html", context)
    assert 'value="t0ken"' in printed
    assert 'data-confirm="Wirklich?"' in printed
    assert 'method="post"' in printed
