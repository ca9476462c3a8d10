"""Headers that keep pages about people out of caches, frames and foreign windows; and an early end for huge bodies."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

ROOM_FOR_FORM = 5 * 1024 * 1024
NOTHING = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
           "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb")  # fmt: skip
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOTHING),
    "X-Robots-Tag": "noindex, nofollow",
}


class ProtectMiddleware:
    """Stands behind WhiteNoise: style sheets and fonts may be kept by the browser, answers of the program never."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless more is announced than any upload may have: that is not even written to disk."""
        response = self._too_large() if _announced(request) > _limit() else self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _too_large(self) -> HttpResponse:
        said = _("Die Datei ist größer als {limit} MB. Bitte teilen Sie sie oder speichern Sie sie als CSV.")
        said = said.format(limit=settings.UPLOAD_MAX_BYTES // (1024 * 1024))
        return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")


def _announced(request: HttpRequest) -> int:
    """Without this header Django reads no body at all."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _limit() -> int:
    return int(settings.UPLOAD_MAX_BYTES) + ROOM_FOR_FORM
