"""Giving out the open work of a unit anew: choose, look at the preview, do it, see what was done."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from stafette.accounts import access, commands, forms, queries
from stafette.kernel.permissions import Permission
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.UNIT_ADMIN)
def hand_over(request: StaffRequest, code: str) -> HttpResponse:
    """Choose whose open things go to whom; the preview shows numbers, the second button moves them."""
    unit = get_object_or_404(access.units_led_by(request.actor), code=code)
    if done := queries.hand_over_sent(actor=request.actor, token=request.POST.get("token", "")):
        return redirect("accounts:handed_over", pk=done)  # the same form once more
    desks = queries.desks_of_unit(actor=request.actor, unit_id=unit.pk)
    form = _form(request, unit.pk, desks)
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "confirm" in request.POST:
        made = commands.hand_over_work(actor=request.actor, unit_id=unit.pk, **form.choice)
        return redirect("accounts:handed_over", pk=made.pk)
    plan = queries.plan_of(desks, **form.plan) if is_valid else None
    context = {"unit": unit, "desks": desks, "form": form, "plan": plan}
    return render(request, "accounts/hand_over.html", context, status=422 if form.errors else 200)


def _form(request: StaffRequest, unit_id: UUID, desks: queries.Desks) -> forms.HandOverForm:
    """A fresh form names the hand-over that it would become, and the latest one that it knows."""
    kinds = [code for code, _label in desks.kinds]
    known = queries.last_hand_over(unit_id)
    return forms.HandOverForm(
        request.POST if request.method == "POST" else None,
        holders=desks.holders, people=desks.people, kinds=desks.kinds, codes=desks.codes,
        initial={"token": uuid4(), "known_id": known, "kinds": kinds, "from_user_id": request.GET.get("von")},
    )  # fmt: skip


@needs(Permission.UNIT_ADMIN)
def handed_over(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a hand-over moved."""
    done = get_object_or_404(access.hand_overs_visible_to(request.actor), pk=pk)
    context = {"done": done, "unit": done.unit, "result": queries.result_of(done)}
    return render(request, "accounts/handed_over.html", context)
