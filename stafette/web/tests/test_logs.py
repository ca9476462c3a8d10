import logging
import secrets

from django.conf import settings
from django.utils.module_loading import import_string

from stafette.web.logs import WithoutLinks


def written(message, *args):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert WithoutLinks().filter(record)
    return record.getMessage()


def test_the_secret_of_a_link_is_not_written_down():
    token = secrets.token_urlsafe(32)
    assert written("%s: %s", "Not Found", f"/pflege/{token}/x/") == "Not Found: /pflege/…/x/"
    assert token not in written(f"/partner/antwort/{token}/")


def test_the_rest_stays():
    path = "/angebote/01980000-0000-7000-8000-000000000003/"
    assert written("%s: %s %d", "Not Found", path, 404) == f"Not Found: {path} 404"


def test_the_console_uses_it():
    (name,) = settings.LOGGING["handlers"]["console"]["filters"]
    assert import_string(settings.LOGGING["filters"][name]["()"]) is WithoutLinks
