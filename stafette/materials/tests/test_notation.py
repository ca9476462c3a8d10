"""The small notation: what it reads, what it refuses, and that nothing in it can become HTML."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from stafette.kernel.errors import BadInput
from stafette.materials.notation import LONGEST_TEXT, Facts, Heading, Paragraph, Points, blocks_of, words_of

TEXT = """
Erster Satz.
Zweiter Satz.

## Was tun?
- eins
- zwei
1. Schritt
7) Schritt
> Amt: 030 23125 100
> Zeiten: 8:00 bis 12:00 Uhr
"""


def test_every_kind_of_line_becomes_its_block():
    assert blocks_of(TEXT) == (
        Paragraph(("Erster Satz. Zweiter Satz.",)),
        Heading("Was tun?"),
        Points(("eins", "zwei"), "bullets"),
        Points(("Schritt", "Schritt"), "steps"),
        Facts((("Amt", "030 23125 100"), ("Zeiten", "8:00 bis 12:00 Uhr"))),
    )


def test_in_easy_language_each_line_stays_a_line():
    assert blocks_of("Eins.\nZwei.", line_by_line=True) == (Paragraph(("Eins.", "Zwei.")),)


@pytest.mark.parametrize(
    ("text", "line"),
    [("gut\n# falsch", 2), ("> ohne Doppelpunkt", 1), ("> : Wert", 1), ("> Wort:", 1), ("a" * 700, 1)],
)
def test_what_cannot_be_read_is_named_by_its_line(text, line):
    with pytest.raises(BadInput, match=f"Zeile {line}"):
        blocks_of(text)


def test_a_text_without_end_is_refused():
    with pytest.raises(BadInput, match="länger"):
        blocks_of("a\n" * LONGEST_TEXT)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused_and_never_becomes_html(text):
    try:
        blocks = blocks_of(text)
    except BadInput:
        return
    assert all(words_of([block]) for block in blocks)
    page = render_to_string("materials/partials/blocks.html", {"blocks": blocks})
    assert "<script" not in page.lower()


def test_html_in_a_text_is_shown_as_text():
    page = render_to_string("materials/partials/blocks.html", {"blocks": blocks_of("<b>x</b>\n> <i>: <u>")})
    assert "<b>" not in page and "&lt;b&gt;" in page and "<u>" not in page
