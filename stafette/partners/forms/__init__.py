"""Plain forms; cleaned_data are the arguments of the commands."""

from stafette.partners.forms.agreements import AgreementForm, DeskTimeForm, NewAgreementForm
from stafette.partners.forms.asking import (
    AnswerForm,
    AskForm,
    ChoosePartnerForm,
    CodeForm,
    NewLinkForm,
    PartnerForm,
    RequestFilter,
    StepForm,
)

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "AskForm",
    "ChoosePartnerForm",
    "CodeForm",
    "DeskTimeForm",
    "NewAgreementForm",
    "NewLinkForm",
    "PartnerForm",
    "RequestFilter",
    "StepForm",
]
