"""Is there a page behind a web address? Asked from inside a town's network, so with care.

Only http and https on their own ports, only addresses of the public internet: a name is resolved once, each address
it stands for is looked at, and the connection goes to just the one that was looked at. So no entry, and no redirect,
can make this server ask its own neighbours (SSRF), nor by changing its mind between two look-ups. Nothing is read of
what comes back but its status.

A server may answer a byte every few seconds, or "wait" for ever: each link has a time for everything together, hops
and second looks included. (Only the look-up of the name keeps to the resolver's own time.)
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from functools import partial
from ipaddress import ip_address, ip_network
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

OK = "ok"
TIMEOUT = 10  # seconds without a byte
SECONDS = 25  # for one link, whatever it answers
MOST_HOPS = 5
PORTS = {"http": 80, "https": 443}
# It answers, only not to programs: 403 and the like are no reason to call anybody.
SHY = {401, 403, 405, 406, 407, 429, 451}
NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address, perhaps one of the house
HEADERS = {"User-Agent": "Stafette link check", "Accept": "text/html,*/*;q=0.5"}


class Unreachable(Exception):
    """Why there is no page, as a short code."""


def check(url: str, seconds: float = SECONDS) -> str:
    """Return OK, or the code of what went wrong: a status, or scheme, private, dns, timeout, tls, refused, loop."""
    try:
        return _follow(url, monotonic() + seconds)
    except Unreachable as error:
        return str(error)
    except TimeoutError:
        return "timeout"
    except ssl.SSLError:
        return "tls"
    except (OSError, http.client.HTTPException, ValueError):
        return "refused"


def _follow(url: str, until: float) -> str:
    for _hop in range(MOST_HOPS + 1):
        status, target = _ask(url, "HEAD", until)
        if status >= 400:
            status, target = _ask(url, "GET", until)
        if status in (301, 302, 303, 307, 308) and target:
            url = urljoin(url, target)
            continue
        return OK if status < 400 or status in SHY else str(status)
    raise Unreachable("loop")


def _ask(url: str, method: str, until: float) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = _connection(parts, until)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, _quoted(path), headers=HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def _quoted(path: str) -> str:
    """Umlauts in a path as the wire wants them; what is quoted already stays."""
    return path.encode().decode("ascii", "replace") if path.isascii() else _percent(path)


def _percent(path: str) -> str:
    return "".join(one if one.isascii() else "".join(f"%{byte:02X}" for byte in one.encode()) for one in path)


def _connection(parts: SplitResult, until: float) -> http.client.HTTPConnection:
    if parts.scheme not in PORTS or not parts.hostname:
        raise Unreachable("scheme")
    port = parts.port or PORTS[parts.scheme]
    if not is_open_port(parts.scheme, port):
        raise Unreachable("scheme")
    try:
        host = parts.hostname.encode("idna").decode()
    except UnicodeError as error:
        raise Unreachable("dns") from error
    kind = PinnedTls if parts.scheme == "https" else Pinned
    return kind(host, port, public_address(host, port), until)


def is_open_port(scheme: str, port: int) -> bool:
    """Only the port that the scheme is for."""
    return port == PORTS[scheme]


def public_address(host: str, port: int) -> str:
    """The first address of a host, when all that it stands for are in the public internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable("dns") from error
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(map(is_public, addresses)):
        raise Unreachable("private")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet: no house, no machine, no test network, no multicast."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if found in NAT64:
        mapped = ip_address(int(found) & 0xFFFFFFFF)
    return found.is_global and not found.is_multicast and (mapped is None or is_public(str(mapped)))


def _left(until: float) -> float:
    """Seconds for the next step; TimeoutError where all are gone."""
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, TIMEOUT)


class TimedBytes(io.RawIOBase):
    """What comes from a socket, as long as there is time: each byte may take what the ones before have left."""

    def __init__(self, source: socket.socket, until: float) -> None:
        self.source, self.until = source, until

    def readable(self) -> bool:
        """For the buffer around it."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for the next bytes."""
        self.source.settimeout(_left(self.until))
        return self.source.recv_into(buffer)


class TimedAnswer(http.client.HTTPResponse):
    """An answer that must have come by then, status and head together."""

    def __init__(self, sock: socket.socket, *args: Any, until: float, **facts: Any) -> None:
        super().__init__(sock, *args, **facts)
        self.fp.close()
        self.fp = io.BufferedReader(TimedBytes(sock, until))


class Pinned(http.client.HTTPConnection):
    """A connection to the one address that was looked at, whatever the name stands for by now."""

    def __init__(self, host: str, port: int, address: str, until: float) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.address, self.until = address, until
        self.response_class = partial(TimedAnswer, until=until)  # type: ignore[assignment]

    def connect(self) -> None:
        """Go to the address, not to the name."""
        self.sock = socket.create_connection((self.address, self.port), _left(self.until))


class PinnedTls(Pinned):
    """The same with a certificate, which is for the name."""

    default_port = 443

    def connect(self) -> None:
        """Wrap the connection; a wrong certificate is an error."""
        super().connect()
        self.sock.settimeout(_left(self.until))  # counts for the whole handshake
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
