"""What holds for every template of the house: no inline code, a first line that says what it needs, one look."""

import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted((ROOT / "stafette").glob("*/templates/**/*.html"))
FORBIDDEN = {
    r"\sstyle\s*=": "no style= attributes: put a class into stafette.css",
    r"<style": "no inline style sheets",
    r"<script(?![^>]*\bsrc=)": "no inline scripts",
    r"\son[a-z]+\s*=": "no on…= handlers: use a data- hook in stafette.js",
    r"\shx-on": "no hx-on: it needs inline code",
    r"hx-(?:vals|headers)\s*=\s*['\"]js:": "no JavaScript expressions",
    r"javascript:": "no javascript: addresses",
    r"\|safe\b": "nothing is marked safe in a template",
    r"https?://": "nothing is loaded from or points to a foreign server",
}
ALLOWED = {("web/field_hint.html", r"\|safe\b")}  # help_text is ours, never typed by users


def name_of(path):
    return str(path).split("/templates/", 1)[1]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_holds_no_inline_code(path):
    text = path.read_text(encoding="utf-8")
    found = [
        reason
        for pattern, reason in FORBIDDEN.items()
        if re.search(pattern, text) and (name_of(path), pattern) not in ALLOWED
    ]
    assert not found, f"{path}: {found}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_says_first_what_it_needs(path):
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith("{# needs: "), f"{path}: first line must be {{# needs: … #}}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_compiles(path):
    engines["django"].get_template(name_of(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_forms_that_post_carry_the_token(path):
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL):
        assert "csrf_token" in form or "include" in form, f"{path}: a form without {{% csrf_token %}}"
