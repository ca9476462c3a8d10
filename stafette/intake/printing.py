"""What is given along at the counter, on paper: cards of services and whole sheets in the person's language.

Why no mail: a mail of this house holds a number and a link, never content, and the outbox keeps the address of each
(outbox/models.py); an address typed in at the counter would be the only thing kept about somebody who asked without a
name. So whoever wants it on the telephone photographs a QR code that leads to the public page with exactly these
services and sheets: codes of the catalogues stand in that address and nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from stafette.directory.papers import card_texts, cards_of, own_copy, services_for_cards
from stafette.materials.printing import folder_papers, sheet_paper
from stafette.materials.queries import folder_view, sheet_view
from stafette.web.sheets import Sheet, sheet_pdf


def slip_address(services: Sequence[str], sheets: Sequence[str], language: str) -> str:
    """The public page with exactly these services and sheets."""
    single = [one for code in sheets for one in _in_folder(code, language) or [code]]
    codes = urlencode({"angebot": list(services), "blatt": list(dict.fromkeys(single))}, doseq=True)
    return f"{settings.STAFETTE_URL}{reverse('portal:note', args=[language])}?{codes}"


def _in_folder(code: str, language: str) -> list[str]:
    """The sheets of a folder; none where the code is a sheet's own."""
    folder = folder_view(code, language)
    return [sheet.code for sheet in folder.sheets] if folder else []


def invitation(language: str) -> str:
    """„Scan this code“ in the person's language."""
    return str(card_texts(language)["own_copy"])


def qr_svg(address: str) -> str:
    """The address as a picture that a telephone reads; it takes the size of what it stands in."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgclass=None, lineclass=None,
                                        omitsize=True, border=4, light="#fff")  # fmt: skip
    return mark_safe(out.getvalue().decode())  # noqa: S308 – squares and numbers, no text


def slip_sheets(services: Sequence[str], sheets: Sequence[str], language: str, sender: str) -> list[Sheet]:
    """Cards first, then the sheets, all in one language; what is not translated is German and says so.

    The German text is not put behind: nothing here is signed, and each card keeps the German names of service, place
    and papers beside the translated ones.
    """
    rows = services_for_cards(services)
    copy = own_copy(slip_address(services, sheets, language), qr_svg, language, sender)
    name = sender.partition("\n")[0]
    return [
        *cards_of(rows, language, sender, copy),
        *(paper for code in sheets for paper in _papers(code, language, name)),
    ]


def _papers(code: str, language: str, sender: str) -> list[Sheet]:
    """A folder with all its sheets, or one sheet, or nothing where neither is published."""
    if folder := folder_view(code, language):
        return folder_papers(folder, sender) if folder.sheets else []
    view = sheet_view(code, language)
    return [sheet_paper(view, sender)] if view else []


def slip_pdf(services: Sequence[str], sheets: Sequence[str], language: str, sender: str) -> bytes | None:
    """One file with all of it; None where nothing of it exists any more."""
    found = slip_sheets(services, sheets, language, sender)
    return sheet_pdf(*found) if found else None
