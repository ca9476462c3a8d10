"""Services in lists."""

from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet

from stafette.accounts.queries import topics
from stafette.directory.models import LISTED, Location, Organization, Service
from stafette.directory.reading import OF_SERVICE
from stafette.kernel.clock import today

OF_CARD = (
    *("phones", "schedules", "documents", "organization__phones"),
    *("places__location__phones", "places__location__schedules", "places__phones", "places__schedules"),
)


def services() -> QuerySet[Service]:
    """Services that still exist, by name, with what a card shows of them."""
    rows = Service.objects.filter(status__in=LISTED).select_related("organization")
    return rows.prefetch_related(*OF_CARD).order_by("name", "id")


def whole_services() -> QuerySet[Service]:
    """All services with everything that hangs on them, for exports and editing."""
    return Service.objects.select_related("organization").prefetch_related(*OF_SERVICE).order_by("name", "id")


def all_services() -> QuerySet[Service]:
    """Services in lists, those that rest or are no more included: for whoever keeps the directory."""
    rows = Service.objects.select_related("organization").prefetch_related(*OF_CARD)
    return rows.order_by("name", "id")


def filtered(rows: QuerySet[Service], values: dict[str, Any]) -> QuerySet[Service]:
    """Narrow by topic, language, words, age of the confirmation and state."""
    status = values.get("status") or ""
    if status != "all":
        rows = rows.filter(status=status) if status else rows.filter(status__in=LISTED)
    if values.get("age"):
        holds = ExpressionWrapper(F("assured_at") + F("confirm_days"), output_field=DateField())
        rows = rows.alias(holds_until=holds)
        old = Q(assured_at=None) | Q(holds_until__lt=today())
        rows = rows.filter(old) if values["age"] == "stale" else rows.filter(holds_until__gte=today())
    if values.get("topic"):
        rows = rows.filter(topics__contains=[values["topic"]])
    if values.get("language"):
        rows = rows.filter(languages__contains=[values["language"]])
    if values.get("text"):
        text = values["text"].strip()
        words = Q(name__icontains=text) | Q(organization__name__icontains=text) | Q(summary__icontains=text)
        rows = rows.filter(words)
    return rows


def found_organizations(rows: QuerySet[Organization], values: dict[str, Any]) -> QuerySet[Organization]:
    """Narrow providers by words and kind."""
    if values.get("kind"):
        rows = rows.filter(kind=values["kind"])
    text = (values.get("text") or "").strip()
    return rows.filter(Q(name__icontains=text) | Q(alternate_name__icontains=text)) if text else rows


def found_locations(rows: QuerySet[Location], values: dict[str, Any]) -> QuerySet[Location]:
    """Narrow places by words in name, street and district."""
    text = (values.get("text") or "").strip()
    words = Q(name__icontains=text) | Q(address_1__icontains=text) | Q(district__icontains=text)
    return rows.filter(words) if text else rows


def topic_choices() -> list[tuple[str, str]]:
    """Topics by which services can be found."""
    return [(topic.code, topic.label) for topic in topics()]


def organization_codes() -> dict[str, str]:
    """The name of each organisation by its code."""
    return dict(Organization.objects.filter(is_active=True).values_list("code", "name"))


def location_codes() -> dict[str, str]:
    """Name and address of each location by its code."""
    return {row.code: f"{row.name} · {row.address}".strip(" ·") for row in Location.objects.all()}
