"""The person's own copy as PDF and as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.protection.commands.own import log_own
from stafette.protection.data import Channel
from stafette.rights import access, commands, printing, queries
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response


@require_POST
@needs(Permission.RIGHTS_EDIT)
def make(request: StaffRequest, pk: UUID, form: str) -> HttpResponse:
    """Make the copy anew from what is there now; that it was made is recorded, the copy itself is not kept."""
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    made = queries.copy_of(actor=request.actor, request=found)
    if made is None or not request.actor.may(Permission.RIGHTS_EDIT, unit=found.unit_id):
        raise Http404
    copy, language = made
    commands.note_export(actor=request.actor, request_id=pk, form=form, left_out=copy.left_out)
    log_own(
        actor=request.actor, unit_id=found.unit_id, kind=Channel.LETTER, reference=found.number,
        purpose=_("Auskunft an die Person selbst"), household_id=found.household_id,
        person_ids=[found.person_id] if found.person_id else [],
    )  # fmt: skip
    if form == "pdf":
        content = printing.copy_pdf(copy, number=found.number, language=language)
        return file_response(content, name=f"auskunft-{found.number}.pdf", kind="application/pdf")
    content = printing.copy_json(copy, number=found.number)
    return file_response(content, name=f"auskunft-{found.number}.json", kind="application/json")
