"""The request as our views know it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from stafette.kernel.actor import Actor


class StaffRequest(HttpRequest):
    """A request of someone who is logged in: `actor` and `htmx` are set by the middleware."""

    actor: Actor
    htmx: HtmxDetails
