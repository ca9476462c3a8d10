"""Form renderer in KERN's markup, and fields that take what clerks really type.

`{{ form }}` prints error summary and fields; `{{ form.name.as_field_group }}` prints one field with label,
hint, input and error joined by aria-describedby. The browser's own checks stay off (`required` becomes
aria-required), because their bubbles are in the browser's language and vanish.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from stafette.web.watching import WatchedField

INPUT = "kern-form-input__input"
CLASSES = {"select": "kern-form-input__select", "checkbox": "kern-form-check__checkbox"}
NO_REQUIRED = {"checkbox", "file", "radio"}  # aria-required is not allowed on these


class KernRenderer(DjangoTemplates):
    """Finds this app's templates before Django's and dresses each widget in KERN's classes."""

    bound_field_class = WatchedField
    form_template_name = "web/form_fields.html"
    field_template_name = "web/field.html"

    @cached_property
    def engine(self) -> Engine:
        """Look for templates here first, then in Django's own, then in the apps."""
        folders = [Path(__file__).parent / "templates", Path(django_forms.__file__).parent / "templates"]
        return Engine({"APP_DIRS": True, "DIRS": folders, "NAME": "kernforms", "OPTIONS": {}})

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Dress the widget, if it is one, and print it."""
        field = context.get("field")
        if isinstance(field, BoundField):
            context = {**context, "mark_required": marks_required(field)}
        widget = context.get("widget")
        if isinstance(widget, dict) and not widget.get("is_hidden"):
            context = {**context, "widget": dressed(widget)}
        if template_name == "django/forms/widgets/select.html":
            return select_box(context["widget"])
        return str(super().render(template_name, context, request))


def marks_required(field: BoundField) -> bool:
    """Tell whether to say "(Pflichtfeld)": only where another field may stay empty."""
    fields = field.form.fields.values()
    hidden = getattr(field.form, "hide_required", False)
    return field.field.required and not hidden and any(not other.required for other in fields)


def dressed(widget: dict[str, Any]) -> dict[str, Any]:
    """Return the widget's context with KERN's class and without the browser's own checks."""
    attrs = dict(widget.get("attrs", {}))
    multiple = "optgroups" in widget and "type" in widget  # a group of radio buttons or check boxes
    kind = "select" if "optgroups" in widget else str(widget.get("type", ""))
    if not multiple:
        base = CLASSES.get(kind, INPUT)
        error = f"{base}--error" if attrs.get("aria-invalid") else ""
        attrs["class"] = " ".join(part for part in (base, error, attrs.get("class", "")) if part)
    if attrs.pop("required", False) and kind not in NO_REQUIRED and not multiple:
        attrs["aria-required"] = "true"
    return {**widget, "attrs": attrs}


def select_box(widget: dict[str, Any]) -> SafeString:
    """A select with its options in one go: Django's own asks two templates per option, thirty units long."""
    name, attrs = escape(widget["name"]), flatatt(dict(sorted(widget["attrs"].items())))
    parts = [f'<div class="kern-form-input__select-wrapper"><select name="{name}"{attrs}>']
    for group, options, _index in widget["optgroups"]:
        parts.append(f'<optgroup label="{escape(group)}">' if group else "")
        for option in options:
            value = escape(option["value"] if option["value"] is not None else "")
            parts.append(
                f'<option value="{value}"{flatatt(option["attrs"])}>{escape(option["label"])}</option>'
            )
        parts.append("</optgroup>" if group else "")
    parts.append("</select></div>")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


class DateInput(django_forms.DateInput):
    """A text box for 31.12.2026: date pickers are slow on the keyboard and differ per browser."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        defaults = {"inputmode": "decimal", "autocomplete": "off", "class": "st-width-s"}
        hint = {"placeholder": "TT.MM.JJJJ"}
        super().__init__(attrs=defaults | hint | (attrs or {}), format="%d.%m.%Y")


class DateField(django_forms.DateField):
    """A full date as people type it: 31.12.2026, 31.12.26, 31122026, 2026-12-31."""

    widget = DateInput
    default_error_messages = {
        "invalid": _("Geben Sie das Datum als Tag.Monat.Jahr ein, zum Beispiel 31.12.2026."),
    }
    input_formats = ("%d.%m.%Y", "%d.%m.%y", "%d%m%Y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y")


class PartialDate(NamedTuple):
    """A date of which month or day may be unknown, as registers have it (00.00.1985)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return f"{self.day or 0:02d}.{self.month or 0:02d}.{self.year:04d}"


PARTIAL = re.compile(r"(?:(?:(?P<d>\d{1,2})[.\s/-]+)?(?P<m>\d{1,2})[.\s/-]+)?(?P<y>\d{4})\.?")
ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?")
COMPACT = re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})")


class PartialDateField(django_forms.CharField):
    """Takes 12.05.1985, 05.1985, 1985 and 00.00.1985; gives a PartialDate or None."""

    takes_no_text = True

    default_error_messages = {
        "invalid": _("Geben Sie das Datum als Tag.Monat.Jahr ein. Was unbekannt ist, lassen Sie weg."),
        "impossible": _("Dieses Datum gibt es nicht. Bitte prüfen Sie Tag und Monat."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", DateInput(attrs={"placeholder": "TT.MM.JJJJ"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Print a known date in the form people type it; a wrong entry stays as typed."""
        return str(PartialDate(*value)) if isinstance(value, tuple) else value

    def to_python(self, value: Any) -> Any:
        """Read the text; the base class promises a text, we give a PartialDate or None."""
        text = str(super().to_python(value) or "").strip()
        if not text:
            return None
        found = ISO.fullmatch(text) or COMPACT.fullmatch(text) or PARTIAL.fullmatch(text)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, month, day = (int(found.group(part) or 0) for part in "ymd")
        try:
            date(year, month or 1, day or 1)
        except ValueError as error:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from error
        if day and not month:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return PartialDate(year, month or None, day or None)


class ComboInput(django_forms.TextInput):
    """A text box with suggestions (datalist): hundreds of choices without a long menu."""

    template_name = "web/widgets/combobox.html"

    def __init__(self, attrs: dict[str, Any] | None = None, options: Iterable[str] = ()) -> None:
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})})
        self.options = options

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the suggestions and tie them to the box."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["attrs"]["list"] = f"{widget['attrs'].get('id', name)}_liste"
        widget["options"] = list(self.options)
        return context


Choices = Mapping[str, str] | Callable[[], Mapping[str, str]]


class ComboField(django_forms.CharField):
    """One of many choices {key: label}: takes the label or the key, gives the key ("" when left empty)."""

    default_error_messages = {
        "unknown": _("„%(value)s“ steht nicht in der Liste. Wählen Sie einen Vorschlag aus."),
    }

    def __init__(self, *, options: Choices, **kwargs: Any) -> None:
        self._options = options
        super().__init__(**{"widget": ComboInput(), **kwargs})
        self.widget.options = self.labels

    def __deepcopy__(self, memo: dict[int, Any]) -> ComboField:
        copy: ComboField = super().__deepcopy__(memo)
        copy.widget.options = copy.labels
        return copy

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Key and label of each choice, read anew when a function was given."""
        options = self._options() if callable(self._options) else self._options
        return [(str(key), str(label)) for key, label in options.items()]

    @property
    def labels(self) -> Iterable[str]:
        """The suggestions, read when they are printed."""
        return _Labels(self)

    def prepare_value(self, value: Any) -> Any:
        """Show the label of a stored key."""
        return dict(self.choices).get(str(value), value)

    def to_python(self, value: Any) -> str:
        """Find the key, whatever the case of the letters."""
        text = str(super().to_python(value) or "").strip()
        keys = {key.casefold(): key for key, _label in self.choices}
        by_label = {label.casefold(): key for key, label in self.choices}
        found = by_label.get(text.casefold()) or keys.get(text.casefold())
        if text and found is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"value": text})
        return found or ""


class _Labels:
    """The labels of a field, looked up only when the widget is printed."""

    def __init__(self, field: ComboField) -> None:
        self.field = field

    def __iter__(self) -> Any:
        return iter([label for _key, label in self.field.choices])
