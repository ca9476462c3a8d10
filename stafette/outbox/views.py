"""The outbox: what went out, one mail, once more; and how one wants to hear of things."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.actor import Actor
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox import access, commands, forms, queries
from stafette.outbox.shown import readable
from stafette.outbox.wording import word_for
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.ratelimit import limited
from stafette.web.requests import StaffRequest

LOOKS = {"queued": "info", "sending": "info", "sent": "success", "failed": "danger", "bounced": "danger"}


def _reader(request: StaffRequest) -> Actor:
    """Who may read: by permission; in the demo everybody what went to their units."""
    units = [membership.unit_id for membership in getattr(request, "memberships", [])]
    reader = access.demo_reader(request.actor, units)
    if not reader.may(Permission.MAIL_VIEW):
        raise NotAllowed(_("Diese Seite gehört nicht zu Ihren Aufgaben. Wählen Sie oben eine andere."))
    return reader


def index(request: StaffRequest) -> HttpResponse:
    """List the mails of one's units, the newest first."""
    reader = _reader(request)
    spec = ListSpec(
        name="post",
        title=_("Post"),
        order="-created_at",
        filters=forms.MessageFilter,
        apply=queries.narrow,
        empty=_("Noch ist keine Mail Ihrer Stelle hinausgegangen."),
        page="outbox/list.html",
        about_people=False,
        columns=(
            Column("at", _("Geschrieben"), lambda row: row.created_at, sort="created_at", link=_url),
            Column("what", _("Worum es geht"), lambda row: word_for(row.kind)),
            Column("reference", _("Nummer"), lambda row: row.reference or "–"),
            Column("address", _("An"), lambda row: row.address),
            Column("state", _("Stand"), lambda row: row.get_state_display(), badge=_look),
        ),
    )
    with acting(reader):
        return show_list(request, spec, queries.messages(actor=reader))


def _url(row: Any) -> str:
    return reverse("outbox:message", args=[row.pk])


def _look(row: Any) -> str:
    return LOOKS[str(row.state)]


def message(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one mail as it was sent."""
    reader = _reader(request)
    with acting(reader):
        found = get_object_or_404(queries.messages(actor=reader), pk=pk)
    context = {
        "message": found,
        "body": readable(found.body),
        "look": _look(found),
        "may_resend": found.can("retry")
        and found.state != "sending"
        and request.actor.may(Permission.MAIL_VIEW, unit=found.unit_id),
    }
    return render(request, "outbox/message.html", context)


@require_POST
@limited("resend", per_minute=20)
def resend(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Send a mail again that failed or came back."""
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    commands.resend_message(actor=request.actor, message_id=found.pk)
    messages.success(request, _("Die Mail geht noch einmal hinaus."))
    return redirect("outbox:message", pk=pk)


def choice(request: StaffRequest) -> HttpResponse:
    """Choose for oneself: at once, once a day, or a pause."""
    now = queries.preference_of(request.actor.id)
    initial = {"rhythm": now.rhythm, "paused_until": now.paused_until, "pause_reason": now.pause_reason}
    form = forms.ChoiceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        commands.choose_mail(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Gespeichert. Ab jetzt gilt Ihre neue Auswahl."))
        return redirect("outbox:choice")
    return render(request, "outbox/choice.html", {"form": form}, status=422 if form.errors else 200)
