"""Plain forms of the directory."""

from stafette.directory.forms.entries import LocationForm, OrganizationForm
from stafette.directory.forms.lists import LANGUAGES, OrganizationFilter, PlaceFilter, ServiceFilter
from stafette.directory.forms.services import ServiceForm
from stafette.directory.forms.steps import WORDS, ReasonForm, RoomForm, StatusForm, TextForm, UploadForm

__all__ = [
    "LANGUAGES",
    "WORDS",
    "LocationForm",
    "OrganizationFilter",
    "OrganizationForm",
    "PlaceFilter",
    "ReasonForm",
    "RoomForm",
    "ServiceFilter",
    "ServiceForm",
    "StatusForm",
    "TextForm",
    "UploadForm",
]
