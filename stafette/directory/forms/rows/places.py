"""Rows for the places of a service, and hours as people type them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory import data as d
from stafette.directory.forms.fields import CodeField, HoursField, PhoneField
from stafette.directory.forms.rows.row import RowForm
from stafette.directory.hours import (
    exceptions_text,
    hours_text,
    parse_exceptions,
    parse_hours,
    with_exceptions,
)
from stafette.kernel.clock import today


class PlaceRow(RowForm):
    """A place of a service with what holds only there."""

    kind, main, names = d.PlaceData, "location", ("location", "description")
    location = CodeField(label=_("Ort im Verzeichnis"), required=False, list_id="orte")
    description = forms.CharField(
        label=_("Hinweis zu diesem Ort"),
        required=False,
        max_length=400,
        help_text=_("Zum Beispiel: 2. Etage"),
    )
    hours = HoursField(label=_("Zeiten an diesem Ort"))
    exceptions = HoursField(
        label=_("Ausnahmen an diesem Ort"), help_text=_("Eine je Zeile: 24.12.–01.01. geschlossen")
    )
    phone = PhoneField(label=_("Telefon an diesem Ort"))

    def asked(self) -> tuple[str, ...]:
        """Hours without a place are a mistake, so they count."""
        return ("location", "description", "hours", "phone")

    def clean_exceptions(self) -> str:
        """Name the line that cannot be read."""
        return readable(self.cleaned_data["exceptions"])

    def row(self, before: Any) -> Any:
        """Hours that were not touched stay as they are, with all that no text can say."""
        row, number = super().row(before), self.cleaned_data["phone"]
        first = replace(row.phones[0], number=number) if row.phones else d.PhoneData(number=number)
        schedules = rules(row.schedules, self.cleaned_data["hours"], self.cleaned_data["exceptions"])
        return replace(row, schedules=schedules, phones=((first,) if number else ()) + row.phones[1:])

    @classmethod
    def first(cls, row: Any) -> dict[str, Any]:
        """Hours as text."""
        phone = row.phones[0].number if row.phones else ""
        return super().first(row) | hours_first(row.schedules) | {"phone": phone}


def hours_first(schedules: tuple[d.ScheduleData, ...]) -> dict[str, str]:
    """Hours and exceptions as people type them."""
    return {"hours": hours_text(schedules), "exceptions": exceptions_text(schedules)}


def readable(text: str) -> str:
    """The text, or an error that names the first line that says no day."""
    _found, wrong = parse_exceptions(text, today())
    if wrong:
        raise forms.ValidationError(
            _("„%(line)s“ ist nicht lesbar. Schreiben Sie zum Beispiel: 24.12.–01.01. geschlossen"),
            params={"line": wrong[0]},
        )
    return text


def rules(before: tuple[d.ScheduleData, ...], hours: str, exceptions: str) -> tuple[d.ScheduleData, ...]:
    """The rules that were typed; untouched ones stay, because no text says everything about them."""
    first = hours_first(before)
    if (hours, exceptions) == (first["hours"], first["exceptions"]):
        return before
    made = before if hours == first["hours"] else parse_hours(hours)
    found, _wrong = parse_exceptions(exceptions, today())
    if found and not made:
        made = (d.ScheduleData(description=""),)
    return with_exceptions(made, found)
