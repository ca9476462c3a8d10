"""What the forms of organisations, places and services share: plain fields, rows, and the state they began with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from stafette.directory.forms.fields import CodeField, CodesField
from stafette.directory.forms.rows import Rows, rows_of


@dataclass(frozen=True)
class Section:
    """A part of a long form: its fields and rows under one heading; `is_open` where it is seen at once."""

    key: str
    title: Any
    fields: list[Any]
    rows: list[Rows]
    hint: Any = ""
    is_open: bool = True


class EntryForm(forms.Form):
    """An entry with its rows. `base` is the plain value that is changed, `seen` the version it was read from.

    `sections` (key, title, names, row prefixes, hint) orders the page, `row_forms` names the details.
    """

    names: ClassVar[tuple[str, ...]]
    row_forms: ClassVar[dict[str, tuple[type[Any], Any, Any]]] = {}
    parts: ClassVar[tuple[tuple[Any, ...], ...]] = ()

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    trust = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, base: Any, latest: int = 0, names: dict[str, dict[str, str]]) -> None:
        self.base, self.latest = base, latest
        super().__init__(data, initial=self.first(base) | {"seen": latest})
        for name, field in self.fields.items():
            if isinstance(field, CodeField):
                field.names = names.get(name, {})
            if isinstance(field, CodesField):
                field.keep(getattr(base, name))
        self.rows = {
            prefix: rows_of(
                form,
                prefix,
                getattr(base, prefix),
                data,
                title=title,
                hint=hint,
                places=names.get("location"),
            )
            for prefix, (form, title, hint) in self.row_forms.items()
        }

    @classmethod
    def first(cls, base: Any) -> dict[str, Any]:
        """What the form shows of an entry."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name in cls.names
            for value in [getattr(base, name)]
        }

    @property
    def asks_for_more(self) -> bool:
        """Whether a button for further rows was pressed, or the one that only shows how hours are read."""
        data: Any = self.data
        return any(one.more in data for one in self.rows.values()) or "zeigen" in data

    def is_valid(self) -> bool:
        """The fields and every row."""
        fine = super().is_valid()
        rows_fine = [one.is_valid() for one in self.rows.values()]  # each of them, so that all errors show
        return all(rows_fine) and fine and not self.asks_for_more

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else saved in the meantime."""
        values = super().clean() or self.cleaned_data
        if values.get("seen") is not None and values["seen"] != self.latest and not values.get("trust"):
            self.add_error(
                None,
                _(
                    "Jemand hat diesen Eintrag gespeichert, während Sie ihn bearbeitet haben. Öffnen Sie ihn in einem "
                    "neuen Fenster, übernehmen Sie, was dort neu ist, und speichern Sie dann noch einmal."
                ),
            )
            sent: Any = self.data
            self.data = sent.copy()
            self.data["seen"] = str(self.latest)  # type: ignore[index]
        return values

    @property
    def row_errors(self) -> bool:
        """Whether something is wrong in a row: the summary above knows only the plain fields."""
        return self.is_bound and any(any(one.errors) for one in self.rows.values())

    def details(self) -> dict[str, Any]:
        """All rows as details."""
        return {prefix: rows.details(getattr(self.base, prefix)) for prefix, rows in self.rows.items()}

    def entry(self) -> Any:
        """The entry as it was typed; what the form does not ask for stays."""
        values = {
            name: tuple(value) if isinstance(value, list) else value
            for name in self.names
            for value in [self.cleaned_data[name]]
        }
        return replace(self.base, **values, **self.details())

    def sections(self) -> list[Section]:
        """The form in parts, for the template."""
        return [
            Section(
                key, title, [self[name] for name in names], [self.rows[one] for one in rows], hint, opened
            )
            for key, title, names, rows, hint, opened in self.parts
        ]
