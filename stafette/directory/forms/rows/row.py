"""One detail as a row, and all rows of one kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory.forms.fields import CodeField

ROWS_MORE = 2


class RowForm(forms.Form):
    """One detail. `kind` is what it becomes; `main` must stand in a row that says anything."""

    kind: ClassVar[type[Any]]
    main: ClassVar[str]
    names: ClassVar[tuple[str, ...]]

    row_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("Zeile entfernen"), required=False)

    def __init__(self, *args: Any, places: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial:
            del self.fields["remove"]
        self.order_fields([*(name for name in self.fields if name != "remove"), "remove"])
        for field in self.fields.values():
            if isinstance(field, CodeField):
                field.names = places or {}

    @property
    def is_gone(self) -> bool:
        """Whether the row is to be left out: ticked, or nothing stands in it."""
        values = self.cleaned_data
        return bool(values.get("remove")) or not any(
            values.get(name) not in ("", None) for name in self.asked()
        )

    def asked(self) -> tuple[str, ...]:
        """Fields that make a row count as filled in."""
        return self.names

    def clean(self) -> dict[str, Any]:
        """A row that says something needs its main field."""
        values = super().clean() or self.cleaned_data
        if self.main not in self.errors and not self.is_gone and values.get(self.main) in ("", None):
            self.add_error(self.main, _("Bitte ausfüllen, oder die Zeile leeren."))
        return values

    def row(self, before: Any) -> Any:
        """The detail; what the form does not ask for stays as it was."""
        values = {name: self.cleaned_data[name] for name in self.names}
        return replace(before, **values) if before is not None else self.kind(**values)

    @classmethod
    def first(cls, row: Any) -> dict[str, Any]:
        """What the form shows of a detail."""
        return {"row_id": row.id, **{name: getattr(row, name) for name in cls.names}}


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows of one kind. `title` heads them; `more` is the name of the button for further ones."""

    title: Any = ""
    hint: Any = ""

    @property
    def more(self) -> str:
        """What the button is called that asks for more rows."""
        return f"{self.prefix}-mehr"

    def details(self, before: Iterable[Any]) -> tuple[Any, ...]:
        """The details that the rows make; known ones keep what the form does not ask for."""
        known = {one.id: one for one in before if one.id}
        kept = [form for form in self.forms if form.cleaned_data and not form.is_gone]
        return tuple(form.row(known.get(form.cleaned_data["row_id"])) for form in kept)


def rows_of(
    form: type[RowForm], prefix: str, details: Iterable[Any], data: Any, *, title: Any, extra: int = 1,
    hint: Any = "", places: Mapping[str, str] | None = None,
) -> Rows:  # fmt: skip
    """The rows of an entry, with some empty ones; more where „weitere Zeile“ was pressed."""
    if data is not None and f"{prefix}-mehr" in data:
        data = data.copy()
        data[f"{prefix}-TOTAL_FORMS"] = str(int(data.get(f"{prefix}-TOTAL_FORMS") or 0) + ROWS_MORE)
    made = forms.formset_factory(form, formset=Rows, extra=extra, max_num=200, absolute_max=250)
    initial = [form.first(one) for one in details]
    found = made(data, prefix=prefix, initial=initial, form_kwargs={"places": places})
    found.title, found.hint = title, hint  # type: ignore[attr-defined]
    return found  # type: ignore[return-value]
