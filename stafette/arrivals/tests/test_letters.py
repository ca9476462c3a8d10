"""The invitation in every language: complete texts, tagged PDF, no character that stops it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from stafette.arrivals import letters
from stafette.web import pdf

SENDER = letters.Sender(
    "Clearingstelle", "Stadt Musterstadt", "Markt 1, 06667 Musterstadt", "03443 1234", "c@stadt.example"
)
AT = datetime(2026, 12, 3, 14, 30, tzinfo=ZoneInfo("Europe/Berlin"))
pytestmark = pytest.mark.skipif(
    not pdf.fonts_folder().exists(), reason="the fonts of the set-up are not here"
)


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_every_language_has_all_texts_and_makes_a_tagged_pdf(language):
    assert set(letters.texts(language)) == set(letters.texts("de"))
    assert len(letters.texts(language)["paragraphs"]) == len(letters.texts("de")["paragraphs"])
    found = letters.letter(letters.Invitation(SENDER, language, ("Familie Ioniță", "Weg 1", "06667 Ort"), AT))
    assert found.startswith(b"%PDF") and b"pdfuaid" in found


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_message_names_sender_appointment_and_way_to_answer(language):
    text = letters.message(letters.Invitation(SENDER, language, (), AT))
    assert "Clearingstelle" in text and "03.12.2026, 14:30" in text and "03443 1234" in text
    assert "{" not in text


@pytest.mark.parametrize(
    "name", ["Familie ☎ ✓ \u200b", '#import "x"; $a$ *b* _c_ @d <e>', "Георгиева", "王小明", "\ufffd"]
)
def test_no_name_can_stop_or_command_the_letter(name):
    assert letters.letter(letters.Invitation(SENDER, "bg", (name, "Weg 1"), None)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("nations", "known", "language"),
    [
        (["154"], "", "ro"),
        (["125"], "", "bg"),
        (["152"], "pl", "pl"),
        (["163"], "", "en"),
        ([], "", "en"),
        (["000"], "", "de"),
    ],
)
def test_language_follows_what_is_known_then_the_nationality(nations, known, language):
    assert letters.language_for(nations, known) == language
