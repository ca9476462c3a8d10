"""How the interface is answered: JSON for everybody, kept while the directory stays as it is, no cookie, no session.

Any page in a browser may read it (CORS): it is public data. Errors are JSON as well.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from stafette.kernel.errors import BadInput, StafetteError
from stafette.portal.public import protected
from stafette.portal.queries.stamp import stamp
from stafette.web.ratelimit import limited

JSON = "application/json; charset=utf-8"
PER_MINUTE = 600  # calls of one address: a nightly copy of everything needs far fewer
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
            return _response(request, answer)

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


def _find(request: HttpRequest, make: Callable[[], Any], kept: bool) -> Answer:
    key = f"{stamp()}|{request.get_full_path()}"
    with _lock:
        if kept and key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    answer = _finish(make())
    with _lock:
        if kept and len(answer.body) < ROOM // 8:
            _kept[key] = answer
            room = sum(map(_size, _kept.items()))
            while room > ROOM:
                room -= _size(_kept.popitem(last=False))
    return answer


def _size(kept: tuple[str, Answer]) -> int:
    """Many small answers to long addresses fill the memory, too."""
    return len(kept[0]) + len(kept[1].body) + BESIDES


def _finish(found: Any) -> Answer:
    if not isinstance(found, Answer):
        found = Answer(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())
    digest = hashlib.blake2s(found.body, digest_size=12).hexdigest()
    return Answer(found.body, found.kind, f'"{digest}"')


def _response(request: HttpRequest, answer: Answer) -> HttpResponse:
    known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    response: HttpResponse
    if known & {answer.etag, "*"}:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(answer.body, content_type=answer.kind)
        response["Content-Length"] = str(len(answer.body))
    response["ETag"] = answer.etag
    response["Cache-Control"] = f"public, max-age={AGE}"
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
