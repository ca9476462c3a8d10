"""How a mail is shown to those who may read it: links that open something by themselves are covered."""

import re

from django.conf import settings

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_:.~-]{20,}(?=[/\s?#]|$)")
COVER = "••••••"


def readable(body: str) -> str:
    """Cover what could be a partner's key: any long part of a link that is no id of ours. The demo shows it.

    A colleague who reads the outbox could otherwise answer in the partner's place.
    """
    if settings.DEMO:
        return body
    return re.sub(r"(?<=://)[^/\s]+/\S*", lambda found: _SECRET.sub(_cover, found[0]), body)


def _cover(found: re.Match[str]) -> str:
    return found[0] if _UUID.fullmatch(found[0]) else COVER
