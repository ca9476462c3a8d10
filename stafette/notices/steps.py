"""What the steps of notices begin and end with."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.notices.models import ChildNotice, ChildRecord, OutboundContent, OutboundNotice
from stafette.protection.data import Category
from stafette.referrals.deadlines import dates_after

LETTER = [
    *(Category.CORE, Category.ADDRESS, Category.CONTACT, Category.FAMILY, Category.NEEDS, Category.LANGUAGE),
]
SHORTEST = 15


def locked_child(notice_id: UUID, version: int | None) -> ChildNotice:
    """Lock a notice for a step, so that two people never overwrite each other.

    Raises NotAllowed where the actor may change none such, RuleBroken where the form shows an older version.
    """
    found = ChildNotice.objects.select_for_update(of=("self",)).select_related("unit__authority")
    notice = found.filter(pk=notice_id).first()
    if notice is None:
        raise NotAllowed(_("Diesen Vorgang dürfen Sie nicht bearbeiten, oder es gibt ihn nicht."))
    notice.expect_version(version)
    return notice


def record_of(notice: ChildNotice) -> ChildRecord:
    """Lock what is told in it."""
    return ChildRecord.objects.select_for_update(of=("self",)).get(notice=notice)


def pass_on(notice: ChildNotice, actor: Actor, days: int) -> None:
    """Whoever took the step holds it until the next one, counted from today in working days of the unit."""
    dates = dates_after(today(), days, unit=notice.unit)
    notice.pass_baton(unit_id=notice.unit_id, user_id=actor.id, dates=dates)


def locked_outbound(notice_id: UUID, version: int | None) -> OutboundNotice:
    """Lock a notice to the foreigners' authority; the same errors as above."""
    found = OutboundNotice.objects.select_for_update(of=("self",)).select_related("unit__authority")
    notice = found.filter(pk=notice_id).first()
    if notice is None:
        raise NotAllowed(_("Diese Mitteilung dürfen Sie nicht bearbeiten, oder es gibt sie nicht."))
    notice.expect_version(version)
    return notice


def content_of(notice: OutboundNotice) -> OutboundContent:
    """Lock what is told in it; RuleBroken where somebody else's notice is not for the actor to read."""
    found = OutboundContent.objects.select_for_update(of=("self",)).filter(notice=notice).first()
    if found is None:
        raise RuleBroken(_("Der Inhalt dieser Mitteilung ist für Sie nicht lesbar."))
    return found


def said(text: str, question: str) -> str:
    """Ask for words where a decision needs its reason: Art. 5(2) GDPR, and whoever reads it in a year."""
    cleaned = text.strip()
    if len(cleaned) < SHORTEST:
        raise BadInput(_("Bitte begründen Sie kurz: {question}").format(question=question))
    return cleaned
