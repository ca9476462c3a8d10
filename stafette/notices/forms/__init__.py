"""Plain forms of the notices room; cleaned_data are the arguments of the commands."""

from stafette.notices.forms.child import (
    ChildFilter,
    ConsultationForm,
    FeedbackForm,
    HelpForm,
    LeaveForm,
    ObservedForm,
    SendForm,
    TalkForm,
)
from stafette.notices.forms.glass import GlassFilter, OpenGlassForm, ReviewForm
from stafette.notices.forms.outbound import DraftForm, OutboundFilter, RejectForm, StepForm

__all__ = [
    "ChildFilter",
    "ConsultationForm",
    "DraftForm",
    "FeedbackForm",
    "GlassFilter",
    "HelpForm",
    "LeaveForm",
    "ObservedForm",
    "OpenGlassForm",
    "OutboundFilter",
    "RejectForm",
    "ReviewForm",
    "SendForm",
    "StepForm",
    "TalkForm",
]
