"""Forms of this room; cleaned data become the plain values of people/data.py."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import today
from stafette.people.birthdates import BirthDate, parse_birth_date
from stafette.people.choices import Channel, Level, Relation, Sex, Source
from stafette.people.data import AddressData, PersonData
from stafette.people.languages import LANGUAGES
from stafette.people.mrz import Mrz, MrzError, parse_mrz
from stafette.people.names.letters import clean_name, foreign_letters, is_latin
from stafette.people.nationalities import find_nationality, nationalities
from stafette.web.forms import ComboField, DateField

MOST_NATIONALITIES, MOST_LANGUAGES = 3, 4


class BirthDateField(forms.CharField):
    """A birth date in any form people type; gives a BirthDate, empty when left empty."""

    takes_no_text = True

    default_error_messages = {
        "invalid": _(
            "Dieses Geburtsdatum lässt sich nicht lesen. Beispiele: 1.2.1985, 00.00.1985 oder nur 1985."
        ),
    }

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"class": "st-width-s", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **options})

    def prepare_value(self, value: Any) -> Any:
        """Show a known date in the German form."""
        return str(value) if isinstance(value, BirthDate) else value

    def to_python(self, value: Any) -> Any:
        """Read the text; the base class promises a text, we give a BirthDate."""
        text = value if isinstance(value, BirthDate) else str(super().to_python(value) or "").strip()
        if not text or isinstance(text, BirthDate):
            return text or BirthDate()
        found = parse_birth_date(text, on=today())
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class NationalityField(ComboField):
    """A nationality by name, adjective, ISO code or official key; gives the key."""

    def __init__(self, **options: Any) -> None:
        super().__init__(options=_nationality_names, **options)

    def to_python(self, value: Any) -> str:
        """Accept every word for a nationality, not only those of the list."""
        found = find_nationality(str(value or ""))
        return found or super().to_python(value)


def _nationality_names() -> dict[str, str]:
    return {key: n.name for key, n in nationalities().items() if not n.is_former}


def _language_names() -> dict[str, str]:
    return {code: str(name) for code, name in LANGUAGES.items()}


class SearchForm(forms.Form):
    """One box for everything: name in any script, birth date, machine readable zone."""

    q = forms.CharField(
        label=_("Name, Geburtsdatum oder Lesezone"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "In jeder Schrift und Schreibweise, zum Beispiel „Георгиева 1985“ oder „Georgiewa Julia“."
        ),
    )


class PersonFilter(forms.Form):
    """What narrows the list of persons."""

    born_from = forms.IntegerField(
        label=_("geboren ab (Jahr)"), required=False, min_value=1890, max_value=2200
    )
    born_to = forms.IntegerField(
        label=_("geboren bis (Jahr)"), required=False, min_value=1890, max_value=2200
    )
    nationality = NationalityField(  # without suggestions: two hundred of them are half the page
        label=_("Staatsangehörigkeit"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class MrzForm(forms.Form):
    """The machine readable zone, pasted, typed or from a reader that types."""

    mrz = forms.CharField(
        label=_("Lesezone eines Ausweises"),
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false", "class": "st-width-l"}
        ),
        help_text=_("Zwei oder drei Zeilen mit <<<. Die Seriennummer wird nicht gespeichert."),
    )

    def clean_mrz(self) -> Mrz:
        """Read the zone; what cannot be read says why."""
        try:
            return parse_mrz(self.cleaned_data["mrz"], on=today())
        except MrzError as error:
            raise ValidationError(str(error), code="mrz") from error


class PersonForm(forms.Form):
    """Everything that is kept about a person; only a name is asked for."""

    family_name = forms.CharField(label=_("Familienname"), max_length=200, required=False)
    given_names = forms.CharField(label=_("Vornamen"), max_length=200, required=False)
    birth = BirthDateField(
        label=_("Geburtsdatum"),
        required=False,
        help_text=_("Was unbekannt ist, bleibt weg: 1985 oder 00.00.1985."),
    )
    sex = forms.ChoiceField(label=_("Geschlecht"), choices=Sex.choices, required=False)
    patronymic = forms.CharField(label=_("Vatersname"), max_length=120, required=False)
    former_names = forms.CharField(
        label=_("Frühere und andere Namen"),
        max_length=300,
        required=False,
        help_text=_("Geburtsname, andere Schreibweisen; mehrere mit Komma trennen."),
    )
    original_script = forms.CharField(
        label=_("Name in eigener Schrift"),
        max_length=300,
        required=False,
        help_text=_("Familienname, Vornamen – zum Beispiel: Георгиева, Юлия."),
    )
    contact_channel = forms.ChoiceField(label=_("Erreichbar über"), choices=Channel.choices, required=False)
    contact_value = forms.CharField(label=_("Nummer oder Adresse dafür"), max_length=200, required=False)
    contact_language = ComboField(label=_("Sprache für den Kontakt"), options=_language_names, required=False)
    safe_contact_note = forms.CharField(
        label=_("Sicherer Kontakt"),
        max_length=300,
        required=False,
        help_text=_(
            "Steht vor jedem Kontaktweg, zum Beispiel: nur vormittags anrufen, keine Nachricht hinterlassen."
        ),
    )
    address_locked = forms.BooleanField(
        label=_("Auskunftssperre (§§ 51, 52 BMG): Anschrift überall verbergen"), required=False
    )
    source = forms.ChoiceField(label=_("Woher stammen die Angaben?"), choices=Source.choices)
    source_date = DateField(label=_("Stand der Angaben"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("source_date", today())
        for i in range(1, MOST_NATIONALITIES + 1):
            label = _("Staatsangehörigkeit") if i == 1 else _("Weitere Staatsangehörigkeit")
            self.fields[f"nationality_{i}"] = NationalityField(label=label, required=False)
        for i in range(1, MOST_LANGUAGES + 1):
            language = _("Sprache") if i == 1 else _("Weitere Sprache")
            self.fields[f"language_{i}"] = ComboField(label=language, options=_language_names, required=False)
            self.fields[f"level_{i}"] = forms.ChoiceField(
                label=_("Niveau"), choices=[("", "–"), *[c for c in Level.choices if c[0]]], required=False
            )

    def _latin(self, name: str) -> str:
        text = clean_name(self.cleaned_data[name])
        if text and not is_latin(text):
            raise ValidationError(
                _(
                    "Bitte hier lateinische Buchstaben wie im Pass. Die eigene Schrift hat ein Feld weiter unten."
                )
            )
        if wrong := foreign_letters(text):
            raise ValidationError(
                _("Diese Zeichen gehören in keinen Namen: %(wrong)s"), params={"wrong": " ".join(wrong)}
            )
        return text

    def clean_family_name(self) -> str:
        """Letters of DIN 91379 only."""
        return self._latin("family_name")

    def clean_given_names(self) -> str:
        """Letters of DIN 91379 only."""
        return self._latin("given_names")

    def clean(self) -> dict[str, Any]:
        """At least one name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        names = {"family_name", "given_names"}
        if not names & set(self.errors) and not any(cleaned.get(name) for name in names):
            self.add_error("family_name", _("Tragen Sie einen Familiennamen oder einen Vornamen ein."))
        return cleaned

    def data_out(self) -> PersonData:
        """What was entered, as plain values."""
        c = self.cleaned_data
        plain = (
            *("family_name", "given_names", "birth", "sex", "patronymic", "former_names", "original_script"),
            *("contact_channel", "contact_value", "contact_language", "safe_contact_note", "address_locked"),
        )
        keys = [c[f"nationality_{i}"] for i in range(1, MOST_NATIONALITIES + 1)]
        spoken = [(c[f"language_{i}"], c[f"level_{i}"]) for i in range(1, MOST_LANGUAGES + 1)]
        return PersonData(
            **{name: c[name] for name in plain},
            nationalities=tuple(key for key in keys if key),
            languages=tuple((code, level) for code, level in spoken if code),
            relation=c.get("relation", ""),
        )

    def fieldsets(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in groups, in the order in which a clerk asks."""
        numbered = [f"nationality_{i}" for i in range(1, MOST_NATIONALITIES + 1)]
        spoken = [f"{n}_{i}" for i in range(1, MOST_LANGUAGES + 1) for n in ("language", "level")]
        groups: list[tuple[Any, list[str]]] = [
            (_("Person"), ["family_name", "given_names", "birth", "sex", *numbered]),
            (_("Weitere Namen"), ["patronymic", "former_names", "original_script"]),
            (_("Sprachen"), spoken),
            (_("Kontakt"), ["safe_contact_note", "contact_channel", "contact_value", "contact_language"]),
            (_("Haushalt"), ["relation", "street", "house_number", "postal_code", "town", "district"]),
            (_("Schutz und Herkunft der Angaben"), ["unit", "address_locked", "source", "source_date"]),
        ]
        present = [(title, [self[name] for name in names if name in self.fields]) for title, names in groups]
        return [(title, fields) for title, fields in present if fields]


def initial_of(data: PersonData) -> dict[str, Any]:
    """Plain values as the initial values of the form."""
    values: dict[str, Any] = {**vars(data)}
    for i, key in enumerate(values.pop("nationalities"), start=1):
        values[f"nationality_{i}"] = key
    for i, (code, level) in enumerate(values.pop("languages"), start=1):
        values[f"language_{i}"], values[f"level_{i}"] = code, level
    return values


def initial_from_mrz(mrz: Mrz) -> dict[str, Any]:
    """What a document fills in; the clerk checks it against the printed side."""
    return {
        "family_name": mrz.family_name,
        "given_names": mrz.given_names,
        "birth": mrz.birth,
        "sex": mrz.sex,
        "nationality_1": find_nationality(mrz.nationality) or "",
        "source": Source.DOCUMENT,
    }


class AddressForm(forms.Form):
    """An address in Germany."""

    street = forms.CharField(label=_("Straße"), max_length=120, required=False)
    house_number = forms.CharField(label=_("Hausnummer"), max_length=20, required=False)
    postal_code = forms.CharField(label=_("Postleitzahl"), max_length=10, required=False)
    town = forms.CharField(label=_("Ort"), max_length=100, required=False)
    district = forms.CharField(label=_("Ortsteil"), max_length=100, required=False)

    def address_out(self) -> AddressData | None:
        """The address, or None when nothing was entered."""
        names = ("street", "house_number", "postal_code", "town", "district")
        values = {name: self.cleaned_data.get(name, "") for name in names}
        return AddressData(**values) if any(values.values()) else None


class NewPersonForm(PersonForm, AddressForm):
    """A new person, with the household in which they live."""

    relation = forms.ChoiceField(label=_("Stellung im Haushalt"), choices=Relation.choices, required=False)
    unit = forms.ChoiceField(label=_("Stelle"), widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: list[tuple[UUID, str]], joins: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.initial.setdefault("unit", units[0][0] if units else None)
        if len(units) > 1:
            self.fields["unit"].widget = forms.Select(choices=units)
        if joins:
            for name in ("street", "house_number", "postal_code", "town", "district", "unit"):
                del self.fields[name]


class MoveForm(AddressForm):
    """A new address of a household."""

    source = forms.ChoiceField(label=_("Woher stammt die Anschrift?"), choices=Source.choices)
    source_date = DateField(label=_("gilt seit"))


class LeaveForm(forms.Form):
    """When somebody left a household."""

    until_on = DateField(label=_("ausgezogen am"))


class MergeForm(forms.Form):
    """Which record stays, and what it takes over from the other."""

    keep = forms.ChoiceField(
        label=_("Welche Erfassung soll bleiben?"),
        choices=[("left", ""), ("right", "")],
        widget=forms.RadioSelect(attrs={"class": "horizontal"}),
        initial="left",
    )
    take = forms.MultipleChoiceField(
        label=_("Was soll die bleibende Erfassung von der anderen übernehmen?"),
        choices=[
            ("family_name", _("Familienname")),
            ("given_names", _("Vornamen")),
            ("birth", _("Geburtsdatum")),
            ("sex", _("Geschlecht")),
            ("contact_value", _("Kontakt")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Was der bleibenden Erfassung fehlt, wird ohnehin ergänzt."),
    )

    def __init__(self, *args: Any, left: str, right: str, **kwargs: Any) -> None:
        """Name the sides: on a phone nothing stands left or right."""
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [  # type: ignore[attr-defined]
            ("left", _("{name} (links)").format(name=left)),
            ("right", _("{name} (rechts)").format(name=right)),
        ]


class ReadersForm(forms.Form):
    """Who works with a closed file."""

    open_to = forms.MultipleChoiceField(
        label=_("Wer führt die Akte?"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Nennen Sie zwei Personen, die diese Akte führen.")},
    )

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the caseworkers of the unit."""
        super().__init__(*args, **kwargs)
        self.fields["open_to"].choices = staff  # type: ignore[attr-defined]

    def clean_open_to(self) -> list[UUID]:
        """Give the ids of the accounts."""
        return [UUID(one) for one in self.cleaned_data["open_to"]]


class CloseForm(ReadersForm):
    """Why a file is closed to colleagues, and for whom it stays."""

    reason = forms.ChoiceField(label=_("Wer sucht hier Hilfe?"), choices=[], widget=forms.RadioSelect)
    field_order = ["reason", "open_to"]

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the reasons of one's own cases."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
