"""The partner's side: prove who one is, look, answer once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.partners.models import MOST_TRIES, AnswerLink, PartnerContent, PartnerRequest
from stafette.partners.questions import answer_of
from stafette.partners.steps import READ_DAYS, locked, tell
from stafette.partners.tokens import proves
from stafette.referrals.deadlines import dates_after


def _require_asked(actor: Actor, request: PartnerRequest) -> bool:
    """Only who was asked answers: by its link (returns True), or with an account of its organisation."""
    if actor.may(Permission.LINK_ANSWER, unit=request.pk):
        return True
    if request.partner_unit_id is None:
        raise NotAllowed(_("Diese Anfrage wird über den Link beantwortet."))
    actor.require(Permission.PARTNER_ANSWER, unit=request.partner_unit_id)
    return False


@command
def note_opened(*, actor: Actor, request_id: UUID, link_id: UUID) -> None:
    """Keep when a link was first opened by a person: with the button, not by a scanner that follows links."""
    request = locked(request_id)
    _require_asked(actor, request)
    opened = AnswerLink.objects.filter(pk=link_id, request=request, opened_at=None).update(opened_at=now())
    if opened:
        record(
            actor, "partner_request.opened", request, unit=request.unit_id,
            number=request.number, waits_for_code=request.needs_code,
        )  # fmt: skip


@command
def check_code(*, actor: Actor, request_id: UUID, code: str) -> bool:
    """Compare the code of the second channel; five wrong ones lock it, and the unit is told.

    Returns whether it was right. It never raises for a wrong one, because that would undo the count.
    """
    request = locked(request_id)
    _require_asked(actor, request)
    if request.is_locked or not request.code_hash:
        return False
    if check_password(code, request.code_hash):
        record(actor, "partner_request.unlocked", request, unit=request.unit_id, number=request.number)
        return True
    request.code_tries += 1
    request.save(update_fields=["code_tries"])
    record(
        actor, "partner_request.code_wrong", request, unit=request.unit_id,
        number=request.number, tries=request.code_tries,
    )  # fmt: skip
    if request.code_tries >= MOST_TRIES:
        tell(actor, request, "partner_locked", f"{request.pk}:{now():%Y%m%d%H%M%S}")
    return False


@command
def answer_request(
    *,
    actor: Actor,
    request_id: UUID,
    answer: str,
    answer_on: date | None = None,
    own_number: str = "",
    remark: str = "",
    link_id: UUID | None = None,
    proof: str = "",
) -> PartnerRequest:
    """Keep the partner's answer; a second click finds it answered and changes nothing.

    The baton stays with the unit that asked: within two working days somebody there reads it.
    """
    request = locked(request_id)
    by_link = _require_asked(actor, request)
    if request.answered_at is not None:
        return request
    if by_link and request.needs_code and not proves(proof, request.pk, request.code_hash):
        raise NotAllowed(_("Bitte geben Sie zuerst den Code ein, den Sie von der Stelle bekommen haben."))
    chosen = answer_of(request.question, answer)
    if chosen is None:
        raise BadInput(_("Bitte wählen Sie eine der Antworten."))
    if chosen.date_label and answer_on is None:
        raise BadInput(_("Bitte geben Sie das Datum an: {label}.").format(label=chosen.date_label))
    request.give_answer(at=now(), answer=answer, answer_on=answer_on if chosen.date_label else None)
    dates = dates_after(today(), READ_DAYS, unit=request.unit)
    request.pass_baton(unit_id=request.unit_id, user_id=request.responsible_user_id, dates=dates)
    request.save()
    PartnerContent.objects.filter(request=request).update(own_number=own_number[:40], remark=remark[:300])
    _use_up(request, link_id)
    record(
        actor, "partner_request.answered", request, unit=request.unit_id, about=request.household_id,
        number=request.number, by_link=by_link,
    )  # fmt: skip
    tell(actor, request, "partner_answered", str(request.pk))
    return request


def _use_up(request: PartnerRequest, link_id: UUID | None) -> None:
    """Mark the link that answered; whatever other link there is ends with it. An account sees no links."""
    valid = AnswerLink.objects.filter(request=request, used_at=None, revoked_at=None)
    if link_id is not None:
        valid.filter(pk=link_id).update(used_at=now())
