"""Fields that several forms of the directory share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

LIVE = {
    "hx-post": reverse_lazy("directory:hours"),
    "hx-trigger": "change, keyup changed delay:600ms",
    "hx-target": "next .st-hours-preview",
    "hx-swap": "innerHTML",
}


class CodeField(forms.CharField):
    """One of many entries {code: name}: takes the name or the code, gives the code; the page holds one list for all."""

    takes_no_text = True
    default_error_messages = {
        "unknown": _("„%(value)s“ steht nicht im Verzeichnis. Wählen Sie einen Vorschlag aus."),
    }

    def __init__(self, *, list_id: str, **kwargs: Any) -> None:
        attrs = {"list": list_id, "autocomplete": "off"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), **kwargs})
        self.names: Mapping[str, str] = {}

    def prepare_value(self, value: Any) -> Any:
        """Show the name of a code."""
        return self.names.get(str(value), value)

    def to_python(self, value: Any) -> str:
        """Find the code, whatever the case of the letters."""
        text = str(super().to_python(value) or "").strip()
        if not text or text in self.names:
            return text
        found = next((code for code, name in self.names.items() if name.casefold() == text.casefold()), None)
        if found is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"value": text})
        return found


class HoursField(forms.CharField):
    """Opening hours as people write them, with a preview while one types."""

    takes_no_text = True

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2, **LIVE})
        super().__init__(**{"required": False, "widget": widget, "max_length": 600, **kwargs})

    def to_python(self, value: Any) -> str:
        """Browsers send line ends in two characters."""
        return str(super().to_python(value) or "").replace("\r\n", "\n").strip()


class PhoneField(forms.CharField):
    """A number as it is printed: 0341 123-45, +49 …; letters are a mistake."""

    takes_no_text = True

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 60, "widget": widget, **kwargs})

    def validate(self, value: str) -> None:
        """Ask for digits; how they are grouped is everybody's own business."""
        super().validate(value)
        if value and not (re.fullmatch(r"[+\d\s()/.\-–]+", value) and len(re.sub(r"\D", "", value)) >= 3):
            raise ValidationError(_("Geben Sie nur die Nummer ein, zum Beispiel 0341 23125 001."))


class CodesField(forms.MultipleChoiceField):
    """Several codes to tick; codes that an entry has and the list does not stay choosable."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.CheckboxSelectMultiple, **kwargs})

    def keep(self, known: Any) -> None:
        """Offer what the entry has already, too."""
        choices: list[tuple[Any, Any]] = list(self.choices)  # type: ignore[arg-type]
        offered = {str(code) for code, _word in choices}
        self.choices = [*choices, *((one, one) for one in known if str(one) not in offered)]
