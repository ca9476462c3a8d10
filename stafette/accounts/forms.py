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
    """For each unit in which something is open: who takes it over."""

    def __init__(
        self, *args: Any, units: Iterable[tuple[UUID, str, Iterable[tuple[UUID, str]], bool]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for pk, name, people, is_needed in units:
            self.fields[f"unit_{pk}"] = forms.TypedChoiceField(
                label=_("Nachfolge in „{unit}“").format(unit=name),
                coerce=UUID, empty_value=None, required=is_needed,
                choices=[("", "–"), *((str(person), label) for person, label in people)],
            )  # fmt: skip

    @property
    def successors(self) -> dict[UUID, UUID]:
        """Return the chosen colleague per unit."""
        found = {UUID(name.removeprefix("unit_")): value for name, value in self.cleaned_data.items()}
        return {unit: person for unit, person in found.items() if person}


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
