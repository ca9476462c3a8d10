"""The room materials as a Django app."""

from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    """Infoblätter."""

    name = "stafette.materials"
    label = "materials"
    verbose_name = "Infoblätter"
