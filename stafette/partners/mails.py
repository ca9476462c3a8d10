"""The mail to a partner: number, date and link; never a name of a client, never the question itself."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.outbox.posting import link, post
from stafette.partners.models import AnswerLink, PartnerRequest

KIND = "partner_link"


def send_link(actor: Actor, request: PartnerRequest, answer_link: AnswerLink, token: str) -> None:
    """Hand the link to the outbox, for the address that we know and no other."""
    with translation.override(request.partner.language):
        subject = _("Anfrage {number}: bitte antworten").format(number=request.number)
        body = _text(request, answer_link.expires_at, link(reverse("partners:answer", args=[token])))
    post(
        actor,
        unit_id=request.unit_id,
        address=request.partner.email,
        kind=KIND,
        reference=request.number,
        subject=subject,
        body=body,
        key=f"{KIND}:{answer_link.pk}",
    )


def _text(request: PartnerRequest, expires_at: datetime, url: str) -> str:
    until = timezone.localtime(expires_at)
    lines = [
        _("Guten Tag,"),
        "",
        _("die Stelle „{unit}“ hat eine Frage an Sie.").format(unit=request.unit.name),
        _("Nummer der Anfrage: {number}").format(number=request.number),
        "",
        _("Bitte antworten Sie bis zum {day} über diesen Link:").format(
            day=f"{request.answer_due_on:%d.%m.%Y}"
        ),
        url,
        "",
        _("Das dauert eine Minute. Sie brauchen dafür kein Konto."),
        _(
            "Der Link gilt bis zum {day} und für eine Antwort. Danach können Sie auf der Seite einen neuen anfordern."
        ).format(day=f"{until:%d.%m.%Y}"),
        _("Bitte geben Sie den Link nicht weiter."),
    ]
    if request.unit.phone:
        lines += ["", _("Fragen? Telefon: {phone}").format(phone=request.unit.phone)]
    return "\n".join(lines) + "\n"
