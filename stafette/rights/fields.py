"""Facts of a person that can be corrected or contested by request: their words, and with which category they travel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput
from stafette.people.birthdates import parse_birth_date
from stafette.people.data import PersonData
from stafette.protection.data import Category

BIRTH = "birth"
FIELDS: dict[str, Any] = {
    "given_names": gettext_lazy("Vornamen"),
    "family_name": gettext_lazy("Familienname"),
    "former_names": gettext_lazy("Frühere und andere Namen"),
    "patronymic": gettext_lazy("Vatersname"),
    "original_script": gettext_lazy("Name in Originalschrift"),
    BIRTH: gettext_lazy("Geburtsdatum"),
    "contact_value": gettext_lazy("Nummer oder Adresse für den Kontakt"),
}
DISPUTABLE: dict[str, Any] = {
    **FIELDS,
    "sex": gettext_lazy("Geschlecht"),
    "nationalities": gettext_lazy("Staatsangehörigkeiten"),
    "contact_language": gettext_lazy("Sprache für den Kontakt"),
}
TRAVELS_WITH = dict.fromkeys(FIELDS, Category.CORE) | {"contact_value": Category.CONTACT}


def changed(data: PersonData, field: str, value: str) -> PersonData:
    """Return the person with one fact as it ought to be; BadInput where that is no such fact."""
    if field not in FIELDS:
        raise BadInput(_("Wählen Sie aus der Liste, welche Angabe berichtigt wird."))
    text = " ".join(value.split())
    if field == BIRTH:
        birth = parse_birth_date(text, on=today())
        if birth is None:
            raise BadInput(_("Geben Sie das Geburtsdatum als Tag.Monat.Jahr ein, zum Beispiel 1.2.1985."))
        return replace(data, birth=birth)
    named: dict[str, Any] = {field: text}
    return replace(data, **named)


def value_of(data: PersonData, field: str) -> str:
    """Return a fact as text."""
    return str(getattr(data, field))


def word(field: str) -> str:
    """The German word for a fact."""
    return str(DISPUTABLE.get(field, field))
