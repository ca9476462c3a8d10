"""The room referrals as a Django app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Übergaben."""

    name = "stafette.referrals"
    label = "referrals"
    verbose_name = "Übergaben"
