"""Choices that the forms of this room offer."""

from stafette.protection.models import Consent
from stafette.web.sheets import LANGUAGES

FORMS = Consent.Form.choices
SAID_BY = Consent.SaidBy.choices
LANGUAGE_CHOICES = list(LANGUAGES.items())
