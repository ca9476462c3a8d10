"""How the interface is answered: JSON for everybody, kept while the directory stays as it is, no cookie, no session.

Any page in a browser may read it (CORS): it is public data. Errors are JSON as well. A whole list as lines (NDJSON) is
written while it is sent and not kept; its ETag follows from the state of the directory, so that 304 costs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from stafette.kernel.errors import BadInput, StafetteError
from stafette.portal.api.asking import LINES, is_lines
from stafette.portal.api.listing import Lines
from stafette.portal.public import knows, protected
from stafette.portal.queries.stamp import stamp
from stafette.web.ratelimit import limited

JSON = "application/json; charset=utf-8"
PER_MINUTE = 600  # calls of one address: a nightly copy of everything needs far fewer
LISTS_PER_MINUTE = 20  # whole lists of one address
AGE = 300  # seconds for which others may keep an answer
ROOM = 16 * 1024 * 1024  # bytes of finished answers in each process
BESIDES = 1024  # bytes that an answer takes besides its body and its address
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
View = Callable[..., "Answer | Any"]


@dataclass(frozen=True)
class Answer:
    """A finished answer; a view may also return what JSON can hold."""

    body: bytes
    kind: str = JSON
    etag: str = ""


_kept: OrderedDict[str, Answer] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Empty the memory: for tests and benches."""
    with _lock:
        _kept.clear()


def open_to_all(
    *, kept: bool = True, per_minute: int = PER_MINUTE
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make an address of the interface out of a function; `kept` false where the stamp does not tell of changes."""

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @limited("interface", per_minute=per_minute)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with translation.override("de"):
                answer = _find(request, lambda: view(request, *args, **kwargs), kept)
            return _lines(request, answer) if isinstance(answer, Lines) else _response(request, answer)

        @login_not_required
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return _finished(HttpResponse(status=204 if request.method == "OPTIONS" else 405))
            try:
                return _finished(counted(request, *args, **kwargs))
            except Http404:
                return _problem(404, _("Das gibt es hier nicht."))
            except StafetteError as error:
                return _problem(400 if isinstance(error, BadInput) else error.status, error.message)

        answered.is_public_page = True  # type: ignore[attr-defined]
        return answered

    return wrap


def _find(request: HttpRequest, make: Callable[[], Any], kept: bool) -> Answer | Lines:
    key = _key(request)
    with _lock:
        if kept and key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = make()
    if isinstance(made, Lines):
        return made
    answer = _finish(made)
    with _lock:
        if kept and len(answer.body) < ROOM // 8:
            _kept[key] = answer
            room = sum(map(_size, _kept.items()))
            while room > ROOM:
                room -= _size(_kept.popitem(last=False))
    return answer


def _key(request: HttpRequest) -> str:
    """What an answer follows from: the state of the directory, the address, and whether lines are wanted."""
    return f"{stamp()}|{is_lines(request):d}|{request.get_full_path()}"


def _size(kept: tuple[str, Answer]) -> int:
    """Many small answers to long addresses fill the memory, too."""
    return len(kept[0]) + len(kept[1].body) + BESIDES


def _finish(found: Any) -> Answer:
    if not isinstance(found, Answer):
        found = Answer(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())
    digest = hashlib.blake2s(found.body, digest_size=12).hexdigest()
    return Answer(found.body, found.kind, f'"{digest}"')


def _response(request: HttpRequest, answer: Answer) -> HttpResponse:
    response: HttpResponse
    if knows(request, answer.etag):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(answer.body, content_type=answer.kind)
        response["Content-Length"] = str(len(answer.body))
    return _lasting(response, answer.etag)


def _lines(request: HttpRequest, lines: Lines) -> HttpResponse:
    """A list as a stream; nothing is asked of the database before somebody reads it."""
    etag = f'W/"{hashlib.blake2s(_key(request).encode(), digest_size=12).hexdigest()}"'
    if knows(request, etag):
        return _lasting(HttpResponseNotModified(), etag)
    if request.method == "HEAD":
        return _lasting(HttpResponse(content_type=LINES), etag)
    return _lasting(_streamed(request, lines), etag)


@limited("interface-lists", per_minute=LISTS_PER_MINUTE)
def _streamed(request: HttpRequest, lines: Lines) -> HttpResponse:
    return cast(HttpResponse, StreamingHttpResponse(iter(lines), content_type=LINES))  # as good as one here


def _lasting(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={AGE}"
    patch_vary_headers(response, ["Accept"])
    return response


def _problem(status: int, says: str) -> HttpResponse:
    body = json.dumps({"status": status, "error": str(says)}, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=JSON)
    response["Cache-Control"] = "no-store"
    return _finished(response)


def _finished(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response[name] = value
    return protected(response)
