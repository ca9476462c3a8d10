"""Answers for everybody: no login, no session, no cookie; kept in memory while the directory stays as it is.

`PublicMiddleware` answers such pages before there is a session: whoever is logged in is a stranger here, and a page is
the same for all, so that browsers and proxies may keep it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any

import brotli
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from stafette.kernel.clock import now
from stafette.portal.queries.stamp import stamp

HTML = "text/html; charset=utf-8"
SHORT, LONG = 60, 600  # seconds; what says „open now“ is kept for a minute
ROOM = 600  # pages in memory, some 20 kB each
MOST_BYTES = 32 * 1024 * 1024  # of them all, uncompressed, in each process: a folder as PDF is large
LONGEST_QUERY = 400
EMBED = "einbetten"
POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}


@dataclass(frozen=True)
class Shown:
    """A page: template and context; `robots` says whether search engines may list it."""

    template: str
    context: dict[str, Any]
    robots: str = "all"
    status: int = 200
    kind: str = HTML

    def body(self) -> bytes:
        """Write it without the request: nothing of whoever asks can get in."""
        return get_template(self.template).render(self.context).encode()


@dataclass(frozen=True)
class Handed:
    """A file: PDF, SVG, calendar; `name` where it is to be saved."""

    content: bytes
    kind: str
    name: str = ""
    robots: str = "noindex"
    status: int = 200

    def body(self) -> bytes:
        """The bytes as they are."""
        return self.content


@dataclass
class Kept:
    """A finished answer; `packed` holds its compressed forms once they were asked for."""

    body: bytes
    kind: str
    name: str
    robots: str
    status: int
    until: float
    stamp: str
    etag: str = ""
    packed: dict[str, bytes] = field(default_factory=dict)

    def in_form(self, accepted: str) -> tuple[str, bytes]:
        """Brotli, gzip or plain, whatever the browser takes first."""
        if len(self.body) < 300 or not self.kind.startswith(("text/", "application/xml", "image/svg")):
            return "", self.body
        taken = {part.partition(";")[0].strip() for part in accepted.split(",")}
        for name, pack in PACKERS.items():
            if name in taken:
                if name not in self.packed:
                    self.packed[name] = pack(self.body)
                return name, self.packed[name]
        return "", self.body


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
_kept: OrderedDict[str, Kept] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Empty the memory: for tests and benches."""
    with _lock:
        _kept.clear()


def public(
    *, age: int = SHORT, embeds: bool = True, asks: bool = False
) -> Callable[[Callable[..., Shown | Handed]], Callable[..., HttpResponse]]:
    """Make a view of everybody out of a function that shows something; `age` is for how many seconds it may be kept.

    `asks` says that the page reads the query of its address. For all others any query is the same page, so that nobody
    makes the program work by inventing queries.
    """

    def wrap(view: Callable[..., Shown | Handed]) -> Callable[..., HttpResponse]:
        @login_not_required
        @require_safe
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _response(
                request, _find(request, age, lambda: view(request, *args, **kwargs), asks), age, embeds
            )

        answered.is_public_page = True  # type: ignore[attr-defined]
        return answered

    return wrap


def _find(request: HttpRequest, age: int, make: Callable[[], Shown | Handed], asks: bool) -> Kept:
    """What is kept for this address, or made anew: the directory's stamp and the clock decide."""
    key, at, stand = _key(request, asks), now().timestamp(), stamp()
    with _lock:
        kept = _kept.get(key)
        if kept is not None and kept.stamp == stand and kept.until - age <= at < kept.until:
            _kept.move_to_end(key)
            return kept
    kept = _keep(make(), at + age, stand)
    if (not asks or len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY) and len(
        kept.body
    ) < MOST_BYTES // 8:
        with _lock:
            _kept[key] = kept
            room = sum(len(one.body) for one in _kept.values())
            while len(_kept) > ROOM or room > MOST_BYTES:
                room -= len(_kept.popitem(last=False)[1].body)
    return kept


def _key(request: HttpRequest, asks: bool) -> str:
    return request.get_full_path() if asks else f"{request.path}{'?' if is_embedded(request) else ''}"


def _keep(found: Shown | Handed, until: float, stand: str) -> Kept:
    body = found.body()
    etag = f'W/"{hashlib.blake2s(body, digest_size=12).hexdigest()}"'
    name = found.name if isinstance(found, Handed) else ""
    return Kept(body, found.kind, name, found.robots, found.status, until, stand, etag)


def _response(request: HttpRequest, kept: Kept, age: int, embeds: bool) -> HttpResponse:
    response: HttpResponse
    if kept.status == 200 and knows(request, kept.etag):
        response = HttpResponseNotModified()
    else:
        form, body = kept.in_form(request.headers.get("Accept-Encoding", ""))
        response = HttpResponse(body, status=kept.status, content_type=kept.kind)
        if form:
            response["Content-Encoding"] = form
        response["Content-Length"] = str(len(body))
        if kept.name:
            inline = content_disposition_header(as_attachment=False, filename=kept.name)
            response["Content-Disposition"] = inline or "inline"
    response["ETag"] = kept.etag
    response["Cache-Control"] = f"public, max-age={age}, stale-while-revalidate={age}"
    response["X-Robots-Tag"] = kept.robots
    patch_vary_headers(response, ["Accept-Encoding"])
    return protected(response, embedded=embeds and is_embedded(request))


def knows(request: HttpRequest, etag: str) -> bool:
    """Whether the caller has this answer already."""
    known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    return bool(known & {etag.removeprefix("W/"), "*"})


def is_embedded(request: HttpRequest) -> bool:
    """Whether the bare frame was asked for and somebody may embed at all."""
    return bool(settings.STAFETTE_EMBED_ORIGINS) and request.GET.get(EMBED) == "1"


def protected(response: HttpResponse, *, embedded: bool = False) -> HttpResponse:
    """Allow nothing but our own style sheets and pictures; framing only in the bare frame, by the named origins."""
    framers = {"frame-ancestors": settings.STAFETTE_EMBED_ORIGINS} if embedded else {}
    response._csp_config = POLICY | framers  # type: ignore[attr-defined]
    if not embedded:
        response["X-Frame-Options"] = "DENY"
    response["Referrer-Policy"] = "no-referrer"
    return response
