"""Whom a breach concerns: the question of the officer, and the list of the unit that has to tell them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.oversight import access, commands, papers
from stafette.oversight.commands.shares import Wanted
from stafette.oversight.forms.breaches import WantedForm
from stafette.oversight.queries import breaches as questions
from stafette.oversight.queries.readings import choices_for
from stafette.web import readings
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.BREACH_EDIT)
def find(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Count whom a question finds; with the second button give each unit the list of its people."""
    breach = get_object_or_404(access.visible_to(request.actor), pk=pk)
    units, accounts = choices_for(request.actor)
    form = WantedForm(
        request.POST or None, units=units, accounts=accounts, receivers=questions.all_units(),
        initial={"units": [str(one) for one in breach.units]},
    )  # fmt: skip
    counts: list[tuple[str, int, int]] | None = None
    if form.is_valid():
        wanted = Wanted(**form.cleaned_data)
        if request.POST.get("step") == "share" and _shared(request, form, pk, wanted):
            return redirect("oversight:breach", pk=pk)
        names = dict(units)
        counts = [(names.get(str(unit), ""), *found) for unit, found in wanted.counts().items()]
    context = {"breach": breach, "form": form, "counts": counts}
    return render(request, "oversight/find.html", context, status=422 if form.errors else 200)


def _shared(request: StaffRequest, form: WantedForm, pk: UUID, wanted: Wanted) -> bool:
    try:
        shares = commands.share_breach(actor=request.actor, breach_id=pk, wanted=wanted)
    except BadInput as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, _("Listen an Stellen gegeben: {count}.").format(count=len(shares)))
    return True


@needs(Permission.PERSON_VIEW)
def share(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the unit its own people whom the breach concerns, with whom it told already."""
    found = questions.share_of(actor=request.actor, share_id=pk)
    if found is None:
        raise Http404
    rows = list(questions.concerned(actor=request.actor, share_id=pk))
    readings.note_list(request, rows)
    context = {
        "share": found, "rows": rows, "letter": questions.letter_of(actor=request.actor, breach_id=found.breach_id),
        "languages": papers.LANGUAGES.items(), "may_edit": request.actor.may(Permission.PERSON_EDIT),
    }  # fmt: skip
    return render(request, "oversight/share.html", context)


@require_POST
@needs(Permission.PERSON_EDIT)
def tell(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that a household was told."""
    concerned = get_object_or_404(access.concerned_visible_to(request.actor), pk=pk)
    commands.tell_household(actor=request.actor, concerned_id=pk)
    messages.success(request, _("Vermerkt: Dieser Haushalt ist benachrichtigt."))
    return redirect("oversight:share", pk=concerned.share_id)
