import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils.translation import override

from stafette.web.forms import ComboField, DateField, PartialDate, PartialDateField, dressed

COUNTRIES = {"125": "bulgarisch", "154": "rumänisch"}


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="Wie im Ausweis.")
    birth = PartialDateField(label="Geburtsdatum", required=False)
    moved_on = DateField(label="Eingezogen am", required=False)
    nationality = ComboField(label="Staatsangehörigkeit", options=COUNTRIES, required=False)
    wish = forms.ChoiceField(
        label="Sprachkurs?", choices=[("y", "ja"), ("n", "nein")], widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label="Weg", choices=[("p", "Telefon")])
    agreed = forms.BooleanField(label="Einverstanden", required=False)


def html(form):
    return Template("{{ form }}").render(Context({"form": form}))


def field(form, name):
    return Template("{{ field.as_field_group }}").render(Context({"field": form[name]}))


def test_text_field_has_label_hint_and_kern_class():
    printed = field(SampleForm(), "name")

    assert '<label class="kern-label" for="id_name">Name' in printed
    assert 'id="id_name_helptext"' in printed
    assert 'aria-describedby="id_name_helptext"' in printed
    assert 'class="kern-form-input__input"' in printed


def test_required_is_said_as_text_and_not_left_to_the_browser():
    printed = field(SampleForm(), "name")

    assert "(Pflichtfeld)" in printed
    assert 'aria-required="true"' in printed
    assert not re.search(r"[^-]required[ >]", printed)
    assert "(Pflichtfeld)" not in field(SampleForm(), "birth")


def test_form_in_which_everything_is_required_carries_no_marks():
    class Login(forms.Form):
        mail = forms.EmailField()
        word = forms.CharField(widget=forms.PasswordInput)

    assert "(Pflichtfeld)" not in html(Login())


def test_error_is_tied_to_its_input():
    printed = field(SampleForm({}), "name")

    assert 'id="id_name_error"' in printed
    assert 'aria-describedby="id_name_helptext id_name_error"' in printed
    assert 'aria-invalid="true"' in printed
    assert "kern-form-input__input--error" in printed


def test_radio_buttons_are_a_group_with_legend_and_error():
    printed = field(SampleForm({}), "wish")

    assert printed.startswith("<fieldset")
    assert 'aria-describedby="id_wish_error"' in printed
    assert '<legend class="kern-label">Sprachkurs?' in printed
    assert printed.count('class="kern-form-check__radio"') == 2
    assert '<label class="kern-label" for="id_wish_1">nein</label>' in printed


def test_select_stands_in_kerns_wrapper_and_check_box_before_its_label():
    assert '<div class="kern-form-input__select-wrapper"><select' in field(SampleForm(), "channel")
    printed = field(SampleForm(), "agreed")
    assert printed.index('type="checkbox"') < printed.index("<label")


def test_error_summary_links_to_each_wrong_field():
    with override("de"):
        printed = html(SampleForm({"birth": "31.02.1985"}))

    assert 'role="alert"' in printed
    assert 'href="#id_name"' in printed
    assert 'href="#id_wish_0"' in printed
    assert "Dieses Datum gibt es nicht" in printed
    assert 'href="#id_channel"' in printed


def test_valid_or_empty_form_has_no_summary():
    assert "st-error-summary" not in html(SampleForm())
    assert "st-error-summary" not in html(SampleForm({"name": "A", "wish": "y", "channel": "p"}))


def test_what_people_type_is_escaped_everywhere():
    evil = "<script>alert(1)</script>\"'"
    printed = html(
        SampleForm({"name": evil, "birth": evil, "moved_on": evil, "nationality": evil, "channel": evil})
    )

    assert "<script" not in printed
    assert "&lt;script&gt;" in printed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12.05.1985", PartialDate(1985, 5, 12)),
        ("1.5.1985", PartialDate(1985, 5, 1)),
        ("00.00.1985", PartialDate(1985)),
        ("00.05.1985", PartialDate(1985, 5)),
        ("05.1985", PartialDate(1985, 5)),
        ("5/1985", PartialDate(1985, 5)),
        ("1985", PartialDate(1985)),
        ("1985-05-12", PartialDate(1985, 5, 12)),
        ("12051985", PartialDate(1985, 5, 12)),
        (" 12. 5. 1985 ", PartialDate(1985, 5, 12)),
        ("", None),
    ],
)
def test_partial_date_takes_what_people_type(typed, expected):
    assert PartialDateField(required=False).clean(typed) == expected


@pytest.mark.parametrize(
    "typed", ["31.02.1985", "12.13.1985", "85", "im Mai", "12.00.1985", "0000", "12.05.85"]
)
def test_partial_date_refuses_what_is_no_date(typed):
    with pytest.raises(forms.ValidationError):
        PartialDateField(required=False).clean(typed)


def test_partial_date_is_printed_as_registers_do():
    assert 'value="00.05.1985"' in field(SampleForm(initial={"birth": PartialDate(1985, 5)}), "birth")
    assert 'value="Mai 85"' in field(SampleForm({"birth": "Mai 85"}), "birth")


@pytest.mark.parametrize("typed", ["31.12.2026", "31.12.26", "31122026", "2026-12-31", "31/12/2026"])
def test_date_takes_german_forms(typed):
    assert f"{DateField().clean(typed):%Y-%m-%d}" == "2026-12-31"


def test_combobox_offers_labels_and_gives_the_key():
    printed = field(SampleForm(), "nationality")
    assert 'list="id_nationality_liste"' in printed
    assert '<datalist id="id_nationality_liste"><option value="bulgarisch">' in printed

    box = ComboField(options=lambda: COUNTRIES, required=False)
    assert box.clean("Bulgarisch") == "125"
    assert box.clean("154") == "154"
    assert box.clean("") == ""
    with pytest.raises(forms.ValidationError, match="klingonisch"):
        box.clean("klingonisch")


def test_combobox_shows_the_label_of_a_stored_key():
    assert 'value="rumänisch"' in field(SampleForm(initial={"nationality": "154"}), "nationality")


def test_a_select_box_is_what_django_would_print_and_escapes():
    class Choice(forms.Form):
        unit = forms.ChoiceField(
            choices=[("", "alle"), ('"a"', "<b>A</b>"), ("Gruppe & Co", [("x", "X"), ("y", "Y")])],
            required=False,
        )

    bound = Choice({"unit": "x"})["unit"]
    ours = str(bound)
    context = bound.field.widget.get_context("unit", "x", {"id": "id_unit"})["widget"]
    theirs = DjangoTemplates().render("django/forms/widgets/select.html", {"widget": dressed(context)})
    assert all(option in theirs for option in re.findall(r"<option.*?</option>|<optgroup.*?>", ours))
    assert ours.count("<option ") == theirs.count("<option ") == 4
    assert "<b>" not in ours
