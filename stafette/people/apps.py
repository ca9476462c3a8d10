"""The room people as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Personen."""

    name = "stafette.people"
    label = "people"
    verbose_name = "Personen"
