"""What a provider says about its entries; what no form says stays as it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stafette.directory.words import LANGUAGES
from stafette.upkeep.numbers import is_dialable

MOST_LINES = 20
ROOMS = [("open", _("ja")), ("waiting", _("nur auf die Warteliste")), ("full", _("nein, zurzeit nicht"))]


class SameText(forms.CharField):
    """A text that counts as changed only when its words are different, not its line ends."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the words."""
        return str(initial or "").split() != str(data or "").split()


class RoomForm(forms.Form):
    """Whether there is room; it holds at once."""

    hide_required = True
    room = forms.ChoiceField(
        label=_("Nehmen Sie zurzeit neue Menschen auf?"), choices=ROOMS, widget=forms.RadioSelect
    )
    waiting_weeks = forms.IntegerField(
        label=_("Wartezeit in Wochen"), required=False, min_value=0, max_value=260,
        help_text=_("Nur bei einer Warteliste."),
    )  # fmt: skip
    available = forms.IntegerField(
        label=_("Freie Plätze"), required=False, min_value=0, max_value=100_000,
        help_text=_("Wenn Sie Plätze zählen."),
    )  # fmt: skip


class ChangeForm(forms.Form):
    """What has changed, as the provider would say it; `changes` holds only that."""

    hide_required = True
    hours = SameText(
        label=_("Öffnungszeiten"), required=False, max_length=300,
        help_text=_("Zum Beispiel: Mo–Do 9–12 und 13–16 Uhr, Fr 9–12 Uhr"),
    )  # fmt: skip
    phone = SameText(label=_("Telefon"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-Mail"), required=False, max_length=254)
    website = forms.URLField(label=_("Seite im Netz"), required=False, max_length=200, assume_scheme="https")
    address = SameText(label=_("Anschrift"), required=False, max_length=200)
    languages = forms.MultipleChoiceField(
        label=_("Sprachen, in denen Sie beraten"), required=False, widget=forms.CheckboxSelectMultiple
    )
    documents = SameText(
        label=_("Mitzubringen"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Jede Unterlage in eine eigene Zeile."),
    )  # fmt: skip
    fees = SameText(label=_("Kosten"), required=False, max_length=400)
    description = SameText(
        label=_("Beschreibung"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    note = forms.CharField(
        label=_("Was sollen wir noch wissen?"), required=False, max_length=180,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Bitte keine Angaben zu Ratsuchenden."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        common = (
            "de",
            "ls",
            "dgs",
            "en",
            "bg",
            "ro",
            "pl",
            "uk",
            "ru",
            "tr",
            "ar",
            "fa",
            "ku",
            "fr",
            "es",
            "vi",
        )
        codes = dict.fromkeys([*common, *self.initial.get("languages", [])])
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, LANGUAGES.get(code, code)) for code in codes]

    @property
    def changes(self) -> dict[str, Any]:
        """The fields that say something else than the entry does now."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def clean_phone(self) -> str:
        """A new number must be one that can be dialled; the old one may stand as it stood."""
        number = " ".join(self.cleaned_data["phone"].split())
        if number and number != self.initial.get("phone") and not is_dialable(number):
            raise ValidationError(
                _("Diese Rufnummer lässt sich nicht wählen. Bitte prüfen Sie Vorwahl und Nummer.")
            )
        return number

    def clean_languages(self) -> tuple[str, ...]:
        """Codes in their order."""
        return tuple(self.cleaned_data["languages"])

    def clean_documents(self) -> list[str]:
        """One paper a line."""
        lines = [" ".join(line.split())[:300] for line in self.cleaned_data["documents"].splitlines()]
        return [line for line in lines if line][:MOST_LINES]

    def clean(self) -> dict[str, Any]:
        """Something must be different, else there is nothing to look at for the editors."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.changed_data:
            raise ValidationError(
                _(
                    "Sie haben nichts geändert. Stimmt alles, drücken Sie bitte auf der Seite davor „Stimmt noch“."
                )
            )
        return values


class NewForm(ChangeForm):
    """A service that is not in the directory yet."""

    hide_required = False
    name = forms.CharField(label=_("Name des Angebots"), max_length=200)
    summary = forms.CharField(
        label=_("Wofür ist es da?"), max_length=400, help_text=_("Ein Satz, den alle verstehen.")
    )
    field_order = ("name", "summary")


class AddressForm(forms.Form):
    """To which address a new link should go, if it stands in an entry."""

    hide_required = True
    email = forms.EmailField(
        label=_("E-Mail-Adresse Ihrer Einrichtung"), max_length=254,
        help_text=_("So wie sie im Verzeichnis steht."),
    )  # fmt: skip
