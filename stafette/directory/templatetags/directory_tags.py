"""Services in templates."""

from django import template

from stafette.directory.cards import ServiceCard, card
from stafette.directory.models import Service

register = template.Library()


@register.filter
def service_card(service: Service) -> ServiceCard:
    """Everything that is shown of a service, in plain values."""
    return card(service)
