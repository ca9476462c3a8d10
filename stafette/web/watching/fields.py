"""Which fields hold free text, and the one place through which each text of a form that is sent passes."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from stafette.kernel.clock import today
from stafette.kernel.rules.watchwords import watchwords

HOUSE = "stafette."
NOT_TEXT = (forms.EmailField, forms.URLField, forms.UUIDField, forms.SlugField, forms.GenericIPAddressField)


@dataclass(frozen=True)
class Typed:
    """A text that was sent with a form; it lives as long as the request."""

    form: Any
    name: str
    label: str
    text: str


typed: ContextVar[list[Typed] | None] = ContextVar("what was typed in this request", default=None)


def form_key(form: Any) -> str:
    """Name a form by its room and class; empty for forms that are not ours (login, second factor)."""
    module = type(form).__module__
    return f"{module.split('.')[1]}.{type(form).__name__}" if module.startswith(HOUSE) else ""


def is_free_text(field: forms.Field) -> bool:
    """Tell whether people can write what they like: every text field but addresses, choices and hidden ones."""
    widget = field.widget
    return (
        isinstance(field, forms.CharField)
        and not isinstance(field, NOT_TEXT)
        and not getattr(field, "takes_no_text", hasattr(field, "choices"))
        and not widget.is_hidden
        and getattr(widget, "input_type", "text") in ("text", "search")
    )


def is_watched(form: Any, name: str, field: forms.Field) -> bool:
    """Tell whether any ground is looked for in this field."""
    key = form_key(form)
    if not key or not is_free_text(field):
        return False
    lists = watchwords(today())
    return lists.resting(key, name) != frozenset(lists.grounds)


class WatchedField(BoundField):
    """A field as every form of the house binds it: marks free text for the page, and notes what was typed."""

    @property
    def data(self) -> Any:
        """Return what was sent, and note it where the request is watched."""
        value = super().data
        notes = typed.get()
        if (
            notes is not None
            and value
            and isinstance(value, str)
            and is_watched(self.form, self.name, self.field)
        ):
            note = Typed(self.form, self.name, str(self.label), value)
            if note not in notes:
                notes.append(note)
        return value

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Mark free text, so that the script shows the hint under it."""
        found: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if is_watched(self.form, self.name, self.field):
            found["data-watch"] = f"{form_key(self.form)}:{self.name}"
        return found
