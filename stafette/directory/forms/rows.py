"""Details of an entry as rows: some are empty for more, „weitere Zeile“ works without a script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory import data as d
from stafette.directory.forms.fields import CodeField, HoursField, PhoneField
from stafette.directory.hours import (
    exceptions_text,
    hours_text,
    parse_exceptions,
    parse_hours,
    with_exceptions,
)
from stafette.directory.showing import ACCESS
from stafette.kernel.clock import now, today

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


class PhoneRow(RowForm):
    """A number."""

    kind, main, names = d.PhoneData, "number", ("number", "description")
    number = PhoneField(label=_("Rufnummer"))
    description = forms.CharField(label=_("Wofür"), required=False, max_length=200)


class ContactRow(RowForm):
    """Whom to ask for."""

    kind, main, names = d.ContactData, "title", ("title", "name", "department", "email")
    title = forms.CharField(label=_("Funktion"), required=False, max_length=200)
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        help_text=_("Nur, wenn der Träger ihn veröffentlicht."),
    )
    department = forms.CharField(label=_("Abteilung"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-Mail"), required=False)
    phone = PhoneField(label=_("Telefon"))

    def clean(self) -> dict[str, Any]:
        """A function or a name, one of them is enough."""
        values = self.cleaned_data
        if not values.get("title") and values.get("name"):
            return values
        return super().clean()

    def asked(self) -> tuple[str, ...]:
        """The number counts, too."""
        return (*self.names, "phone")

    def row(self, before: Any) -> Any:
        """The first number is asked for here, further ones stay."""
        row, number = super().row(before), self.cleaned_data["phone"]
        first = replace(row.phones[0], number=number) if row.phones else d.PhoneData(number=number)
        return replace(row, phones=((first,) if number else ()) + row.phones[1:])

    @classmethod
    def first(cls, row: Any) -> dict[str, Any]:
        """With the first number."""
        return super().first(row) | {"phone": row.phones[0].number if row.phones else ""}


class DocumentRow(RowForm):
    """What to bring."""

    kind, main, names = d.DocumentData, "document", ("document", "uri")
    document = forms.CharField(label=_("Unterlage"), required=False, max_length=300)
    uri = forms.URLField(label=_("Vordruck im Netz"), required=False, assume_scheme="https")


class CostRow(RowForm):
    """What it costs."""

    kind, main, names = d.CostData, "option", ("option", "amount", "amount_description")
    option = forms.CharField(label=_("Wofür"), required=False, max_length=200)
    amount = forms.DecimalField(
        label=_("Betrag in Euro"), required=False, min_value=0, max_digits=9, decimal_places=2, localize=True
    )
    amount_description = forms.CharField(label=_("Erläuterung"), required=False, max_length=300)


class CapacityRow(RowForm):
    """How much room there is."""

    kind, main, names = d.CapacityData, "available", ("available", "maximum", "unit", "description")
    available = forms.IntegerField(label=_("Frei"), required=False, min_value=0)
    maximum = forms.IntegerField(label=_("Insgesamt"), required=False, min_value=0)
    unit = forms.CharField(label=_("Was"), required=False, max_length=100, initial=_("Plätze"))
    description = forms.CharField(label=_("Erläuterung"), required=False, max_length=300)

    def asked(self) -> tuple[str, ...]:
        """„Plätze“ stands in every row and says nothing by itself."""
        return ("available", "maximum", "description")

    def clean(self) -> dict[str, Any]:
        """No more free than there are."""
        values = super().clean()
        free, most = values.get("available"), values.get("maximum")
        if free is not None and most is not None and free > most:
            self.add_error("available", _("Es können nicht mehr frei sein, als es insgesamt gibt."))
        return values

    def row(self, before: Any) -> Any:
        """A changed figure is of now."""
        values = {name: self.cleaned_data[name] for name in self.names}
        values["unit"] = values["unit"] or "Plätze"
        if before is None:
            return d.CapacityData(updated_at=now(), **values)
        after = replace(before, **values)
        return after if after == before else replace(after, updated_at=now())


class FundingRow(RowForm):
    """Who pays."""

    kind, main, names = d.FundingData, "source", ("source",)
    source = forms.CharField(label=_("Förderung"), required=False, max_length=300)


class AreaRow(RowForm):
    """For which area."""

    kind, main, names = d.AreaData, "name", ("name", "description")
    name = forms.CharField(label=_("Gebiet"), required=False, max_length=200)
    description = forms.CharField(label=_("Erläuterung"), required=False, max_length=300)


class AccessRow(RowForm):
    """How one gets in."""

    kind, main, names = d.AccessData, "feature", ("description",)
    feature = forms.ChoiceField(label=_("Merkmal"), required=False, choices=[("", "–"), *ACCESS.items()])
    description = forms.CharField(label=_("Erläuterung"), required=False, max_length=300)

    def asked(self) -> tuple[str, ...]:
        """The feature itself is asked for under another name, because `kind` names the class here."""
        return ("feature", "description")

    def row(self, before: Any) -> Any:
        """Put the feature where it belongs."""
        row = super().row(before)
        return replace(row, kind=self.cleaned_data["feature"])

    @classmethod
    def first(cls, row: Any) -> dict[str, Any]:
        """The feature under its name here."""
        return super().first(row) | {"feature": row.kind}


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
