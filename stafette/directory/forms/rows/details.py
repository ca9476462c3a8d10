"""Rows for numbers, contacts, documents, costs, capacities, funding, areas and ways in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory import data as d
from stafette.directory.forms.fields import PhoneField
from stafette.directory.forms.rows.row import RowForm
from stafette.directory.showing import ACCESS
from stafette.kernel.clock import now


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
