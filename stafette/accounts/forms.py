"""Forms of the accounts room; cleaned_data are the arguments of the commands."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.accounts.roles import Role
from stafette.web.forms import DateField


class MembershipForm(forms.Form):
    """A colleague, a role, from when until when."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse des Kontos"), help_text=_("Das Konto legt die technische Administration an.")
    )
    role = forms.ChoiceField(label=_("Rolle"))
    starts_on = DateField(label=_("Erster Tag"))
    ends_on = DateField(
        label=_("Letzter Tag"), required=False, help_text=_("Leer lassen, wenn kein Ende feststeht.")
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a membership."""

    ends_on = DateField(label=_("Letzter Tag"))


class AbsenceForm(forms.Form):
    """Away from when until when, and who stands in; a reason is not asked for."""

    starts_on = DateField(label=_("Erster Tag"))
    ends_on = DateField(label=_("Letzter Tag"))
    deputy_id = forms.TypedChoiceField(
        label=_("Vertretung"), coerce=UUID, help_text=_("Wer vertritt, findet Offenes auf dem eigenen Tisch.")
    )

    def __init__(self, *args: Any, deputies: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((str(pk), label) for pk, label in deputies)]
        self.fields["deputy_id"].choices = choices  # type: ignore[attr-defined]


class AccountForm(forms.Form):
    """A new account."""

    email = forms.EmailField(label=_("E-Mail-Adresse"), help_text=_("Damit meldet sich die Person an."))
    label = forms.CharField(
        label=_("Anzeigename"),
        max_length=120,
        help_text=_("So erscheint sie bei Kolleginnen und Kollegen, zum Beispiel „Clearing 1“."),
    )


class AccountFilter(forms.Form):
    """Which accounts the list shows."""

    private = ("q",)  # sent by POST: no name stands in an address
    q = forms.CharField(label=_("Name oder Adresse"), required=False)
    state = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ("", _("alle")),
            ("active", _("aktiv")),
            ("locked", _("gesperrt")),
            ("idle", _("lange nicht benutzt")),
            ("left", _("verabschiedet")),
        ],
    )


class InviteForm(forms.Form):
    """How the link gets to the person."""

    by_mail = forms.BooleanField(label=_("Link auch per E-Mail senden"), required=False)


class LeavingForm(forms.Form):
    """For each unit in which something is open: who takes it over, one or several; what stays shut, if anything."""

    leaves_sealed = forms.BooleanField(
        label=_("Mir ist klar: Diese Vermerke öffnet danach niemand mehr."),
        error_messages={
            "required": _("Bestätigen Sie das, oder lassen Sie zuerst eine Vertretung benennen.")
        },
    )

    def __init__(
        self,
        *args: Any,
        units: Iterable[tuple[UUID, str, Iterable[tuple[UUID, str]], bool]],
        asks_sealed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for pk, name, people, is_needed in units:
            self.fields[f"unit_{pk}"] = _people_field(
                label=_("Wer übernimmt in „{unit}“?").format(unit=name),
                help_text=_("Mehrere Personen bekommen gleichmäßig nach dem, was sie schon haben."),
                people=people, required=is_needed,
            )  # fmt: skip
        if asks_sealed:
            self.order_fields([*(name for name in self.fields if name != "leaves_sealed"), "leaves_sealed"])
        else:
            del self.fields["leaves_sealed"]

    @property
    def successors(self) -> dict[UUID, list[UUID]]:
        """Return the chosen colleagues per unit."""
        values = {name: value for name, value in self.cleaned_data.items() if name.startswith("unit_")}
        found = {UUID(name.removeprefix("unit_")): value for name, value in values.items()}
        return {unit: people for unit, people in found.items() if people}


class HandOverForm(forms.Form):
    """Whose open things go to whom. The token is the hand-over's id: sent twice it moves nothing twice."""

    from_user_id = forms.UUIDField(label=_("Wessen Vorgänge?"), widget=forms.Select, required=False)
    kinds = forms.MultipleChoiceField(label=_("Was?"), widget=forms.CheckboxSelectMultiple)
    token = forms.UUIDField(widget=forms.HiddenInput)
    known_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        holders: Iterable[tuple[UUID, str]],
        people: Iterable[tuple[UUID, str]],
        kinds: Iterable[tuple[str, str]],
        codes: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        everybody = ("", _("von allen: die ganze Stelle neu verteilen"))
        choices = [everybody, *((str(pk), label) for pk, label in holders)]
        self.fields["from_user_id"].widget.choices = choices
        field: Any = self.fields["kinds"]
        field.choices = [
            (code, code) for code in codes
        ]  # what somebody else has moved meanwhile is no mistake
        field.widget.choices = list(kinds)
        self.fields["to_user_ids"] = _people_field(
            label=_("An wen?"),
            help_text=_("Verteilt wird gleichmäßig nach dem, was jede Person schon hat (in Klammern)."),
            people=people, required=True,
        )  # fmt: skip
        self.order_fields(["from_user_id", "kinds", "to_user_ids", "token", "known_id"])

    def clean(self) -> dict[str, Any]:
        """Whoever gives away cannot be given it."""
        data = super().clean() or {}
        if data.get("from_user_id") in (data.get("to_user_ids") or ()):
            self.add_error(
                "to_user_ids",
                _("Wer abgibt, kann nicht zugleich übernehmen. Wählen Sie jemand anderen."),
            )
        return data

    @property
    def choice(self) -> dict[str, Any]:
        """What the command takes besides who and where."""
        renamed = {"hand_over_id": self.cleaned_data["token"]}
        return renamed | {key: value for key, value in self.cleaned_data.items() if key != "token"}

    @property
    def plan(self) -> dict[str, Any]:
        """What the preview takes."""
        data = self.cleaned_data
        return {"holder": data["from_user_id"], "to": data["to_user_ids"], "codes": data["kinds"]}


def _people_field(*, people: Iterable[tuple[UUID, str]], **options: Any) -> forms.TypedMultipleChoiceField:
    choices = [(str(person), label) for person, label in people]
    return forms.TypedMultipleChoiceField(
        coerce=UUID, empty_value=[], choices=choices, widget=forms.CheckboxSelectMultiple, **options
    )


class UnitChoiceForm(forms.Form):
    """For which of one's units one works now; empty means all."""

    unit_id = forms.TypedChoiceField(label=_("Ich arbeite gerade für"), coerce=str, required=False)

    def __init__(self, *args: Any, units: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("alle meine Stellen")), *((str(pk), name) for pk, name in units)]
        self.fields["unit_id"].choices = choices  # type: ignore[attr-defined]


class LanguageForm(forms.Form):
    """The language of the interface."""

    language = forms.ChoiceField(
        label=_("Sprache der Oberfläche"), choices=[("de", _("Deutsch")), ("en", _("Englisch"))]
    )
