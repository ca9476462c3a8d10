"""New links and codes: asked for by the unit, or by the partner who has only the number."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.partners.models import AnswerLink, PartnerRequest
from stafette.partners.steps import BOUNCE_DAYS, REMIND_DAYS, locked, send_new_link, tell
from stafette.partners.tokens import new_code
from stafette.referrals.deadlines import dates_after

A_DAY, PER_DAY = timedelta(days=1), 3


@command
def renew_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> PartnerRequest:
    """Remind the partner with a new link; the old one ends. It goes to the known address, corrected if need be."""
    request = locked(request_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=request.unit_id)
    request.move("renew")
    dates = dates_after(today(), REMIND_DAYS, unit=request.unit)
    if dates.next_on > request.next_on:
        request.pass_baton(unit_id=request.unit_id, user_id=request.responsible_user_id, dates=dates)
    else:
        request.version += 1
    request.save()
    send_new_link(actor, request)
    record(
        actor, "partner_request.renewed", request, unit=request.unit_id, about=request.household_id,
        number=request.number,
    )  # fmt: skip
    return request


@command
def renew_for_partner(*, actor: Actor, number: str) -> bool:
    """Send a new link because a partner asked for one by the number; only to the known address, thrice a day.

    Run by the worker, so that whoever asks learns nothing from the answer or from how long it took.
    """
    found = PartnerRequest.objects.select_for_update(of=("self",)).select_related(
        "unit__authority", "partner"
    )
    request = found.filter(number=number, state__in=["sent", "bounced"]).first()
    if request is None:
        return False
    actor.require(Permission.DUTY_WATCH, unit=request.unit_id)
    lately = AnswerLink.objects.filter(
        request=request, asked_again=True, created_at__gt=now() - A_DAY
    ).count()
    if lately >= PER_DAY:
        return False
    send_new_link(actor, request, asked_again=True)
    record(
        actor, "partner_request.asked_again", request, unit=request.unit_id, about=request.household_id,
        number=request.number,
    )  # fmt: skip
    return True


@command
def make_code(*, actor: Actor, request_id: UUID, version: int | None = None) -> str:
    """Make the code of the second channel anew and return it once: only its hash is kept.

    Somebody tells it by telephone or letter; it also opens a question that was locked after five wrong codes.
    """
    request = locked(request_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=request.unit_id)
    if not request.needs_code or not request.can("answer"):
        raise RuleBroken(_("Für diese Anfrage wird kein Code gebraucht."))
    code = new_code()
    request.code_hash, request.code_tries = make_password(code), 0
    request.version += 1
    request.save(update_fields=["code_hash", "code_tries", "version"])
    record(
        actor, "partner_request.code_made", request, unit=request.unit_id, about=request.household_id,
        number=request.number,
    )  # fmt: skip
    return code


@command
def note_bounce(*, actor: Actor, number: str) -> bool:
    """The mail to a partner came back: the unit must correct the address, or ask in another way."""
    found = PartnerRequest.objects.select_for_update(of=("self",)).select_related(
        "unit__authority", "partner"
    )
    request = found.filter(number=number, state="sent").first()
    if request is None:
        return False
    actor.require(Permission.DUTY_WATCH, unit=request.unit_id)
    request.move("bounce")
    dates = dates_after(today(), BOUNCE_DAYS, unit=request.unit)
    request.pass_baton(unit_id=request.unit_id, user_id=request.responsible_user_id, dates=dates)
    request.save()
    record(
        actor, "partner_request.bounced", request, unit=request.unit_id, about=request.household_id,
        number=request.number,
    )  # fmt: skip
    tell(actor, request, "partner_bounced", f"{request.pk}:{request.version}")
    return True
