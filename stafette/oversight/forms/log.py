"""How the log is narrowed down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.audit.wording import KINDS, word_for
from stafette.web.forms import DateField


class EventFilter(forms.Form):
    """Kind and period."""

    hide_required = True
    kind = forms.ChoiceField(label=_("Art"), required=False)
    since = DateField(label=_("Von"), required=False)
    until = DateField(label=_("Bis"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = sorted(((kind, word_for(kind)) for kind in KINDS), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", _("alle")), *kinds]  # type: ignore[attr-defined]
