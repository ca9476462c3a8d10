"""The forms of a provider and of a place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory import data as d
from stafette.directory.forms import rows
from stafette.directory.forms.base import EntryForm
from stafette.directory.forms.fields import CodeField, CodesField, HoursField
from stafette.directory.showing import KINDS
from stafette.directory.words import LANGUAGES

COORDINATES = re.compile(r"\s*(-?\d{1,2}[.,]\d+)\s*[,;\s]\s*(-?\d{1,3}[.,]\d+)\s*")


class OrganizationForm(EntryForm):
    """A provider: an authority, a charity, a school, an employer, a landlord, a club."""

    names = (
        *("name", "alternate_name", "kind", "description", "email", "website", "legal_status"),
        *("year_incorporated", "keeper", "unit", "is_active", "is_public"),
    )
    row_forms = {
        "phones": (rows.PhoneRow, _("Rufnummern"), ""),
        "contacts": (rows.ContactRow, _("Ansprechstellen"), ""),
        "funding": (rows.FundingRow, _("Förderung"), ""),
    }
    parts = (
        ("wer", _("Wer es ist"), ("name", "alternate_name", "kind", "description"), (), "", True),
        ("kontakt", _("Kontakt"), ("email", "website"), ("phones", "contacts"), "", True),
        (
            "pflege", _("Pflege des Eintrags"),
            ("keeper", "unit", "is_active", "is_public", "legal_status", "year_incorporated"), ("funding",), "", False,
        ),
    )  # fmt: skip

    name = forms.CharField(label=_("Name"), max_length=200)
    alternate_name = forms.CharField(label=_("Auch bekannt als"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Art"), choices=list(KINDS[d.OrganizationData].items()))
    description = forms.CharField(
        label=_("Beschreibung"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    email = forms.EmailField(
        label=_("E-Mail"), required=False, help_text=_("An diese Adresse geht die Bitte um Bestätigung.")
    )
    website = forms.URLField(label=_("Seite im Netz"), required=False, assume_scheme="https")
    legal_status = forms.CharField(label=_("Rechtsform"), required=False, max_length=200)
    year_incorporated = forms.IntegerField(
        label=_("Gegründet im Jahr"), required=False, min_value=1000, max_value=2100
    )
    keeper = CodeField(
        label=_("Gepflegt von"),
        required=False,
        list_id="stellen",
        help_text=_("Die Stelle, deren Redaktion prüft."),
    )
    unit = CodeField(
        label=_("Ist selbst die Stelle"), required=False, list_id="stellen",
        help_text=_("Deren Konten pflegen die Einträge selbst."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Besteht"), required=False)
    is_public = forms.BooleanField(label=_("Auf den öffentlichen Seiten zeigen"), required=False)


class LocationForm(EntryForm):
    """A place with its way in."""

    names = (
        *("kind", "name", "description", "transportation", "url", "address_1", "address_2", "postal_code"),
        *("city", "district", "organization", "languages"),
    )
    row_forms = {
        "accessibility": (rows.AccessRow, _("Barrierefreiheit"), ""),
        "phones": (rows.PhoneRow, _("Rufnummern"), ""),
        "contacts": (rows.ContactRow, _("Ansprechstellen"), ""),
    }
    parts = (
        (
            "wo", _("Wo es ist"),
            (
                *("name", "address_1", "address_2", "postal_code", "city", "district", "coordinates"),
                *("transportation", "kind", "organization", "description", "url"),
            ),
            (), "", True,
        ),
        ("wann", _("Wann geöffnet ist"), ("hours", "exceptions"), (), "", True),
        ("wie", _("Hineinkommen und anrufen"), (), ("accessibility", "phones", "contacts"), "", True),
        ("sprachen", _("Sprachen am Empfang"), ("languages",), (), "", False),
    )  # fmt: skip

    name = forms.CharField(label=_("Name des Hauses"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Art"), choices=list(KINDS[d.LocationData].items()))
    organization = CodeField(label=_("Gehört zu"), required=False, list_id="traeger")
    description = forms.CharField(
        label=_("Beschreibung"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    transportation = forms.CharField(
        label=_("Haltestelle, Weg"),
        required=False,
        max_length=300,
        help_text=_("Zum Beispiel: Tram 4, Halt Markt."),
    )
    url = forms.URLField(label=_("Adresse im Netz"), required=False, assume_scheme="https")
    address_1 = forms.CharField(label=_("Straße und Hausnummer"), required=False, max_length=200)
    address_2 = forms.CharField(label=_("Zusatz"), required=False, max_length=200)
    postal_code = forms.CharField(label=_("Postleitzahl"), required=False, max_length=12)
    city = forms.CharField(label=_("Ort"), required=False, max_length=100)
    district = forms.CharField(label=_("Stadtteil"), required=False, max_length=100)
    coordinates = forms.CharField(
        label=_("Koordinaten"), required=False, max_length=60,
        help_text=_("Breite und Länge, zum Beispiel 51.3402, 12.3712. Damit entsteht die Wegskizze."),
    )  # fmt: skip
    languages = CodesField(label=_("Sprachen"), choices=list(LANGUAGES.items()))
    hours = HoursField(label=_("Öffnungszeiten"))
    exceptions = HoursField(label=_("Ausnahmen"), help_text=_("Eine je Zeile: 24.12.–01.01. geschlossen"))

    @classmethod
    def first(cls, base: d.LocationData) -> dict[str, Any]:
        """With hours and coordinates as text."""
        known = base.latitude is not None and base.longitude is not None
        place = {"coordinates": f"{base.latitude}, {base.longitude}" if known else ""}
        return super().first(base) | rows.hours_first(base.schedules) | place

    def clean_exceptions(self) -> str:
        """Name the line that cannot be read."""
        return rows.readable(self.cleaned_data["exceptions"])

    def clean_coordinates(self) -> tuple[float, float] | None:
        """Two numbers, with point or comma."""
        text = self.cleaned_data["coordinates"].strip()
        if not text:
            return None
        found = COORDINATES.fullmatch(text)
        numbers = [float(one.replace(",", ".")) for one in found.groups()] if found else [91.0, 0.0]
        if abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
            raise forms.ValidationError(_("Geben Sie Breite und Länge ein, zum Beispiel 51.3402, 12.3712."))
        return numbers[0], numbers[1]

    def clean(self) -> dict[str, Any]:
        """A place needs a name or an address."""
        values = super().clean()
        if not values.get("name") and not values.get("address_1"):
            self.add_error("address_1", _("Geben Sie die Straße oder den Namen des Hauses an."))
        return values

    def entry(self) -> d.LocationData:
        """The place as it was typed."""
        values = self.cleaned_data
        entry: d.LocationData = super().entry()
        latitude, longitude = values["coordinates"] or (None, None)
        schedules = rows.rules(self.base.schedules, values["hours"], values["exceptions"])
        return replace(entry, latitude=latitude, longitude=longitude, schedules=schedules)
