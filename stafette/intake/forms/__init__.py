"""Forms of the intake room; cleaned data are the arguments of its commands."""

from stafette.intake.forms.contacts import ContactForm
from stafette.intake.forms.lists import TalkFilter
from stafette.intake.forms.start import StartForm
from stafette.intake.forms.talk import TalkForm

__all__ = ["ContactForm", "StartForm", "TalkFilter", "TalkForm"]
