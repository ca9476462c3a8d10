"""The tables as files: a workbook with all that is known of each table under it, and one long CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from stafette.evaluation import periods
from stafette.evaluation.queries import Picture
from stafette.evaluation.tables import Counted
from stafette.kernel.clock import today
from stafette.web import xlsx

CSV = "text/csv; charset=utf-8"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def workbook(picture: Picture, found: Sequence[Counted]) -> bytes:
    """Return the XLSX: what is counted on the first sheet, then one sheet per table with its facts below."""
    sheets = [
        xlsx.Sheet(
            title=one.table.title,
            headings=[column.label for column in one.table.columns],
            rows=[[value.exported for value in row] for row in one.table.rows],
            formats=[column.format for column in one.table.columns],
            below=one.facts,
        )
        for one in found
    ]
    line = _("Blatt „{title}“: {note}")
    about = [
        _("Kurzkontakte: {period}").format(period=periods.label(picture.period)),
        *(f"{name}: {text}" for name, text in found[0].facts if name != _("Hinweis")),
        *(line.format(title=one.table.title, note=one.note or one.table.counts) for one in found),
    ]
    return xlsx.workbook_of(sheets, about=about, about_title=_("Erläuterung"))


def comma_separated(found: Sequence[Counted]) -> bytes:
    """Return the CSV: one line per number, each with what it counts, of whom, when, from what, by which definition.

    With a byte order mark and semicolons, so that a German Excel opens it as a table; a text that begins like a
    formula gets an apostrophe (OWASP "CSV Injection").
    """
    stream = io.StringIO()
    names = list(dict.fromkeys(name for one in found for name, _text in one.facts))
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Tabelle"), _("Zeile"), _("Spalte"), _("Wert"), *names])
    for one in found:
        facts = dict(one.facts)
        for row in one.table.rows:
            for column, value in list(zip(one.table.columns, row, strict=True))[1:]:
                cells = [one.table.title, row[0].text, column.label, _plain(value.exported)]
                writer.writerow([_safe(cell) for cell in (*cells, *(facts.get(name, "") for name in names))])
    return ("\ufeff" + stream.getvalue()).encode()


def name_of(picture: Picture, ending: str) -> str:
    """What the file is called: which version, which days, which cut-off date."""
    version = "veroeffentlichung" if picture.is_published else "intern"
    period = picture.period
    return f"kurzkontakte-{version}-{period.since:%Y-%m-%d}-{period.until:%Y-%m-%d}-stand-{today():%Y-%m-%d}.{ending}"


def _plain(value: object) -> str:
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _safe(text: str) -> str:
    return (
        f"'{text}"
        if text.startswith(FORMULA_SIGNS) and not text.lstrip("-").replace(",", "").isdigit()
        else text
    )
