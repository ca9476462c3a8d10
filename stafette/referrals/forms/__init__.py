"""Plain forms; cleaned_data are the arguments of the commands."""

from stafette.referrals.forms.deciding import (
    ConsentForm,
    DismissForm,
    OnceForm,
    PrepareForm,
    SignpostForm,
)
from stafette.referrals.forms.filters import (
    ListFilter,
    ServiceFilter,
    list_filter,
)
from stafette.referrals.forms.moving import (
    ExtendForm,
    MoveDateForm,
    PauseForm,
    SuspendForm,
)
from stafette.referrals.forms.steps import (
    AttemptForm,
    CheckForm,
    CloseForm,
    CorrectContactForm,
    CorrectForm,
    CorrectOutcomeForm,
    CorrectReasonForm,
    DeclineForm,
    ForwardForm,
    OfferLeadForm,
    ReachForm,
    ReopenForm,
    ReturnForm,
    StepForm,
)

__all__ = [
    "AttemptForm",
    "CheckForm",
    "CloseForm",
    "ConsentForm",
    "CorrectContactForm",
    "CorrectForm",
    "CorrectOutcomeForm",
    "CorrectReasonForm",
    "DeclineForm",
    "DismissForm",
    "ExtendForm",
    "ForwardForm",
    "ListFilter",
    "MoveDateForm",
    "OfferLeadForm",
    "OnceForm",
    "PauseForm",
    "PrepareForm",
    "ReachForm",
    "ReopenForm",
    "ReturnForm",
    "ServiceFilter",
    "SignpostForm",
    "StepForm",
    "SuspendForm",
    "list_filter",
]
