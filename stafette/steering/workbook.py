"""All tables of a quarter as one workbook for the committee, under the stricter limit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stafette.kernel.clock import today
from stafette.steering import tables, words
from stafette.steering.queries import Lasting, Picture
from stafette.web import xlsx


def workbook(picture: Picture, lasting: list[Lasting]) -> bytes:
    """Return the XLSX: what is counted on the first sheet, then one sheet per table."""
    found = [
        tables.receivers(picture),
        tables.pairs(picture),
        tables.reasons(picture),
        tables.outcomes(picture),
        tables.weeks(picture),
        tables.loads(picture),
        tables.gaps(picture),
        tables.lasting(picture, lasting),
    ]
    sheets = [_sheet(table) for table in found]
    return xlsx.workbook_of(sheets, about=_about(picture, found), about_title=_("Erläuterung"))


def _sheet(table: tables.Table) -> xlsx.Sheet:
    return xlsx.Sheet(
        title=table.title,
        headings=[column.label for column in table.columns],
        rows=[[value.exported for value in row] for row in table.rows],
        formats=[column.format for column in table.columns],
    )


def _about(picture: Picture, found: list[tables.Table]) -> list[str]:
    period = words.quarter_label(picture.start)
    return [
        _("Hält die Kette? Zahlen zu den Übergaben, {period}").format(period=period),
        _("Gesendet vom {since} bis {until}; verglichen mit {before} ({from_day} bis {to_day}). Stand: {day}.").format(
            since=words.day(picture.start), until=words.day(picture.end),
            before=words.quarter_label(picture.before_start), from_day=words.day(picture.before_start),
            to_day=words.day(picture.before_end), day=words.day(today()),
        ),
        _("Gezählt werden Übergaben, nicht Personen. Eine Familie kann mehrere Übergaben haben."),
        _(
            "Kleine Zahlen: Werte von 1 bis {most} sind verdeckt ({sign}), ebenso Anteile, deren Rest so klein wäre. "
            "Weitere Werte sind verdeckt, damit sich ein kleiner Wert nicht aus Summen ausrechnen lässt. "
            "Mediane stehen erst ab 10 Werten."
        ).format(most=picture.least - 1, sign=words.HIDDEN),
        _(
            "Zeiträume sind ganze Vierteljahre aus Kalenderwochen. Sie überschneiden sich nicht: Aus zwei Zeiträumen, "
            "die sich nur wenig unterscheiden, ließen sich kleine Zahlen ausrechnen."
        ),
        _("Rechtzeitig: Antwort bis zum vereinbarten Tag; der Anteil bezieht sich auf alle beantworteten Übergaben."),
        _(
            "In 28 Tagen erreicht: Anteil der übernommenen Übergaben aus Wochen, die ganz mindestens 28 Tage "
            "zurückliegen. Tage sind Kalendertage seit dem Senden."
        ),
        *(_("Blatt „{title}“: {counts}").format(title=table.title, counts=table.counts) for table in found),
        *(words.gap_sentence(gap, picture.start, picture.end) for gap in picture.gaps),
    ]  # fmt: skip
