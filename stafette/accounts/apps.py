"""The accounts room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Authorities, units, staff."""

    name = "stafette.accounts"
    label = "accounts"
    verbose_name = "Stellen und Konten"
