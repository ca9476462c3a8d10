"""Which units, accounts and memberships exist for whom."""

from django.db.models import Q, QuerySet

from stafette.accounts.models import Absence, HandOver, Membership, Unit, User
from stafette.accounts.staffing import APPOINTED
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission


def units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """Every unit: who is responsible is no secret, and whoever hands over must find the receiver."""
    units = Unit.objects.select_related("authority").prefetch_related("posts", "equipment")
    return units if actor.may(Permission.UNIT_VIEW) else units.none()


def units_administered_by(actor: Actor) -> QuerySet[Unit]:
    """Units whose staff the actor manages; whoever manages accounts appoints administrators everywhere."""
    return Unit.objects.filter(pk__in=actor.units(Permission.UNIT_ADMIN) | actor.units(Permission.USER_ADMIN))


def units_led_by(actor: Actor) -> QuerySet[Unit]:
    """Units whose work the actor gives out: only those that one administers oneself."""
    return Unit.objects.filter(pk__in=actor.units(Permission.UNIT_ADMIN))


def hand_overs_visible_to(actor: Actor) -> QuerySet[HandOver]:
    """Hand-overs in bulk in these units."""
    found = HandOver.objects.filter(unit__in=actor.units(Permission.UNIT_ADMIN))
    return found.select_related("unit", "from_user", "moved_by")


def accounts_visible_to(actor: Actor) -> QuerySet[User]:
    """All accounts for whoever manages accounts; the staff of the own units for whoever administers those; oneself."""
    if actor.may(Permission.USER_ADMIN):
        return User.objects.all()
    staff = Membership.objects.filter(unit__in=actor.units(Permission.UNIT_ADMIN)).values("user")
    return User.objects.filter(Q(pk__in=staff) | Q(pk=actor.id))


def absentees_visible_to(actor: Actor) -> QuerySet[User]:
    """Whose absence the actor may note: one's own and that of the staff one administers."""
    staff = Membership.objects.filter(unit__in=actor.units(Permission.UNIT_ADMIN)).values("user")
    return User.objects.filter(Q(pk__in=staff) | Q(pk=actor.id), is_active=True)


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """Memberships that the actor may end: those of the own units; whoever manages accounts sees who administers."""
    own = Q(unit__in=actor.units(Permission.UNIT_ADMIN))
    appointed = Q(unit__in=actor.units(Permission.USER_ADMIN), role__in=APPOINTED)
    return Membership.objects.filter(own | appointed).select_related("user", "unit")


def absences_visible_to(actor: Actor) -> QuerySet[Absence]:
    """One's own absences and those of the staff that one administers."""
    return Absence.objects.filter(user__in=absentees_visible_to(actor)).select_related("user", "deputy")
