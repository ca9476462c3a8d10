"""The form of a service."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.directory import data as d
from stafette.directory.forms import rows
from stafette.directory.forms.base import EntryForm
from stafette.directory.forms.fields import CodeField, CodesField, HoursField, PhoneField
from stafette.directory.hours import parse_hours
from stafette.directory.queries import topic_choices
from stafette.directory.showing import CHOICES
from stafette.directory.words import LANGUAGES, STATUSES, TARGET_GROUPS

FREE = [("", _("nicht angegeben")), ("ja", _("ja, kostenlos")), ("nein", _("nein"))]
HOURS_HINT = _("So, wie Sie es sagen würden: Mo–Do 9–12 und 13–16 Uhr, Fr nach Vereinbarung")
CLOSED_HINT = _("Eine Ausnahme je Zeile: 24.12.–01.01. geschlossen")


def _text(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ServiceForm(EntryForm):
    """A service with all that one must know to send somebody there."""

    names = (
        *("organization", "name", "alternate_name", "summary", "description", "topics", "languages"),
        *("interpretation_services", "target_groups", "eligibility", "minimum_age", "maximum_age"),
        *("application_process", "fees", "accreditations", "email", "website", "room", "waiting_weeks"),
        *("alert", "is_public", "confirm_days"),
    )
    row_forms = {
        "places": (rows.PlaceRow, _("Orte"), ""),
        "phones": (rows.PhoneRow, _("Rufnummern"), ""),
        "contacts": (rows.ContactRow, _("Ansprechstellen"), ""),
        "documents": (rows.DocumentRow, _("Das ist mitzubringen"), ""),
        "costs": (rows.CostRow, _("Kosten"), ""),
        "capacities": (rows.CapacityRow, _("Plätze"), ""),
        "areas": (rows.AreaRow, _("Einzugsgebiet"), ""),
        "funding": (rows.FundingRow, _("Förderung"), ""),
    }
    parts = (
        (
            "worum", _("Worum es geht"),
            ("organization", "name", "summary", "topics", "description", "alternate_name", "alert"), (), "", True,
        ),
        (
            "wann", _("Wann und wo"), ("hours", "exceptions"), ("places",),
            _("Zeiten hier oben gelten an allen Orten. Was nur an einem Ort gilt, steht bei diesem."), True,
        ),
        (
            "neu", _("Ein Ort, der noch nicht im Verzeichnis steht"),
            ("new_address", "new_postal_code", "new_city", "new_name", "new_hours", "new_phone"), (), "", False,
        ),
        ("kontakt", _("Kontakt"), ("email", "website", "application_process"), ("phones", "contacts"), "", True),
        ("sprachen", _("Sprachen"), ("languages", "interpretation_services"), (), "", True),
        (
            "wer", _("Für wen"),
            ("target_groups", "statuses", "minimum_age", "maximum_age", "eligibility"), ("areas",),
            _("Was leer bleibt, heißt: für alle."), False,
        ),
        ("kosten", _("Kosten und Unterlagen"), ("is_free", "fees"), ("costs", "documents"), "", False),
        ("aufnahme", _("Aufnahme und Plätze"), ("room", "waiting_weeks"), ("capacities",), "", True),
        (
            "pflege", _("Pflege des Eintrags"), ("is_public", "confirm_days", "leika", "accreditations"),
            ("funding",), "", False,
        ),
    )  # fmt: skip

    organization = CodeField(label=_("Träger"), list_id="traeger")
    name = forms.CharField(label=_("Name des Angebots"), max_length=200)
    alternate_name = forms.CharField(label=_("Auch bekannt als"), required=False, max_length=200)
    summary = forms.CharField(
        label=_("Wofür, in einem Satz"), required=False, max_length=400, help_text=_("Steht auf jeder Karte.")
    )
    description = _text(_("Beschreibung"), 5)
    alert = forms.CharField(
        label=_("Wichtiger Hinweis"),
        required=False,
        max_length=300,
        help_text=_("Zum Beispiel: zieht im Mai um."),
    )
    topics = CodesField(label=_("Themen"), choices=topic_choices)
    languages = CodesField(label=_("Sprachen der Beratung"), choices=list(LANGUAGES.items()))
    interpretation_services = forms.CharField(
        label=_("Dolmetschen"),
        required=False,
        max_length=300,
        help_text=_("Zum Beispiel: nach Anmeldung, kostenlos."),
    )
    target_groups = CodesField(label=_("Zielgruppen"), choices=list(TARGET_GROUPS.items()))
    statuses = CodesField(label=_("Nur mit diesem Aufenthaltsstatus"), choices=list(STATUSES.items()))
    eligibility = _text(_("Weitere Voraussetzungen"))
    minimum_age = forms.IntegerField(label=_("Ab Alter"), required=False, min_value=0, max_value=120)
    maximum_age = forms.IntegerField(label=_("Bis Alter"), required=False, min_value=0, max_value=120)
    application_process = _text(_("So kommt man hin, so meldet man sich an"))
    is_free = forms.ChoiceField(label=_("Kostenlos"), required=False, choices=FREE)
    fees = forms.CharField(label=_("Kosten in Worten"), required=False, max_length=400)
    accreditations = forms.CharField(label=_("Zulassungen"), required=False, max_length=400)
    email = forms.EmailField(label=_("E-Mail"), required=False, help_text=_("Eine Funktionsadresse."))
    website = forms.URLField(label=_("Seite im Netz"), required=False, assume_scheme="https")
    hours = HoursField(label=_("Öffnungszeiten"), help_text=HOURS_HINT)
    exceptions = HoursField(label=_("Ausnahmen"), help_text=CLOSED_HINT)
    room = forms.ChoiceField(label=_("Aufnahme"), choices=list(CHOICES["room"].items()))
    waiting_weeks = forms.IntegerField(
        label=_("Wartezeit in Wochen"), required=False, min_value=0, max_value=260
    )
    is_public = forms.BooleanField(label=_("Auf den öffentlichen Seiten zeigen"), required=False)
    confirm_days = forms.IntegerField(label=_("Bestätigen alle … Tage"), min_value=7, max_value=730)
    leika = forms.CharField(
        label=_("LeiKa-Schlüssel"),
        required=False,
        max_length=400,
        help_text=_("14 Ziffern, mehrere mit Komma."),
    )
    new_address = forms.CharField(label=_("Straße und Hausnummer"), required=False, max_length=200)
    new_postal_code = forms.CharField(label=_("Postleitzahl"), required=False, max_length=12)
    new_city = forms.CharField(label=_("Ort"), required=False, max_length=100)
    new_name = forms.CharField(label=_("Name des Hauses"), required=False, max_length=200)
    new_hours = HoursField(label=_("Zeiten an diesem Ort"))
    new_phone = PhoneField(label=_("Telefon an diesem Ort"))

    @classmethod
    def first(cls, base: d.ServiceData) -> dict[str, Any]:
        """With hours as text and the keys in one line."""
        free = {None: "", True: "ja", False: "nein"}[base.is_free]
        more = {"is_free": free, "statuses": list(base.statuses), "leika": ", ".join(base.leika_keys)}
        return super().first(base) | rows.hours_first(base.schedules) | more

    def clean_exceptions(self) -> str:
        """Name the line that cannot be read."""
        return rows.readable(self.cleaned_data["exceptions"])

    def clean_leika(self) -> tuple[str, ...]:
        """Keys of 14 digits."""
        keys = tuple(filter(None, self.cleaned_data["leika"].replace(";", ",").replace(" ", "").split(",")))
        wrong = next((key for key in keys if not (key.isdigit() and len(key) == 14)), None)
        if wrong:
            raise forms.ValidationError(_("„%(key)s“ hat keine 14 Ziffern."), params={"key": wrong})
        return keys

    def clean(self) -> dict[str, Any]:
        """Ages in order; a new place needs its street."""
        values = super().clean()
        low, high = values.get("minimum_age"), values.get("maximum_age")
        if low is not None and high is not None and high < low:
            self.add_error("maximum_age", _("Das Höchstalter liegt unter dem Mindestalter."))
        new = any(values.get(f"new_{name}") for name in ("postal_code", "city", "name", "hours", "phone"))
        if new and not values.get("new_address"):
            self.add_error("new_address", _("Geben Sie die Straße an, oder leeren Sie die anderen Felder."))
        return values

    def entry(self) -> d.ServiceData:
        """The service as it was typed."""
        values = self.cleaned_data
        entry: d.ServiceData = super().entry()
        return replace(
            entry,
            statuses=tuple(int(code) for code in values["statuses"]),
            is_free={"": None, "ja": True, "nein": False}[values["is_free"]],
            leika_keys=values["leika"],
            waiting_weeks=values["waiting_weeks"] if values["room"] == "waiting" else None,
            schedules=rows.rules(self.base.schedules, values["hours"], values["exceptions"]),
        )

    def new_place(self) -> tuple[d.LocationData, d.PlaceData] | None:
        """The place that is not in the directory yet, and what holds there."""
        values = self.cleaned_data
        if not values["new_address"]:
            return None
        place = d.LocationData(
            code="", name=values["new_name"], address_1=values["new_address"],
            postal_code=values["new_postal_code"], city=values["new_city"],
        )  # fmt: skip
        phones = (d.PhoneData(number=values["new_phone"]),) if values["new_phone"] else ()
        return place, d.PlaceData(location="", schedules=parse_hours(values["new_hours"]), phones=phones)
