"""Forms of the intake room; cleaned data are the arguments of its commands."""

from stafette.intake.forms.counter import CounterForm, looked_for, slip_of, slip_query, wanted_unit
from stafette.intake.forms.lists import TalkFilter
from stafette.intake.forms.start import StartForm
from stafette.intake.forms.talk import TalkForm

__all__ = [
    "CounterForm",
    "StartForm",
    "TalkFilter",
    "TalkForm",
    "looked_for",
    "slip_of",
    "slip_query",
    "wanted_unit",
]
