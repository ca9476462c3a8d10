"""Readings drawn for review."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.oversight import commands
from stafette.oversight.asking import Reason
from stafette.oversight.forms.oversight import ReviewForm
from stafette.oversight.queries import samples as questions
from stafette.oversight.queries.readings import short
from stafette.oversight.records import record_word
from stafette.oversight.values import LEAST, PERCENT, rule
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

MOST = 200


@needs(Permission.READING_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show the readings to be looked at, the open ones first, and how each month stands."""
    rows = [{"sample": one, **_told(one)} for one in questions.samples(actor=request.actor)[:MOST]]
    context = {
        "rows": rows, "months": questions.months(actor=request.actor), "month": questions.last_month(),
        "rules": [rule(PERCENT), rule(LEAST)],
    }  # fmt: skip
    return render(request, "oversight/samples.html", context)


@needs(Permission.READING_VIEW)
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Look at one reading and say what came of it."""
    sample = get_object_or_404(questions.samples(actor=request.actor), pk=pk)
    initial = {"verdict": sample.verdict, "note": sample.note}
    form = ReviewForm(request.POST or None, initial=initial)
    if form.is_valid():
        commands.review_reading(actor=request.actor, sample_id=pk, **form.cleaned_data)
        messages.success(request, _("Das Ergebnis ist vermerkt."))
        return redirect("oversight:samples")
    context = {"sample": sample, "form": form, **_told(sample)}
    return render(request, "oversight/sample.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.READING_VIEW)
def draw(request: StaffRequest) -> HttpResponse:
    """Draw the month before now, instead of waiting for the night."""
    units = request.memberships  # type: ignore[attr-defined]
    authorities = {membership.unit.authority_id for membership in units}
    month = questions.last_month()
    drawn = sum(
        commands.draw_sample(actor=request.actor, authority_id=one, month=month) for one in authorities
    )
    messages.info(request, _("Gezogene Lesezugriffe: {count}.").format(count=drawn))
    return redirect("oversight:samples")


def _told(sample: object) -> dict[str, str]:
    reading = sample.reading  # type: ignore[attr-defined]
    number = short(reading.record_id)
    word = record_word(reading.record_type)
    return {
        "what": f"{word} {number}" if number else f"{reading.number} × {word}",
        "about": short(reading.about_id),
        "reason": str(dict(Reason.choices).get(reading.reason, "")),
    }
