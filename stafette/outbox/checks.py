"""What `stafette check --deploy` says about mail: links that lead nowhere, and an address nobody may answer to."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

HERE = {"127.0.0.1", "localhost", "::1", None}


@register(Tags.urls, deploy=True)
def mails_lead_somewhere(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn while links and sender still are those of the demo."""
    found: list[CheckMessage] = []
    if urlsplit(settings.STAFETTE_URL).hostname in HERE:
        hint = "STAFETTE_URL=https://stafette.stadt.example"
        found.append(Warning("Links in Mails führen nicht zu diesem Server.", hint=hint, id="outbox.W001"))
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        hint = "STAFETTE_MAIL_FROM='Stafette <stafette@stadt.example>'"
        found.append(Warning("Mails haben keinen gültigen Absender.", hint=hint, id="outbox.W002"))
    return found
