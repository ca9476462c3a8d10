"""Services in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from stafette.directory.cards import ServiceCard, card
from stafette.directory.hours import preview_of
from stafette.directory.models import Service
from stafette.kernel.clock import today
from stafette.web import cells

register = template.Library()

ROOM_LOOKS = {"open": "success", "waiting": "warning", "full": "danger"}
TEXT_LOOKS = {"approved": "success", "outdated": "warning", "draft": "info"}
ALWAYS_FILLED = {"confirm_days", "room", "kind"}


@register.filter
def service_card(service: Service) -> ServiceCard:
    """Everything that is shown of a service, in plain values."""
    return card(service)


@register.simple_tag
def room_badge(service: Service) -> SafeString:
    """Whether people are taken in at present."""
    return cells.badge(service.get_room_display(), ROOM_LOOKS.get(service.room, "neutral"))


@register.simple_tag
def text_badge(text: Any) -> SafeString:
    """How it stands with the words in a language."""
    return cells.badge(text.word, TEXT_LOOKS.get(text.state, "neutral"))


@register.inclusion_tag("directory/partials/hours_preview.html")
def hours_preview(form: forms.Form, name: str) -> dict[str, Any]:
    """How the hours of a form are understood as they stand there now."""
    stem = name.removesuffix("exceptions").removesuffix("hours")
    typed = [
        str(form[f"{stem}{part}"].value() or "") if f"{stem}{part}" in form.fields else "" for part in PARTS
    ]
    return {"preview": preview_of(typed[0], typed[1], today())}


PARTS = ("hours", "exceptions")


@register.filter
def holds_something(section: Any) -> bool:
    """Whether a folded part of a form has to be open: something stands in it, or is wrong."""
    if any(field.errors for field in section.fields) or any(any(rows.errors) for rows in section.rows):
        return True
    texts = [
        field
        for field in section.fields
        if not isinstance(field.field, forms.BooleanField) and field.name not in ALWAYS_FILLED
    ]
    return any(field.value() for field in texts) or any(rows.initial for rows in section.rows)


@register.simple_tag
def directory_lists(names: Mapping[str, Mapping[str, str]]) -> SafeString:
    """The suggestions for providers, places and units, each once on the page."""
    lists = (("traeger", "organization"), ("orte", "location"), ("stellen", "unit"))
    return format_html_join(
        "\n", '<datalist id="{}">{}</datalist>', ((one, _options(names[key])) for one, key in lists)
    )


def _options(names: Mapping[str, str]) -> SafeString:
    return format_html_join("", "<option>{}</option>", ((name,) for name in names.values()))
