"""One spammer must not silence the town: so many hints a day from one corner of the internet, and no address kept.

Readers are told that nothing of their address is left after two minutes. So what is counted for a day is no address,
but one of a thousand drawers into which a keyed digest puts all addresses of the world, drawn anew each day: millions
share one, and nobody can be found in it.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from stafette.kernel.clock import today
from stafette.web.ratelimit import count_up

DRAWERS = 1024
PER_DRAWER = 30  # hints a day; a house full of people behind one connection may need more than one
KEPT = 24 * 60 * 60  # seconds; the worker deletes what has run out (web/ratelimit.py)
HOUSEHOLD = 64  # bits of an IPv6 address that one connection has; it may use all others as it likes


def may_send(request: HttpRequest) -> bool:
    """Count one more hint from this corner; False where the day is full there."""
    key = f"feedback:{today():%Y%m%d}:{_drawer(str(get_adapter().get_client_ip(request)))}"
    return count_up(key, kept=KEPT) <= PER_DRAWER


def _drawer(address: str) -> int:
    digest = salted_hmac(
        "stafette.portal.brake", f"{today():%Y%m%d}:{_connection(address)}", algorithm="sha256"
    ).digest()
    return int.from_bytes(digest[:4]) % DRAWERS


def _connection(address: str) -> str:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:  # behind a socket without a proxy that tells: all are one
        return ""
    found = getattr(found, "ipv4_mapped", None) or found  # as a socket for both kinds tells an IPv4 address
    return str(ip_network(f"{found}/{HOUSEHOLD}", strict=False)) if found.version == 6 else str(found)
