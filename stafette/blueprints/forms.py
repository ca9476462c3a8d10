"""A blueprint as a file to be checked, and as the text that was checked and is to be applied."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 1024 * 1024


class UploadForm(forms.Form):
    """A file in TOML."""

    file = forms.FileField(label=_("Datei der Blaupause"), help_text=_("Eine TOML-Datei, höchstens 1 MB."))

    def clean_file(self) -> str:
        """Return the text of the file."""
        file: Any = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                _("Die Datei ist größer als 1 MB. Eine Blaupause ist ein Text; prüfen Sie die Auswahl.")
            )
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValidationError(
                _("Die Datei ist kein Text in UTF-8. Speichern Sie sie als UTF-8.")
            ) from error


class ApplyForm(forms.Form):
    """The text as it was checked a moment ago; browsers send line ends as CR LF."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=MAX_BYTES)

    def clean_text(self) -> str:
        """Bring line ends back to those of the file."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
