"""Accounts: made by the technical administration, opened by the person with a link, locked without delay."""

from dataclasses import dataclass
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts.guards import (
    end_sessions,
    keep_a_caseworker,
    keep_an_administrator,
    lock_units,
    refuse_oneself,
    require_user_admin,
    running_of,
)
from stafette.accounts.models import User
from stafette.accounts.queries import home_unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission


@dataclass(frozen=True)
class Invitation:
    """A link with which someone sets the first password; it is kept nowhere and works once."""

    user_id: UUID
    url: str


@command
def create_account(*, actor: Actor, email: str, label: str) -> User:
    """Make an account that can do nothing yet: rights come with a membership, the password by invitation."""
    home = home_unit()
    actor.require(Permission.USER_ADMIN, unit=home)
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise RuleBroken(_("Zu dieser E-Mail-Adresse gibt es schon ein Konto."))
    user = User.objects.create_user(email.strip(), label.strip())
    record(actor, "account.created", user, unit=home)
    return user


@command
def invite_account(*, actor: Actor, user_id: UUID, base_url: str, by_mail: bool = False) -> Invitation:
    """Make the link with which the person sets a password; an earlier one stops working once it was used.

    It is shown once or mailed. The mail names nobody and says nothing about cases.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    home = require_user_admin(actor)
    _require_active(user)
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    url = base_url.rstrip("/") + reverse("account_reset_password_from_key", kwargs=parts)
    record(actor, "account.invited", user, unit=home, by_mail=by_mail)
    if by_mail:
        address = user.email
        transaction.on_commit(lambda: _mail(address, url))
    return Invitation(user.pk, url)


@command
def lock_account(*, actor: Actor, user_id: UUID) -> User:
    """Shut someone out at once, everywhere; what is open stays on the desk until it is handed over."""
    user, home = _required_account(actor, user_id)
    refuse_oneself(actor, user.pk, doing=_("Sperren"))
    _require_active(user)
    memberships = running_of(user)
    for unit_id, unit in lock_units(membership.unit_id for membership in memberships).items():
        own = [membership for membership in memberships if membership.unit_id == unit_id]
        keep_an_administrator(unit, after=today(), without=own)
        keep_a_caseworker(actor, unit, after=today(), without=own)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(actor, "account.locked", user, unit=home, sessions=end_sessions(user))
    return user


@command
def unlock_account(*, actor: Actor, user_id: UUID) -> User:
    """Let someone in again; whoever has left stays out."""
    user, home = _required_account(actor, user_id)
    refuse_oneself(actor, user.pk, doing=_("Entsperren"))
    if user.left_on is not None:
        raise RuleBroken(_("Dieses Konto ist verabschiedet. Legen Sie ein neues an."))
    if user.is_active:
        raise RuleBroken(_("Dieses Konto ist nicht gesperrt."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor, "account.unlocked", user, unit=home)
    return user


@command
def reset_second_factor(*, actor: Actor, user_id: UUID) -> User:
    """The telephone is lost: the person sets a new second factor up at the next login. Takes a second person."""
    user, home = _required_account(actor, user_id)
    refuse_oneself(actor, user.pk, doing=_("Den zweiten Faktor zurücksetzen"))
    removed, _kinds = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise RuleBroken(_("Für dieses Konto ist kein zweiter Faktor eingerichtet."))
    record(actor, "account.factor_reset", user, unit=home, sessions=end_sessions(user))
    return user


def _required_account(actor: Actor, user_id: UUID) -> tuple[User, UUID]:
    """Lock the account and ask for the right."""
    user = User.objects.select_for_update().get(pk=user_id)
    return user, require_user_admin(actor)


def _require_active(user: User) -> None:
    if not user.is_active:
        raise RuleBroken(_("Dieses Konto ist gesperrt."))


def _mail(address: str, url: str) -> None:
    send_mail(
        _("Ihr Zugang zu Stafette"),
        _(
            "Guten Tag,\n\nfür Sie wurde ein Zugang zu Stafette angelegt. "
            "Legen Sie mit diesem Link Ihr Passwort fest:\n\n"
            "{url}\n\nDer Link gilt drei Tage und nur einmal. Danach richten Sie den zweiten Faktor ein.\n"
            "Haben Sie keinen Zugang erwartet, löschen Sie diese Nachricht.\n"
        ).format(url=url),
        None,
        [address],
    )
