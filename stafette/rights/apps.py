"""The room rights as a Django app."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """The rights of the person: each request with its clock, answered by the unit that holds the data."""

    name = "stafette.rights"
    label = "rights"
    verbose_name = "Rechte der Betroffenen"
