"""Files that are broken or endless cost a message, not the program."""

import pytest

from stafette.kernel.errors import BadInput
from stafette.materials import scanning
from stafette.materials.scanning import scan
from stafette.web.sheets import Section, Sheet, Text, sheet_pdf


def pdf(pages=1):
    paper = Sheet(title="Möbel", sender="Stadt", sections=[Section("", [Text("Lagerhalle am Hafen")])])
    return sheet_pdf(*[paper] * pages)


@pytest.mark.parametrize("error", [NotImplementedError, AttributeError, IndexError, ZeroDivisionError])
def test_whatever_the_reader_says_of_a_broken_file_is_a_message(monkeypatch, error):
    def broken(self):
        raise error("Unsupported filter")

    monkeypatch.setattr("pypdf.PageObject.extract_text", broken)
    with pytest.raises(BadInput, match="beschädigt"):
        scan(pdf())


def test_reading_ends_when_it_takes_too_long_or_there_is_enough(monkeypatch):
    data = pdf(3)
    assert scan(data).text.count("Lagerhalle") == 3
    monkeypatch.setattr(scanning, "PDF_SECONDS", -1)
    assert scan(data).text.count("Lagerhalle") == 1
    monkeypatch.setattr(scanning, "PDF_SECONDS", 20)
    monkeypatch.setattr(scanning, "MOST_TEXT", 1)
    assert scan(data).text.count("Lagerhalle") == 1
