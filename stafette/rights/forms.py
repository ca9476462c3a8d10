"""Plain forms; cleaned_data are the arguments of the commands."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import today
from stafette.rights import fields, words
from stafette.web.forms import DateField
from stafette.web.sheets import LANGUAGES

Choice = tuple[str, Any]


def _uuids(values: list[str]) -> list[UUID]:
    return [UUID(value) for value in values]


class RequestFilter(forms.Form):
    """What narrows the list of requests."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=words.STATE_FILTER)
    kind = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("alle")), *words.KINDS])
    late = forms.BooleanField(label=_("nur nach Fristende"), required=False)


class TakeInForm(forms.Form):
    """What somebody asks for; `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    unit_id = forms.TypedChoiceField(label=_("Stelle"), coerce=UUID)
    person_id = forms.TypedChoiceField(
        label=_("Wer stellt den Antrag?"),
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    asker = forms.CharField(label=_("Name der Person"), required=False, max_length=200)
    born = forms.CharField(label=_("Geburtsdatum"), required=False, max_length=40)
    kind = forms.ChoiceField(
        label=_("Worum geht es?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, worum es geht.")},
    )
    received_on = DateField(label=_("Eingegangen am"), help_text=_("Ab diesem Tag läuft der Monat."))
    channel = forms.ChoiceField(label=_("Wie kam der Antrag?"), choices=words.CHANNELS)
    identity = forms.ChoiceField(
        label=_("Wie wurde die Identität geprüft?"),
        required=False,
        choices=words.IDENTITIES,
        help_text=_("Bitte keine Kopie des Ausweises aufheben."),
    )
    contact = forms.CharField(
        label=_("Wie bekommt die Person die Antwort?"), required=False, max_length=300,
        help_text=_("Zum Beispiel: abholen am Schalter, Brief an die bekannte Anschrift."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Sprache der Antwort"), choices=list(LANGUAGES.items()))
    wish = forms.CharField(
        label=_("Was die Person möchte, in ihren Worten"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, units: list[Choice], persons: list[Choice], **kwargs: Any) -> None:
        first = {"key": uuid4(), "received_on": today(), "channel": "counter"}
        kwargs["initial"] = first | (kwargs.get("initial") or {})
        if len(units) == 1:
            kwargs["initial"]["unit_id"] = units[0][0]
        if len(persons) == 1:
            kwargs["initial"]["person_id"] = persons[0][0]
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit_id"].widget = forms.HiddenInput()
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, f"{label}: {words.HINTS[code]}") for code, label in words.KINDS
        ]
        if persons:
            self.fields["person_id"].choices = persons  # type: ignore[attr-defined]
            self.fields["person_id"].required = True
            del self.fields["asker"], self.fields["born"]
        else:
            del self.fields["person_id"]
            self.fields["asker"].required = True


class VersionForm(forms.Form):
    """A step on the version of the request that the page showed."""

    hide_required = True
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class IdentifyForm(VersionForm):
    """Who asks, how that was made sure, and whom in one's own books that is."""

    identity = forms.ChoiceField(label=_("Wie wurde die Identität geprüft?"), choices=words.CHECKED)
    person_id = forms.TypedChoiceField(
        label=_("Wer ist das in unseren Daten?"),
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, persons: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = [  # type: ignore[attr-defined]
            *persons,
            ("", _("niemand davon, die Person ist uns nicht bekannt")),
        ]


class AnswerForm(VersionForm):
    """Given in full, or in part with the reason of the law."""

    answer = forms.ChoiceField(
        label=_("Was hat die Person bekommen?"),
        choices=[("full", _("alles, was hier gespeichert ist")), ("partly", _("einen Teil"))],
        widget=forms.RadioSelect,
        initial="full",
    )
    reason = forms.ChoiceField(label=_("Grund, wenn ein Teil fehlt"), required=False)

    def __init__(self, *args: Any, reasons: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "–"), *reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A part that is missing has a reason."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("answer") == "partly" and not values.get("reason"):
            self.add_error("reason", _("Bitte wählen Sie den Grund."))
        if values.get("answer") == "full":
            values["reason"] = ""
        return values


class RefuseForm(VersionForm):
    """The reason of the law."""

    reason = forms.ChoiceField(
        label=_("Grund des Gesetzes"),
        help_text=_("Sagen Sie der Person den Grund, und dass sie sich bei der Aufsicht beschweren kann."),
    )

    def __init__(self, *args: Any, reasons: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", _("Bitte wählen")), *reasons]  # type: ignore[attr-defined]


class ExtendForm(VersionForm):
    """Why it takes longer, and when the person was told."""

    reason = forms.ChoiceField(label=_("Warum dauert es länger?"))
    told_on = DateField(
        label=_("Der Person gesagt am"),
        help_text=_("Im ersten Monat, mit Begründung (Art. 12 Abs. 3 DSGVO)."),
    )

    def __init__(self, *args: Any, reasons: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]


class PassOnForm(VersionForm):
    """To which units, and whether one's own answers as well."""

    unit_ids = forms.MultipleChoiceField(
        label=_("Wohin gehört der Antrag?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Es geht nur mit, was die Person für diesen Antrag angegeben hat."),
        error_messages={"required": _("Wählen Sie mindestens eine Stelle.")},
    )
    stays = forms.BooleanField(
        label=_("Der Antrag betrifft auch uns, wir antworten selbst dazu"), required=False
    )

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_ids"].choices = units  # type: ignore[attr-defined]

    def clean_unit_ids(self) -> list[UUID]:
        """Ids, as the command wants them."""
        return _uuids(self.cleaned_data["unit_ids"])


class GiveForm(VersionForm):
    """Who answers from now on."""

    user_id = forms.TypedChoiceField(label=_("An wen?"), coerce=UUID)

    def __init__(self, *args: Any, colleagues: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = colleagues  # type: ignore[attr-defined]


class CorrectForm(VersionForm):
    """Which fact, and how it ought to be."""

    field = forms.ChoiceField(label=_("Was ist falsch?"), choices=list(fields.FIELDS.items()))
    value = forms.CharField(label=_("Richtig ist"), max_length=300)


class ContestForm(VersionForm):
    """Which facts are contested."""

    fields_ = forms.MultipleChoiceField(
        label=_("Was wird bestritten?"),
        choices=list(fields.DISPUTABLE.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens eine Angabe.")},
    )

    def clean(self) -> dict[str, Any]:
        """Name it as the command does; a form has an attribute `fields` of its own."""
        values: dict[str, Any] = super().clean() or {}
        if "fields_" in values:
            values["fields"] = values.pop("fields_")
        return values


class RestrictForm(VersionForm):
    """On which ground, and who besides oneself keeps the file."""

    ground = forms.ChoiceField(label=_("Warum?"), choices=words.GROUNDS, widget=forms.RadioSelect)
    open_to = forms.MultipleChoiceField(
        label=_("Wer führt die eingeschränkte Akte?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Für alle anderen in der Stelle gibt es die Akte nicht mehr."),
    )

    def __init__(self, *args: Any, colleagues: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["open_to"].choices = colleagues  # type: ignore[attr-defined]

    def clean_open_to(self) -> list[UUID]:
        """Ids, as the command wants them."""
        return _uuids(self.cleaned_data["open_to"])


class KeepForm(VersionForm):
    """Which duty stands against erasure, and who keeps the restricted file."""

    reason = forms.ChoiceField(label=_("Warum müssen die Daten bleiben?"))
    open_to = forms.MultipleChoiceField(
        label=_("Wer führt die eingeschränkte Akte?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, reasons: list[Choice], colleagues: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
        self.fields["open_to"].choices = colleagues  # type: ignore[attr-defined]

    def clean_open_to(self) -> list[UUID]:
        """Ids, as the command wants them."""
        return _uuids(self.cleaned_data["open_to"])


class EraseForm(VersionForm):
    """The person alone, or the whole household where every other adult agreed."""

    whole = forms.TypedChoiceField(
        label=_("Was wird gelöscht?"),
        coerce=lambda value: value == "1",
        choices=[("0", _("nur diese Person")), ("1", _("der ganze Haushalt"))],
        widget=forms.RadioSelect,
        initial="0",
    )
    agreed = forms.MultipleChoiceField(
        label=_("Diese Erwachsenen haben selbst zugestimmt"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nur nötig, wenn der ganze Haushalt gelöscht wird. Jede Person stimmt für sich zu."),
    )

    def __init__(self, *args: Any, adults: list[Choice], alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alone:
            del self.fields["whole"], self.fields["agreed"]
            return
        self.fields["agreed"].choices = adults  # type: ignore[attr-defined]
        if not adults:
            del self.fields["agreed"]

    def clean_agreed(self) -> list[UUID]:
        """Ids, as the command wants them."""
        return _uuids(self.cleaned_data["agreed"])


class TakeProposalForm(VersionForm):
    """Which person of the household is meant."""

    person_id = forms.TypedChoiceField(label=_("Wer ist gemeint?"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, persons: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = persons  # type: ignore[attr-defined]
