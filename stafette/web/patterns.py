"""The sample page /muster/: every component once, with invented content, for eyes and for axe."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import now, today
from stafette.web.forms import ComboField, DateField, PartialDateField

COUNTRIES = {
    "125": "bulgarisch",
    "154": "rumänisch",
    "152": "polnisch",
    "166": "ukrainisch",
    "475": "syrisch",
}


class SampleForm(forms.Form):
    """One field of each kind."""

    family_name = forms.CharField(label=_("Familienname"), max_length=80, help_text=_("Wie im Ausweis."))
    birth = PartialDateField(
        label=_("Geburtsdatum"), help_text=_("Unbekanntes als 00, zum Beispiel 00.00.1985.")
    )
    arrived_on = DateField(label=_("Eingezogen am"), required=False)
    nationality = ComboField(label=_("Staatsangehörigkeit"), options=COUNTRIES, required=False)
    channel = forms.ChoiceField(
        label=_("Erreichbar über"),
        choices=[("", "–"), ("phone", _("Telefon")), ("mail", _("E-Mail"))],
        required=False,
    )
    wish = forms.ChoiceField(
        label=_("Möchten Sie einen Sprachkurs?"),
        choices=[("yes", _("ja")), ("no", _("nein")), ("declined", _("keine Angabe"))],
        widget=forms.RadioSelect(attrs={"class": "horizontal"}),
    )
    topics = forms.MultipleChoiceField(
        label=_("Worum ging es?"),
        choices=[("housing", _("Wohnen")), ("school", _("Schule und Kita")), ("work", _("Arbeit"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mehreres ist möglich."),
        required=False,
    )
    note = forms.CharField(label=_("Bemerkung"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    document = forms.FileField(
        label=_("Datei"), required=False, help_text=_("CSV, XLSX oder ODS, höchstens 50 MB.")
    )
    interpreter = forms.BooleanField(
        label=_("Mit Sprachmittlung"), required=False, help_text=_("Auch am Telefon.")
    )


class SampleFilter(forms.Form):
    """A filter as lists have it."""

    topic = forms.CharField(label=_("Anlass"), required=False)
    state = forms.ChoiceField(
        label=_("Stand"),
        choices=[("", _("alle")), ("sent", _("übergeben")), ("late", _("spät"))],
        required=False,
    )
    mine = forms.BooleanField(label=_("Nur meine"), required=False)


def _timeline(at: datetime) -> list[dict[str, Any]]:
    return [
        {"at": at, "title": _("Übergabe angenommen"), "by": "Schulteam der Stadt", "kind": "success"},
        {"at": at - timedelta(days=2), "title": _("Übergeben an das Schulteam der Stadt"), "by": "Clearingstelle",
         "text": _("Anlass: Kind ohne Schulplatz. Antwort erbeten bis 26.11.2026.")},
        {"at": at - timedelta(days=3), "title": _("Einwilligung gegeben"), "by": "Clearingstelle"},
    ]  # fmt: skip


def sample_context(data: Any, query: Any) -> dict[str, Any]:
    """Return what the sample page shows; posting the form back shows its errors."""
    return {
        "form": SampleForm(data) if data is not None else SampleForm(initial={"wish": "yes"}),
        "filter_form": SampleFilter(query or {"topic": "Schulplatz", "state": "late"}),
        "timeline": _timeline(now()),
        "days": [today() + timedelta(days=shift) for shift in (-3, -1, 0, 1, 3, 14)],
        "steps": [
            {"label": _("Haushalt"), "state": "done", "url": "#"},
            {"label": _("Schule und Kita"), "state": "current"},
            {"label": _("Wohnen"), "state": "todo"},
            {"label": _("Zusammenfassung"), "state": "todo"},
        ],
        "tabs": [
            {"label": _("Eingang"), "url": "#", "current": True, "count": 7},
            {"label": _("Gesendet"), "url": "#", "current": False, "count": 12},
            {"label": _("Erledigt"), "url": "#", "current": False, "count": None},
        ],
        "facts": [
            {"label": _("Geburtsdatum"), "value": "00.00.1985", "note": _("nur das Jahr ist bekannt")},
            {"label": _("Originalschrift"), "value": "Георгиева", "lang": "bg"},
            {"label": _("Sprachen"), "value": _("Bulgarisch (Muttersprache), Deutsch (A1)")},
            {"label": _("Anschrift"), "value": "Musterstraße 2\n06667 Weißenfels"},
        ],
        "compare": [
            {"label": _("Familienname"), "left": "Georgieva", "right": "Georgiewa", "differs": True},
            {"label": _("Vornamen"), "left": "Mariya", "right": "Mariya", "differs": False},
            {"label": _("Geburtsdatum"), "left": "12.05.1985", "right": "12.05.1985", "differs": False},
            {"label": _("Anschrift"), "left": "Musterstraße 2", "right": None, "differs": True},
        ],
        "columns": [
            {"label": _("Name"), "sort_url": "?sort=name", "sorted": "asc"},
            {"label": _("Stand"), "sort_url": "?sort=state"},
            {"label": _("Antwort bis"), "sort_url": "?sort=due"},
            {"label": _("Personen"), "numeric": True},
        ],
        "rows": [
            {"cells": [{"value": "Georgieva, Mariya", "url": "#", "note": "* 12.05.1985"},
                       {"value": _("übergeben"), "badge": True, "kind": "info"},
                       {"value": today() - timedelta(days=3), "due": True}, {"value": 4}]},
            {"cells": [{"value": "Ionescu, Andrei", "url": "#"},
                       {"value": _("angenommen"), "badge": True, "kind": "success"},
                       {"value": today(), "due": True}, {"value": 2}]},
            {"cells": [{"value": "<script>alert(1)</script>", "url": "#"},
                       {"value": _("abgelehnt"), "badge": True, "kind": "danger"},
                       {"value": today() + timedelta(days=9), "due": True}, {"value": 1}]},
        ],
    }  # fmt: skip
