"""The list of talks, and one talk: the guided form while it runs, the answers when it has ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from stafette.intake import commands, forms, queries
from stafette.intake.views.reading import answer_groups
from stafette.kernel.permissions import Permission
from stafette.people import queries as people
from stafette.people.languages import language_name
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


def _filtered(rows: Any, values: dict[str, Any]) -> Any:
    fields = {
        "state": "state",
        "language": "language",
        "since": "started_at__date__gte",
        "until": "started_at__date__lte",
        "mine": "is_mine",
    }
    wanted = {field: values[name] for name, field in fields.items() if values.get(name)}
    return rows.filter(**wanted)


def _badge(row: Any) -> str:
    """A refused talk is no failure and is not shown as one."""
    return row.state if row.state in ("draft", "finished") else "neutral"


TALKS = ListSpec(
    name="talks",
    title=gettext_lazy("Ankunftsgespräche"),
    columns=(
        Column("household", gettext_lazy("Haushalt"), lambda row: row.household.label,
               link=lambda row: reverse("intake:talk", args=[row.pk])),
        Column("state", gettext_lazy("Stand"), lambda row: row.get_state_display(), badge=_badge),
        Column("started", pgettext_lazy("talk", "Begonnen"), lambda row: row.started_at, sort="started_at"),
        Column("adults", gettext_lazy("Erwachsene"), lambda row: row.adults),
        Column("children", gettext_lazy("Kinder"), lambda row: row.children),
        Column("language", gettext_lazy("Sprache"), lambda row: language_name(row.language)),
    ),
    order="-started_at",
    filters=forms.TalkFilter,
    apply=_filtered,
    empty=gettext_lazy("Noch kein Gespräch. Beginnen Sie eines aus der Liste der Zuzüge oder mit der Suche."),
    page="intake/list.html",
)  # fmt: skip


@needs(Permission.INTERVIEW_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """The unit's talks, the newest first."""
    return show_list(request, TALKS, queries.interviews(actor=request.actor))


def talk(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show and save one talk. A draft saves itself: whatever can be read is kept, an error costs no other answer."""
    view = _view(request, pk)
    if view.interview.state != "draft" and request.method == "POST":
        commands.save_answers(actor=request.actor, interview_id=pk, answers=[])  # says that it has ended
    if view.interview.state != "draft":
        return render(request, "intake/ended.html", {"view": view, "groups": answer_groups(view)})
    form = forms.TalkForm(view, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        form.full_clean()
        if request.headers.get("X-Autosave"):
            _save(request, pk, form)
            return HttpResponse(status=204)
        if form.is_valid():
            _save(request, pk, form)
            return _saved(request, pk)
    return render(request, "intake/talk.html", _context(request, form), status=422 if form.errors else 200)


def _view(request: StaffRequest, pk: UUID) -> queries.TalkView:
    view = queries.talk_view(actor=request.actor, interview_id=pk)
    if view is None:
        raise Http404
    return view


def _context(request: StaffRequest, form: forms.TalkForm) -> dict[str, Any]:
    interview = form.view.interview
    joined = {one.person_id for one in form.view.participants}
    living = people.current_members(actor=request.actor).filter(household=interview.household_id)
    return {
        "view": form.view,
        "form": form,
        "missing": [member for member in living if member.person_id not in joined],
        "address": interview.household.shown_address,
        "tabs": [
            {"label": f"{one.block.code} {one.block.title['de']}", "url": f"#block-{one.block.code}",
             "current": False, "count": f"{one.done}/{one.total}"}
            for one in form.chapters
        ],
    }  # fmt: skip


def _save(request: StaffRequest, pk: UUID, form: forms.TalkForm) -> None:
    actor = request.actor
    commands.save_answers(actor=actor, interview_id=pk, answers=form.said())
    if (frame := form.frame()) is not None:
        commands.change_frame(actor=actor, interview_id=pk, **frame)
    if (materials := form.materials()) is not None:
        commands.hand_out(actor=actor, interview_id=pk, materials=materials)
    if outlook := form.cleaned_data.get("outlook"):
        commands.assess_stay(actor=actor, interview_id=pk, outlook=outlook)


def _saved(request: StaffRequest, pk: UUID) -> HttpResponse:
    if request.POST.get("step") == "finish":
        commands.finish_interview(actor=request.actor, interview_id=pk)
        return redirect("intake:outcome", pk=pk)
    if request.POST.get("step") == "print" and (given := request.POST.getlist("handouts")):
        slip = forms.slip_query([], given, request.POST.get("handout_language", ""))
        return redirect(f"{reverse('intake:paper')}?{slip}")
    messages.success(request, _("Gespeichert."))
    return redirect("intake:talk", pk=pk)


@require_POST
def join(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let a member of the household join the talk."""
    person_id = _uuid(request.POST.get("person", ""))
    commands.add_participant(
        actor=request.actor, interview_id=_view(request, pk).interview.pk, person_id=person_id
    )
    messages.success(request, _("Die Person nimmt jetzt am Gespräch teil."))
    return redirect("intake:talk", pk=pk)


@require_POST
def agree(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that the people agree after all."""
    commands.agree_to_interview(actor=request.actor, interview_id=_view(request, pk).interview.pk)
    return redirect("intake:talk", pk=pk)


@require_POST
def decline(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that the people do not want the talk any more."""
    commands.decline_interview(actor=request.actor, interview_id=_view(request, pk).interview.pk)
    messages.success(request, _("Vermerkt: Gespräch abgelehnt. Die Antworten sind gelöscht."))
    return redirect("intake:talk", pk=pk)


@require_POST
def abandon(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Stop for now."""
    commands.abandon_interview(actor=request.actor, interview_id=_view(request, pk).interview.pk)
    messages.success(request, _("Gespräch abgebrochen. Sie können es jederzeit wieder öffnen."))
    return redirect("intake:talk", pk=pk)


@require_POST
def reopen(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take the talk up again."""
    commands.reopen_interview(actor=request.actor, interview_id=_view(request, pk).interview.pk)
    return redirect("intake:talk", pk=pk)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
