"""Fields that take an answer, "nicht gefragt" or "keine Angabe", and words in two languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from stafette.intake.definition import Option, Question
from stafette.intake.definition.schema import Words, worded

DECLINED = "-declined-"


def both(words: Words, language: str) -> str:
    """Put the words in the person's language beside the German ones, marked for screen readers."""
    other = worded(words, language)
    if other == words["de"]:
        return words["de"]
    return format_html('{} <span lang="{}" class="st-other">{}</span>', words["de"], language, other)


def both_plain(words: Words, language: str) -> str:
    """The same for a menu, which takes no markup."""
    other = worded(words, language)
    return words["de"] if other == words["de"] else f"{words['de']} · {other}"


def choices(options: Iterable[Option], language: str, *, plain: bool = False) -> list[tuple[str, str]]:
    """Turn options into choices with both wordings."""
    return [(option.code, (both_plain if plain else both)(option.words, language)) for option in options]


class NumberField(forms.CharField):
    """A number as people type it: 48, 48,5 or 48.5; within the question's limits."""

    takes_no_text = True

    def __init__(self, *, question: Question, **options: Any) -> None:
        self.question = question
        super().__init__(
            **{"widget": forms.TextInput(attrs={"inputmode": "decimal", "class": "st-width-s"}), **options}
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number with a comma."""
        return f"{value:g}".replace(".", ",") if isinstance(value, int | float) else value

    def to_python(self, value: Any) -> Any:
        """Return int or float, or None when left empty."""
        text = str(super().to_python(value) or "").removesuffix(self.question.unit).strip()
        if not text:
            return None
        try:
            number = float(text.replace(" ", "").replace(",", "."))
        except ValueError as error:
            raise ValidationError(
                _("Geben Sie eine Zahl ein, zum Beispiel 48 oder 48,5."), code="invalid"
            ) from error
        self._require_limits(number)
        return int(number) if number == int(number) else number

    def _require_limits(self, number: float) -> None:
        least, most = self.question.least, self.question.most
        if number < least:
            raise ValidationError(_("Die Zahl muss mindestens %(least)s sein."), params={"least": least})
        if most is not None and not number <= most:
            raise ValidationError(_("Die Zahl darf höchstens %(most)s sein."), params={"most": most})


class SeveralField(forms.MultipleChoiceField):
    """Several answers, or "keine Angabe" alone."""

    default_error_messages = {"both": _("Wählen Sie entweder Antworten oder „keine Angabe“.")}

    def clean(self, value: Any) -> list[str]:
        """Return the chosen codes."""
        found: list[str] = super().clean(value)
        if DECLINED in found and len(found) > 1:
            raise ValidationError(self.error_messages["both"], code="both")
        return found
