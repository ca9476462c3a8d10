"""What the forms offer: partners by kind, their questions, the people of a household."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.roles import Role
from stafette.directory.models import Organization
from stafette.kernel.actor import Actor
from stafette.partners.models import Partner, PartnerKind
from stafette.partners.questions import questions_for
from stafette.people.queries import current_members

Choice = tuple[str, str]


def partners(*, running: bool = True) -> QuerySet[Partner]:
    """Organisations that may be asked; the catalogue is open to whoever works here."""
    rows = Partner.objects.select_related("keeper", "unit").order_by("name", "id")
    return rows.filter(ended_on=None) if running else rows


def partner_choices() -> list[tuple[str, list[Choice]]]:
    """Partners grouped by kind, for a menu."""
    found = list(partners())
    return [
        (str(kind.label), [(str(one.pk), one.name) for one in found if one.kind == kind])
        for kind in PartnerKind
        if any(one.kind == kind for one in found)
    ]


def question_choices(kind: str) -> list[Choice]:
    """What this kind of partner may be asked."""
    return [(question.code, str(question.text)) for question in questions_for(kind)]


def person_choices(*, actor: Actor, household_id: UUID) -> list[Choice]:
    """Who lives in the household now."""
    members = current_members(actor=actor).filter(household=household_id)
    return [(str(member.person_id), member.person.full_name) for member in members]


def answering_units() -> list[Choice]:
    """Units in which somebody holds an account of a partner, or will: the blueprint may name one before."""
    planned = Partner.objects.filter(ended_on=None).exclude(unit=None).values("unit")
    answering = Q(memberships__role=Role.PARTNER) | Q(pk__in=planned)
    found = Unit.objects.filter(answering, ends_on=None).distinct().order_by("name")
    return [(str(unit.pk), unit.name) for unit in found]


def organization_choices() -> list[Choice]:
    """Entries of the directory that a partner may be."""
    return [(str(one.pk), one.name) for one in Organization.objects.order_by("name", "id")]


def objection_to(*, code: str, name: str, kind: str, email: str) -> str:
    """Say why the blueprint cannot have the partner of this code so; empty where nothing speaks against it."""
    known = Partner.objects.filter(code=code).first()
    if known is not None and known.kind != kind:
        return _(
            "Die Art eines Partners bleibt, denn seine Anfragen gehören zu ihr. Legen Sie einen neuen Partner mit "
            "eigenem Code an."
        )
    same = Partner.objects.filter(name=name, email=email, ended_on=None).exclude(code=code).first()
    if same is not None and (same.code or same.kind != kind or known is not None):
        return _(
            "Einen Partner mit diesem Namen und dieser Adresse gibt es schon. Ändern Sie eines von beiden."
        )
    return ""
