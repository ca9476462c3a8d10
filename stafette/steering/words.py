"""How figures are said: periods, shares, days, hidden numbers, and the sentence for the committee."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.referrals.models import DeclineReason, Outcome
from stafette.steering import marks
from stafette.steering.queries import Gap

HIDDEN = "×"


def quarter_label(start: date) -> str:
    """KW 40 bis 52/2026"""
    end = marks.quarter_end(start)
    return _("KW {first} bis {last}/{year}").format(
        first=start.isocalendar().week, last=end.isocalendar().week, year=end.isocalendar().year
    )


def day(value: date) -> str:
    """27.12.2026"""
    return f"{value:%d.%m.%Y}"


def count(value: int | None) -> str:
    """A number, or the sign for one that is hidden."""
    return HIDDEN if value is None else str(value)


def share(part: int | None, whole: int | None) -> str:
    """Of a hundred, always with what it is a share of: 63 % (12 von 19)."""
    if part is None or whole is None:
        return HIDDEN
    if not whole:
        return "–"
    return _("{percent} % ({part} von {whole})").format(percent=percent(part, whole), part=part, whole=whole)


def percent(part: int | None, whole: int | None) -> int | None:
    """The share alone."""
    return round(100 * part / whole) if part is not None and whole else None


def share_alone(value: int | None) -> str:
    """63 %, or a dash."""
    return "–" if value is None else f"{value} %"


def days(value: int | None) -> str:
    """Whole days, or a dash where too few carry it."""
    return "–" if value is None else str(value)


def decimal(value: Decimal | None) -> str:
    """3,5"""
    return "–" if value is None else f"{value:.1f}".replace(".", ",")


def reason_word(code: str) -> str:
    """The German word for a reason."""
    return str(DeclineReason(code).label)


def outcome_word(code: str) -> str:
    """The German word for an outcome."""
    return str(Outcome(code).label)


def change(now: int | None, before: int | None) -> str:
    """What the quarter before had."""
    if before is None:
        return ""
    return _("davor {count}").format(count=before)


def gap_sentence(gap: Gap, start: date, end: date) -> str:
    """One sentence that may go to the committee as it stands."""
    values = {
        "unit": gap.unit.name,
        "finding": gap.finding,
        "reason": reason_word(gap.reason),
        "count": gap.count,
        "sent": count(gap.sent),
        "percent": gap.share,
        "since": day(start),
        "until": day(end),
    }
    text = ngettext(
        "Vom {since} bis {until} konnte die Stelle „{unit}“ {count} Übergabe zu „{finding}“ nicht übernehmen "
        "({reason}).",
        "Vom {since} bis {until} konnte die Stelle „{unit}“ {count} Übergaben zu „{finding}“ nicht übernehmen "
        "({reason}).",
        gap.count,
    ).format(**values)
    if gap.share is not None:
        text += " " + _("Das sind {percent} % von {sent} gesendeten.").format(**values)
    if gap.weeks:
        text += " " + _("Das kam in {weeks} Wochen vor, zuerst in KW {first}, zuletzt in KW {last}.").format(
            weeks=gap.weeks,
            first=gap.first_week.isocalendar().week if gap.first_week else "",
            last=gap.last_week.isocalendar().week if gap.last_week else "",
        )
    if gap.before:
        text += " " + _("Im Zeitraum davor waren es {before}.").format(before=gap.before)
    return text
