"""Choices of the forms, so that forms and views hold no model."""

from django.utils.translation import gettext_lazy as _

from stafette.properties.models import Hint

INDICATIONS = Hint.Indication.choices
RESULTS = Hint.Result.choices
STATE_FILTER = [("", _("alle offenen")), *Hint.State.choices, ("all", _("alle"))]
