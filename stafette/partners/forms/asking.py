"""Who is asked, what, and what the partner answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.kernel.clock import today
from stafette.partners import words
from stafette.partners.questions import Question
from stafette.protection.wording import languages
from stafette.web.forms import DateField

Choice = tuple[str, Any]


class PartnerForm(forms.Form):
    """An organisation with its function address."""

    name = forms.CharField(label=_("Name der Einrichtung"), max_length=200)
    kind = forms.ChoiceField(label=_("Art"), choices=words.KINDS)
    email = forms.EmailField(
        label=_("Bekannte E-Mail-Adresse"),
        help_text=_("Eine Funktionsadresse, zum Beispiel die des Sekretariats. Links gehen nur dorthin."),
    )
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=60)
    language = forms.ChoiceField(label=_("Sprache der Mails"), choices=languages)
    is_public = forms.BooleanField(label=_("Öffentliche Einrichtung"), required=False)
    bound_on = DateField(
        label=_("Schriftlich auf Datenschutz verpflichtet am"),
        required=False,
        help_text=_("Ohne Verpflichtung bekommen Einrichtungen außerhalb der Verwaltung keine Angaben."),
    )
    second_channel = forms.BooleanField(
        label=_("Vor der Antwort einen Code verlangen"),
        required=False,
        help_text=_("Die Stelle nennt den Code am Telefon oder schickt ihn mit der Post."),
    )
    unit_id = forms.TypedChoiceField(
        label=_("Hat ein Konto in"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("Dann findet die Einrichtung alle Anfragen auch auf einer Seite."),
    )

    organization_id = forms.TypedChoiceField(
        label=_("Steht im Verzeichnis als"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        units: list[Choice],
        organizations: list[tuple[str, str]],
        is_new: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization_id"].choices = [("", _("steht nicht im Verzeichnis")), *organizations]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", _("kein Konto")), *units]  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["kind"]

    def clean_bound_on(self) -> Any:
        """Nobody can have signed tomorrow."""
        day = self.cleaned_data["bound_on"]
        if day is not None and day > today():
            raise forms.ValidationError(_("Dieses Datum liegt in der Zukunft."))
        return day


class RequestFilter(forms.Form):
    """What narrows the list of questions."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=words.STATE_FILTER)
    late = forms.BooleanField(label=_("nur verspätete"), required=False)


class ChoosePartnerForm(forms.Form):
    """Whom to ask; an address with the partner's id holds nothing about people."""

    partner = forms.ChoiceField(label=_("Wen möchten Sie fragen?"))

    def __init__(self, *args: Any, partners: list[tuple[str, list[Choice]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", _("Bitte wählen")), *partners]  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """What to ask, and about whom."""

    question = forms.ChoiceField(
        label=_("Was möchten Sie wissen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine Frage.")},
    )
    person_id = forms.TypedChoiceField(
        label=_("Um wen geht es?"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, *args: Any, questions: list[Choice], persons: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = questions  # type: ignore[attr-defined]
        self.fields["person_id"].choices = [("", _("den ganzen Haushalt")), *persons]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """A step on the version of the question that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CodeForm(forms.Form):
    """The code of the second channel."""

    hide_required = True
    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "st-width-s"}
        ),
    )

    def clean_code(self) -> str:
        """People read a code in groups: blanks and dashes do not count."""
        return "".join(letter for letter in self.cleaned_data["code"] if letter.isdecimal())


class AnswerForm(forms.Form):
    """One answer to tap; date, number and remark only where there is something to say."""

    answer = forms.ChoiceField(
        label=_("Ihre Antwort"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine Antwort.")},
    )
    answer_on = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    own_number = forms.CharField(
        label=_("Ihr Aktenzeichen"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Wenn Sie eines haben."),
    )
    remark = forms.CharField(
        label=_("Bemerkung"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nur wenn nötig, höchstens 300 Zeichen. Bitte keine Angaben zur Gesundheit."),
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(one.code, one.label) for one in question.answers]  # type: ignore[attr-defined]
        dated = next((one for one in question.answers if one.date_label), None)
        self.dated = dated.code if dated else ""
        if dated is None:
            del self.fields["answer_on"]
        else:
            field = self.fields["answer_on"]
            field.label = dated.date_label
            field.help_text = _("Nur bei „{answer}“.").format(answer=dated.label)

    def clean(self) -> dict[str, Any]:
        """The answer that is about a day needs the day."""
        values: dict[str, Any] = super().clean() or {}
        lacks_day = values.get("answer") == self.dated and not values.get("answer_on")
        if self.dated and lacks_day and "answer_on" not in self.errors:
            self.add_error("answer_on", _("Bitte geben Sie das Datum an."))
        return values


class NewLinkForm(forms.Form):
    """The number of a question, as it stands in the mail."""

    hide_required = True
    number = forms.CharField(
        label=_("Nummer der Anfrage"),
        max_length=40,
        help_text=_("Sie steht in der Mail, zum Beispiel ORT-CL-2026-00012."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
