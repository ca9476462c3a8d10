"""Instead of a cookie: a signed time tells that somebody opened the form a while ago, and not too long."""

from __future__ import annotations

from django.core import signing

from stafette.kernel.clock import now

SALT = "stafette.portal.feedback"
SOONEST, LATEST = 3, 12 * 3600  # seconds between opening the form and sending it


def proof() -> str:
    """The time of now, signed."""
    return signing.Signer(salt=SALT).sign(str(int(now().timestamp())))


def proves(value: str) -> bool:
    """Whether a person may have sent this: opened here, not in the same moment, not yesterday."""
    try:
        opened = int(signing.Signer(salt=SALT).unsign(value))
    except (signing.BadSignature, ValueError):
        return False
    return SOONEST <= now().timestamp() - opened <= LATEST
