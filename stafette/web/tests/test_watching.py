"""Free text is watched in every form of the house; nothing is refused, nothing is kept, everything is counted."""

import importlib
import inspect
from pathlib import Path

import pytest
from django import forms
from django.core.cache import cache
from django.urls import reverse

from stafette.web.watching import hints_for, is_free_text
from stafette.web.watching.fields import is_watched, typed
from stafette.web.watching.hints import packed, unpacked

ROOT = Path(__file__).parents[2]
TELLING = "Die Familie gehört zu den Roma."
NUMBER = "AZR-Nummer 180118001800"


def form_classes():
    """Every form class of the house, found in the files: a new one is here by itself."""
    files = [*ROOT.glob("*/forms.py"), *ROOT.glob("*/forms/**/*.py"), ROOT / "web" / "patterns.py"]
    found = {}
    for path in files:
        name = ".".join(("stafette", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        module = importlib.import_module(name)
        for _name, one in inspect.getmembers(module, inspect.isclass):
            if issubclass(one, forms.BaseForm) and one.__module__.startswith("stafette.") and one.base_fields:
                found[f"{one.__module__}.{one.__qualname__}"] = one
    return found


FORMS = form_classes()
FREE = [
    (label, name)
    for label, one in sorted(FORMS.items())
    for name, field in one.base_fields.items()
    if is_free_text(field)
]


def bare(form_class, name, text):
    """The form with this one text, whatever its own beginning asks for."""
    form = form_class.__new__(form_class)
    forms.BaseForm.__init__(form, {name: text})
    form.fields = {name: form.base_fields[name].__class__.__deepcopy__(form.base_fields[name], {})}
    return form


def test_there_are_forms_and_free_texts_to_watch():
    assert len(FORMS) > 30 and len(FREE) > 25


@pytest.mark.parametrize(("label", "name"), FREE, ids=lambda part: part.removeprefix("stafette."))
def test_a_telling_text_in_any_field_raises_a_hint_or_the_exemption_says_why(label, name):
    from stafette.kernel.clock import today
    from stafette.kernel.rules.watchwords import watchwords

    form = bare(FORMS[label], name, TELLING)
    key = f"{label.split('.')[1]}.{type(form).__name__}"
    lists = watchwords(today())
    exemptions = [one for one in lists.exempt if one.covers(key, name)]
    assert all(len(one.reason) > 20 for one in exemptions)
    if not is_watched(form, name, form.fields[name]):
        assert any(not one.grounds for one in exemptions), f"{key}.{name} is not watched and nobody says why"
        return
    token = typed.set([])
    try:
        form._errors, form.cleaned_data = forms.utils.ErrorDict(), {}
        form._clean_fields()
        notes = typed.get()
    finally:
        typed.reset(token)
    assert [note.text for note in notes] == [TELLING], f"{key}.{name}: what was typed did not pass the hook"
    assert f'data-watch="{key}:{name}"' in str(form[name]), f"{key}.{name}: the script does not see the field"
    if exemptions:
        print(key, name, "-", exemptions[0].reason)
        assert [hint.ground for hint in hints_for(key, name, "x", NUMBER)] == ["azr"]
    else:
        assert [hint.ground for hint in hints_for(key, name, "x", TELLING)] == ["ethnicity"]


def test_no_field_of_the_house_is_bound_around_the_hook():
    for path in ROOT.rglob("*.py"):
        if "tests" in path.parts or path.parts[-2] == "watching":
            continue
        code = path.read_text(encoding="utf-8")
        assert "bound_field_class" not in code or path.name == "forms.py" and path.parts[-2] == "web", path
        assert "get_bound_field" not in code, path


def test_a_field_that_a_form_makes_while_it_runs_is_watched_too():
    class Made(forms.Form):
        def __init__(self, data):
            super().__init__(data)
            self.fields["a.question"] = forms.CharField(required=False)

    Made.__module__ = "stafette.intake.forms.talk"
    token = typed.set([])
    try:
        assert Made({"a.question": TELLING}).is_valid()
        assert [note.text for note in typed.get()] == [TELLING]
    finally:
        typed.reset(token)


def test_choices_addresses_dates_and_hidden_fields_are_no_free_text():
    from stafette.web.forms import ComboField, DateField, PartialDateField

    for field in (
        forms.EmailField(),
        forms.ChoiceField(choices=[]),
        ComboField(options={}),
        DateField(),
        PartialDateField(),
        forms.CharField(widget=forms.HiddenInput),
        forms.CharField(widget=forms.PasswordInput),
    ):
        assert not is_free_text(field), field
    assert is_free_text(forms.CharField()) and is_free_text(forms.CharField(widget=forms.Textarea))


def test_hints_wait_for_the_next_page_sealed():
    hints = hints_for("partners.AnswerForm", "remark", "Bemerkung", TELLING)
    kept = packed(hints)
    assert "Roma" not in kept and "ethnicity" not in kept
    assert unpacked(kept) == hints
    assert unpacked("x" + kept) == [] and unpacked("") == []


def test_the_hint_says_word_field_rule_and_what_to_write_instead():
    (hint,) = hints_for("partners.AnswerForm", "remark", "Bemerkung", TELLING)
    assert "„Roma“" in hint.title and "Bemerkung" in hint.title
    assert "Art. 9" in hint.text and "Bedarf" in hint.text


@pytest.mark.django_db
def test_the_live_hint_answers_strangers_too_and_keeps_nothing(client, caplog):
    cache.clear()
    answer = client.post(reverse("web:hint"), {"field": "partners.AnswerForm:remark", "text": TELLING})
    assert answer.status_code == 200 and "Art. 9" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert not client.session.keys() and "Roma" not in caplog.text
    assert client.post(reverse("web:hint"), {"field": "x:y", "text": "alles gut"}).content == b""
    assert client.get(reverse("web:hint")).status_code == 405


@pytest.mark.django_db
def test_the_live_hint_is_braked(client):
    cache.clear()
    codes = {client.post(reverse("web:hint"), {"text": "x"}).status_code for _ in range(95)}
    assert codes == {200, 429}
    cache.clear()


def test_an_htmx_answer_brings_the_hint_into_the_message_area(rf):
    from django.http import HttpResponse
    from django_htmx.middleware import HtmxDetails

    from stafette.kernel.actor import NOBODY
    from stafette.partners.forms import NewLinkForm
    from stafette.web.watching.fields import Typed
    from stafette.web.watching.middleware import show_hints

    request = rf.post("/", headers={"hx-request": "true"})
    request.htmx, request.actor = HtmxDetails(request), NOBODY
    form = NewLinkForm({"number": "x"})
    assert form.is_valid()
    response = HttpResponse("<section></section>")
    show_hints(request, response, [Typed(form, "number", "Nummer", TELLING)])
    page = response.content.decode()
    assert page.startswith("<section></section>") and 'id="messages" hx-swap-oob="innerHTML"' in page
    assert "„Roma“" in page and "Art. 9" in page
