"""The rows of the list of persons, written in one go: template nodes per cell cost a third of the page."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from stafette.web.lists import Cell

register = template.Library()

_ROW = (
    '<tr class="kern-table__row"><th scope="row" class="kern-table__cell" data-label="{}">'
    '<a class="kern-link" href="{}">{}</a></th>'
    + '<td class="kern-table__cell" data-label="{}">{}</td>' * 4
    + "</tr>"
)


@register.simple_tag
def person_rows(rows: Sequence[Sequence[Cell]]) -> SafeString:
    """Name as a link, then four plain cells; every text is escaped by format_html."""
    labels = [str(cell.label) for cell in rows[0]] if rows else []
    lines = []
    for name, *rest in rows:
        cells = [value for label, cell in zip(labels[1:], rest, strict=True) for value in (label, cell.text)]
        lines.append(format_html(_ROW, labels[0], name.link, name.text, *cells))
    return mark_safe("\n".join(lines))  # noqa: S308 - every line comes from format_html
