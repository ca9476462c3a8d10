"""Forms of the arrivals room: cleaned_data are the arguments of the commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stafette.arrivals.letters import language_names
from stafette.arrivals.reading.fields import LABELS, REPEATABLE, Field
from stafette.people.birthdates import BirthDate
from stafette.people.data import AddressData, PersonData
from stafette.people.languages import LANGUAGES, language_name
from stafette.people.nationalities import nationalities
from stafette.web.forms import ComboField, ComboInput, DateField, PartialDateField

STATES = [
    ("", _("alle offenen")),
    ("overdue", _("überfällig")),
    ("to_invite", _("einzuladen")),
    ("invited", _("eingeladen")),
    ("talk_planned", _("Gespräch vereinbart")),
    ("talk_held", _("Gespräch geführt")),
    ("declined", _("möchte nicht")),
    ("not_reached", _("nicht erreicht")),
    ("moved_on", _("weggezogen")),
    ("all", _("alle")),
]
CHANNELS = [
    ("letter", _("Brief")),
    ("phone", _("Telefon")),
    ("messenger", _("WhatsApp oder anderer Messenger")),
    ("sms", _("SMS")),
    ("email", _("E-Mail")),
    ("visit", _("Besuch")),
    ("counter", _("am Schalter")),
    ("safe", _("vereinbarter sicherer Weg")),
]
RESULTS = [
    ("no_answer", _("keine Antwort")),
    ("reached", _("erreicht, meldet sich")),
    ("appointment", _("Termin vereinbart")),
    ("undeliverable", _("nicht zustellbar")),
    ("declined", _("möchte kein Gespräch")),
    ("moved_on", _("ist weggezogen")),
    ("given_up", _("nicht erreicht, abgeschlossen")),
]


class ArrivalFilter(forms.Form):
    """What narrows the list of arrivals."""

    private = ("q",)  # sent by POST: no name stands in an address
    q = forms.CharField(label=_("Name"), required=False)
    state = forms.ChoiceField(label=_("Stand"), choices=STATES, required=False)
    language = forms.ChoiceField(label=_("Sprache"), required=False)
    since = DateField(label=_("Einzug ab"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, language_name(code)) for code in language_names()]
        self.fields["language"].choices = [("", _("alle")), *names]  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A list that came in, and from whom."""

    file = forms.FileField(
        label=_("Datei"),
        help_text=_("CSV, XLSX oder ODS, höchstens 50 MB. Geschrieben wird erst nach Ihrer Prüfung."),
        error_messages={"required": _("Bitte wählen Sie eine Datei aus.")},
    )
    sender = forms.CharField(
        label=_("Von wem kommt die Liste?"),
        max_length=120,
        required=False,
        help_text=_("Die Spalten dieser Stelle werden gemerkt, zum Beispiel „Einwohnermeldeamt“."),
        widget=ComboInput(),
    )

    def __init__(self, *args: Any, senders: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender"].widget.options = list(senders)


class MappingForm(forms.Form):
    """What each column means; one field per column of the file."""

    def __init__(self, *args: Any, cards: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = list(cards)
        choices = [(str(meaning), LABELS[meaning]) for meaning in Field]
        for card in self.cards:
            self.fields[card.key] = forms.ChoiceField(
                label=card.heading, choices=choices, initial=card.meaning
            )

    def lines(self) -> list[dict[str, Any]]:
        """Column and its field side by side, for the template."""
        return [{"card": card, "field": self[card.key]} for card in self.cards]

    def clean(self) -> dict[str, Any]:
        """One column per meaning, and a name somewhere."""
        chosen = [value for value in self.cleaned_data.values() if value not in {str(m) for m in REPEATABLE}]
        twice = {value for value in chosen if chosen.count(value) > 1}
        if twice:
            labels = ", ".join(str(LABELS[Field(value)]) for value in sorted(twice))
            raise forms.ValidationError(_("Zweimal vergeben: %(labels)s. Jede Bedeutung gehört zu einer Spalte."),
                                        params={"labels": labels})  # fmt: skip
        if not {"family_name", "full_name"} & set(chosen):
            raise forms.ValidationError(_("Bitte sagen Sie, in welcher Spalte der Familienname steht."))
        return self.cleaned_data


class DecisionForm(forms.Form):
    """What a human says about one row, or about all rows of an outcome."""

    numbers = forms.CharField()
    decision = forms.ChoiceField(
        choices=[(d, d) for d in ("", "same", "different", "accept", "keep")], required=False
    )

    def clean_numbers(self) -> list[int]:
        """Row numbers, separated by commas."""
        try:
            return [int(number) for number in self.cleaned_data["numbers"].split(",")]
        except ValueError:
            raise forms.ValidationError(_("Bitte laden Sie die Seite neu.")) from None


class MomentMixin(forms.Form):
    """Day and time of an appointment; both or neither."""

    day = DateField(label=_("Termin am"), required=False)
    time = forms.TimeField(
        label=_("Uhrzeit"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TextInput(attrs={"class": "st-width-s", "placeholder": "14:30", "autocomplete": "off"}),
        error_messages={"invalid": _("Geben Sie die Uhrzeit so ein: 14:30.")},
    )

    def moment(self) -> datetime | None:
        """The appointment, aware, or None."""
        day, time = self.cleaned_data.pop("day", None), self.cleaned_data.pop("time", None)
        if day and time:
            return timezone.make_aware(datetime.combine(day, time))
        if day or time:
            self.add_error("time" if day else "day", _("Ein Termin braucht Tag und Uhrzeit."))
        return None


class InviteForm(MomentMixin):
    """How and in which language the household is invited."""

    channel = forms.ChoiceField(label=_("Weg"), choices=CHANNELS)
    language = forms.ChoiceField(label=_("Sprache"))
    field_order = ("channel", "language", "day", "time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(language_names().items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Day and time become one moment."""
        moment = self.moment()
        return {**self.cleaned_data, "appointment_at": moment}


class AttemptForm(MomentMixin):
    """One try to reach a household."""

    channel = forms.ChoiceField(label=_("Weg"), choices=CHANNELS)
    result = forms.ChoiceField(label=_("Ergebnis"), choices=RESULTS)
    next_on = DateField(
        label=_("Nächster Versuch"), required=False, help_text=_("Leer: in fünf Arbeitstagen.")
    )
    field_order = ("channel", "result", "day", "time", "next_on")

    def clean(self) -> dict[str, Any]:
        """Day and time become one moment; an appointment needs it."""
        moment = self.moment()
        if self.cleaned_data.get("result") == "appointment" and moment is None and not self.errors:
            self.add_error("day", _("Bitte geben Sie Tag und Uhrzeit des Termins an."))
        return {**self.cleaned_data, "talk_at": moment}


class MemberForm(forms.Form):
    """One person of a household that came by itself."""

    family_name = forms.CharField(label=_("Familienname"), max_length=200)
    given_names = forms.CharField(label=_("Vornamen"), max_length=200, required=False)
    birth = PartialDateField(label=_("Geburtsdatum"), required=False, help_text=_("Unbekanntes als 00."))
    sex = forms.ChoiceField(
        label=_("Geschlecht"),
        choices=[("", _("keine Angabe")), ("w", _("weiblich")), ("m", _("männlich")), ("d", _("divers"))],
        required=False,
    )
    nationality = ComboField(
        label=_("Staatsangehörigkeit"),
        options=lambda: {key: entry.name for key, entry in nationalities().items()},
        required=False,
    )

    def person(self, **more: Any) -> PersonData:
        """The person as plain values."""
        values = self.cleaned_data
        birth = BirthDate(*values["birth"]) if values.get("birth") else BirthDate()
        nations = (values["nationality"],) if values.get("nationality") else ()
        return PersonData(
            family_name=values["family_name"], given_names=values["given_names"], birth=birth, sex=values["sex"],
            nationalities=nations, **more,
        )  # fmt: skip


MemberFormSet = formset_factory(MemberForm, extra=4, min_num=1, max_num=12, validate_min=True)


class WalkInForm(forms.Form):
    """Where a household that came by itself lives, and how it can be reached."""

    street = forms.CharField(label=_("Straße"), max_length=120, required=False)
    house_number = forms.CharField(
        label=_("Hausnummer"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "st-width-s"}),
    )
    postal_code = forms.CharField(
        label=_("Postleitzahl"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "st-width-s"}),
    )
    town = forms.CharField(label=_("Ort"), max_length=100, required=False)
    address_locked = forms.BooleanField(
        label=_("Auskunftssperre (§ 51, § 52 BMG)"), required=False,
        help_text=_("Die Anschrift erscheint dann auf keiner Seite, in keiner Liste und auf keinem Brief."),
    )  # fmt: skip
    moved_in_on = DateField(label=_("Eingezogen am"), required=False)
    came_from = forms.CharField(label=_("Zugezogen aus"), max_length=200, required=False)
    language = ComboField(
        label=_("Sprache"), options=lambda: {k: str(v) for k, v in LANGUAGES.items()}, required=False
    )
    phone = forms.CharField(label=_("Telefon"), max_length=60, required=False)
    is_checked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def address(self) -> AddressData | None:
        """The address as plain values, None where nothing is known."""
        values = self.cleaned_data
        if not values["street"] and not values["town"]:
            return None
        return AddressData(
            values["street"], values["house_number"], values["postal_code"], values["town"],
            locked=values["address_locked"],
        )  # fmt: skip

    def contact(self) -> dict[str, Any]:
        """What the first person gets besides the name."""
        values = self.cleaned_data
        found: dict[str, Any] = {
            "address_locked": values["address_locked"],
            "contact_language": values["language"],
        }
        if values["phone"]:
            found |= {"contact_channel": "mobile", "contact_value": values["phone"]}
        if values["language"]:
            found["languages"] = ((values["language"], "mother"),)
        return found

    def arrival(self) -> dict[str, Any]:
        """What belongs to the move itself."""
        names = ("moved_in_on", "came_from", "language")
        return {name: self.cleaned_data[name] for name in names}
