"""Badges, due dates and the fields of lists as HTML: made by functions, because a list has four hundred of them.

A template per field cost more than everything else on the page together (docs/performance.md). Whatever comes from
outside is escaped here, in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from stafette.kernel.clock import today

_LOOKS = {  # look of a state: what waits is blue, what went well green, what needs someone orange
    "neutral": "draft proposed withdrawn dismissed signposted expired cancelled settled dropped suspended",
    "info": "new sent open invited received confirmed referred in_review started planned running offered queued",
    "success": "accepted done closed finished held active given known reached answered",
    "warning": "declined changed possible_duplicate today due_today paused returned not_reached refused",
    "danger": "late overdue rejected failed bounced",
}
STATE_KINDS = {state: look for look, states in _LOOKS.items() for state in states.split()}
ICONS = {"info": "info", "success": "success", "warning": "warning", "danger": "danger", "neutral": ""}
_DUE_ICONS = {"late": "danger", "today": "warning"}


class CellLike(Protocol):
    """One field of one row (web/lists.py)."""

    @property
    def label(self) -> Any:
        """The head of its column, shown beside it on a phone."""

    @property
    def text(self) -> Any:
        """What stands in it: a text, a date, a number."""

    @property
    def link(self) -> str:
        """Where it leads, or nothing."""

    @property
    def badge(self) -> str:
        """A state word, "due", or nothing."""


def date_de(value: date | datetime | None) -> str:
    """21.11.2026"""
    if value is None:
        return "–"
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return f"{local:%d.%m.%Y}"


def moment_de(value: datetime | None) -> str:
    """21.11.2026, 14:05 Uhr"""
    if value is None:
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return _("%(date)s, %(time)s Uhr") % {"date": f"{local:%d.%m.%Y}", "time": f"{local:%H:%M}"}


def look_of(state: str) -> str:
    """The look of a state's badge: info, success, warning, danger or neutral; a look stands for itself."""
    return STATE_KINDS.get(state, state if state in ICONS else "neutral")


def badge(text: Any, look: str) -> SafeString:
    """A badge with its icon; the word says it all, colour and icon only help."""
    colour = "" if look in ("", "neutral") else f" kern-badge--{escape(look)}"
    icon = _icon(ICONS.get(look, ""))
    return mark_safe(  # noqa: S308 - every part is escaped
        f'<span class="kern-badge kern-badge--small st-badge{colour}">{icon}'
        f'<span class="kern-label">{escape(text)}</span></span>'
    )


def due(due_on: date | datetime | None, *, done: bool = False) -> SafeString:
    """A date with what it means today; a finished matter shows the date alone."""
    if due_on is None:
        return mark_safe('<span class="st-muted">–</span>')
    day = timezone.localtime(due_on).date() if isinstance(due_on, datetime) else due_on
    return _due(day, (day - today()).days, done, get_language() or "")


@lru_cache(maxsize=2_000)
def _due(day: date, days: int, done: bool, language: str) -> SafeString:
    """The same date stands in many rows: it is put into words once per day and language."""
    if done:
        kind, text = "done", ""
    elif days < 0:
        kind = "late"
        text = ngettext("%(days)d Tag zu spät", "%(days)d Tage zu spät", -days) % {"days": -days}
    elif days == 0:
        kind, text = "today", _("heute fällig")
    elif days == 1:
        kind, text = "soon", _("morgen fällig")
    else:
        kind = "soon" if days <= 3 else "later"
        text = ngettext("noch %(days)d Tag", "noch %(days)d Tage", days) % {"days": days}
    icon = _icon(_DUE_ICONS.get(kind, ""))
    said = f' <span class="st-due__text">{icon}{escape(text)}</span>' if text else ""
    return mark_safe(  # noqa: S308 - dates and our own words
        f'<span class="st-due st-due--{kind}"><time datetime="{day:%Y-%m-%d}">{date_de(day)}</time>{said}</span>'
    )


def _icon(name: str) -> str:
    return (
        f'<span class="kern-icon kern-icon--{name} kern-icon--small" aria-hidden="true"></span>'
        if name
        else ""
    )


def field(cell: CellLike) -> str:
    """What stands in one field: a badge, a due date, a link or the text."""
    text = cell.text
    if cell.badge == "due" and (text is None or isinstance(text, date)):
        return due(text)
    if isinstance(text, datetime):
        text = moment_de(text)
    elif isinstance(text, date):
        text = date_de(text)
    if cell.badge and cell.badge != "due":
        return badge(text, look_of(cell.badge))
    said = escape(text) if text not in (None, "") else "–"
    return f'<a class="kern-link" href="{escape(cell.link)}">{said}</a>' if cell.link else str(said)


def body(rows: Sequence[Sequence[CellLike]]) -> SafeString:
    """The rows of a table; the first field of each heads it, and each carries its column's name for phones."""
    lines = []
    for row in rows:
        lines.append('<tr class="kern-table__row">')
        for position, cell in enumerate(row):
            tag, scope = ("th", ' scope="row"') if position == 0 else ("td", "")
            label = _label(str(cell.label))
            lines.append(f'<{tag}{scope} class="kern-table__cell" data-label={label}>{field(cell)}</{tag}>')
        lines.append("</tr>\n")
    return mark_safe("".join(lines))  # noqa: S308 - every part is escaped


@lru_cache(maxsize=2_000)
def _label(text: str) -> str:
    return f'"{escape(text)}"'
