"""The room notices as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices to the youth office (§ 4 KKG) and to the foreigners' authority (§ 87 AufenthG)."""

    name = "stafette.notices"
    label = "notices"
    verbose_name = "Mitteilungen"
