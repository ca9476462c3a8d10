"""What the fonts of our papers cannot draw stands there in words: a question mark would be taken for a doubt."""

from stafette.web.pdf import printable


def test_a_hidden_part_of_a_table_is_said_in_words():
    assert printable(["≥ 144", {"note": "„mindestens“ und „≥“"}]) == [
        "mind. 144",
        {"note": "„mindestens“ und „mind.“"},
    ]


def test_what_has_no_stand_in_is_a_question_mark():
    assert printable("✎ a\u0301") == "? á"
