"""Which entries ask for a confirmation, and whom to ask for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from stafette.directory.models import LISTED, EntryProposal, Organization, Service
from stafette.upkeep.models import ConfirmationRound

RUNS_OUT = ExpressionWrapper(F("assured_at") + F("confirm_days"), output_field=DateField())


def services_due(by: date) -> QuerySet[Service]:
    """Listed services whose confirmation has run out by that day, or that nobody ever confirmed.

    Not those for which a proposal waits: their providers have answered, now it is the editors' turn.
    """
    rows = Service.objects.filter(status__in=LISTED, organization__is_active=True)
    waiting = EntryProposal.objects.filter(service=OuterRef("pk"), state=EntryProposal.State.OPEN)
    rows = rows.annotate(runs_out=RUNS_OUT).filter(Q(assured_at=None) | Q(runs_out__lte=by))
    return rows.filter(~Exists(waiting))


def services_of(organization: Organization, by: date) -> list[Service]:
    """The services of one organisation about which it is to be asked."""
    return list(services_due(by).filter(organization=organization).order_by("name", "id"))


def unasked_organizations(by: date) -> list[UUID]:
    """Organisations with such services that nobody is asking at the moment; the one that waits longest first."""
    asking = ConfirmationRound.objects.filter(organization=OuterRef("organization")).exclude(state="done")
    rows = services_due(by).filter(~Exists(asking)).order_by(F("assured_at").asc(nulls_last=True), "pk")
    return list(dict.fromkeys(rows.values_list("organization", flat=True)))


def open_rounds() -> QuerySet[ConfirmationRound]:
    """Rounds that are under way, the next step first."""
    return ConfirmationRound.objects.exclude(state="done").select_related("organization")


def address_of(organization: Organization) -> str:
    """The published address of the organisation, else that of one of its services; never that of a person."""
    if organization.email:
        return organization.email
    rows = organization.services.filter(status__in=LISTED).exclude(email="").order_by("name", "id")
    return next(iter(rows.values_list("email", flat=True)), "")


def ids_with_link_to(address: str) -> list[UUID]:
    """Active organisations whose published address this is."""
    rows = Organization.objects.filter(is_active=True, email__iexact=address.strip())
    return list(rows.values_list("pk", flat=True)[:5])
