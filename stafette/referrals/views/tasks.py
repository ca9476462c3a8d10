"""What is to do in the unit: the list, a new task, the page of one."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.referrals import commands
from stafette.referrals.forms import lasting
from stafette.referrals.queries import tasks as questions
from stafette.referrals.views.followups import duty_tabs
from stafette.web import readings
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest

COMMANDS: dict[str, tuple[Any, Any]] = {
    "finish": (commands.finish_task, gettext_lazy("Erledigen")),
    "move": (commands.move_task, gettext_lazy("Termin ändern")),
    "give": (commands.give_task, gettext_lazy("Weitergeben")),
    "drop": (commands.drop_task, gettext_lazy("Entfallen lassen")),
    "reopen": (commands.reopen_task, gettext_lazy("Wieder öffnen")),
}
WITH_DATE = {"move", "reopen"}


@needs(Permission.REFERRAL_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show what the unit has to do."""
    extra = {
        "tabs": duty_tabs("tasks"),
        "new_url": reverse("referrals:new_task") if request.actor.may(Permission.REFERRAL_SEND) else "",
    }
    return show_list(request, _spec(request), questions.tasks(actor=request.actor), **extra)


def _spec(request: StaffRequest) -> ListSpec:
    return ListSpec(
        name="tasks",
        title=_("Aufgaben"),
        order="next_on",
        page="referrals/duties.html",
        filters=lasting.TaskFilter,
        apply=partial(questions.filtered_tasks, actor=request.actor),
        empty=_("Hier steht, was in Ihrer Stelle bis wann zu tun ist."),
        columns=(
            Column("due", _("Bis"), lambda row: row.next_on, sort="next_on", badge=_due_badge),
            Column("title", _("Aufgabe"), partial(questions.title_for, request.actor), link=_url),
            Column("household", _("Haushalt"), lambda row: row.household.label if row.household else ""),
            Column("state", _("Stand"), lambda row: row.get_state_display(), badge=lambda row: row.state),
            Column("who", _("Wer ist dran"), lambda row: row.responsible_user.label),
        ),
    )


def _url(row: Any) -> str:
    return reverse("referrals:task", args=[row.pk])


def _due_badge(row: Any) -> str:
    return "due" if row.is_open else ""


@needs(Permission.REFERRAL_SEND)
def new(request: StaffRequest) -> HttpResponse:
    """Write down something to do; the address names the household or the referral that it is about."""
    subject = questions.subject_of_new(
        actor=request.actor,
        household_id=_uuid(request.GET.get("haushalt")),
        referral_id=_uuid(request.GET.get("uebergabe")),
    )
    if subject is None:
        raise Http404
    readings.note_list(request, [one for one in (subject.household, subject.referral) if one])
    people = questions.colleagues(subject.unit_id)
    form = lasting.TaskForm(
        request.POST or None, colleagues=people, initial={"user_id": str(request.actor.id)}
    )
    if form.is_valid():
        return _create(request, subject, form.cleaned_data)
    context = {"subject": subject, "form": form}
    return render(request, "referrals/new_task.html", context, status=422 if form.errors else 200)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def _create(request: StaffRequest, subject: questions.TaskSubject, values: dict[str, Any]) -> HttpResponse:
    task = commands.create_task(
        actor=request.actor,
        unit_id=subject.unit_id,
        household_id=subject.household.pk if subject.household else None,
        referral_id=subject.referral.pk if subject.referral else None,
        **values | {"user_id": UUID(values["user_id"])},
    )
    messages.success(request, _("Die Aufgabe ist angelegt."))
    return redirect("referrals:task", pk=task.pk)


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a task and what may be done with it."""
    return render(request, "referrals/task.html", _context(request, pk))


@require_POST
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Finish, drop, take up again, put off, give away."""
    task = get_object_or_404(questions.tasks(actor=request.actor), pk=pk)
    if not request.actor.may(Permission.REFERRAL_SEND, unit=task.unit_id):
        raise PermissionDenied
    form = _form(name, task, request.POST)
    if not form.is_valid():
        return render(request, "referrals/task.html", _context(request, pk, {name: form}), status=422)
    values = form.cleaned_data
    if "user_id" in values:
        values["user_id"] = UUID(values["user_id"])
    COMMANDS[name][0](actor=request.actor, task_id=pk, **values)
    messages.success(request, _("Gespeichert."))
    return redirect("referrals:task", pk=pk)


def _form(name: str, task: Any, data: Any = None) -> django_forms.Form:
    options: dict[str, Any] = {"initial": {"version": task.version}, "auto_id": f"{name}-%s"}
    if name == "give":
        return lasting.GiveForm(data, colleagues=questions.colleagues(task.unit_id), **options)
    return (lasting.NextForm if name in WITH_DATE else lasting.VersionForm)(data, **options)


def _context(
    request: StaffRequest, pk: UUID, bound: dict[str, django_forms.Form] | None = None
) -> dict[str, Any]:
    task = get_object_or_404(questions.tasks(actor=request.actor).select_related("escalation_unit"), pk=pk)
    card = questions.task_card(actor=request.actor, task=task)
    given = bound or {}
    actions = [
        {
            "name": name,
            "label": COMMANDS[name][1],
            "form": given.get(name) or _form(name, task),
            "open": name in given,
        }
        for name in card.actions
    ]
    return {"card": card, "task": task, "actions": actions}
