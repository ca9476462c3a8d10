"""The page of a notice about a child, and the lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.accounts.models import Unit, UnitKind
from stafette.audit.access import visible_to as events_visible_to
from stafette.audit.wording import word_for
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.notices.access import children_visible_to, records_visible_to
from stafette.notices.child_rules import child_rules
from stafette.notices.models import ChildNotice, ChildRecord
from stafette.notices.words import STEP_LABELS
from stafette.referrals.queries import in_state
from stafette.referrals.queries.notices import ToldOnce, notices_of

State = ChildNotice.State
ORDER = [State.TALK, State.CONSULT, State.HELP, State.DECIDE, State.SENT]
FORM_OF = {
    State.TALK: "talk", State.CONSULT: "consult", State.HELP: "help", State.DECIDE: "send",
    State.SENT: "feedback",
}  # fmt: skip


@dataclass(frozen=True)
class ChildCard:
    """What the page shows: how far the way was gone, what was written down, what comes next."""

    notice: ChildNotice
    record: ChildRecord
    signs: list[str]
    steps: list[dict[str, Any]]
    next_form: str
    make_up: list[str]
    may_work: bool
    may_alarm: bool
    offices: list[Unit]
    notices: list[ToldOnce]
    entries: list[dict[str, Any]]


def children(*, actor: Actor) -> QuerySet[ChildNotice]:
    """Notices of the actor's units with what a line of a list shows; never what they tell."""
    return children_visible_to(actor).select_related("unit", "responsible_user", "household")


def filtered(rows: QuerySet[ChildNotice], values: dict[str, Any]) -> QuerySet[ChildNotice]:
    """Narrow the list by state; without one only what is open."""
    return in_state(rows, values.get("state", ""))


def children_of(*, actor: Actor, household_id: UUID) -> QuerySet[ChildNotice]:
    """Notices about a household, the newest first."""
    return children(actor=actor).filter(household=household_id).order_by("-created_at", "-id")


def youth_offices() -> list[Unit]:
    """Youth offices of the installation, with their telephone."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=today())
    return list(Unit.objects.filter(lasting, kind=UnitKind.YOUTH_OFFICE).order_by("code"))


def child_card(*, actor: Actor, notice: ChildNotice) -> ChildCard:
    """Put the page together; `notice` comes from what the actor may see."""
    record = records_visible_to(actor).get(notice=notice)
    may_work = actor.may(Permission.CHILD_EDIT, unit=notice.unit_id)
    make_up = _made_up(notice) if may_work else []
    return ChildCard(
        notice=notice,
        record=record,
        signs=child_rules().words(record.signs),
        steps=_steps(notice),
        next_form=_next_form(notice, make_up) if may_work else "",
        make_up=make_up,
        may_work=may_work,
        may_alarm=may_work and notice.can("alarm"),
        offices=youth_offices(),
        notices=notices_of(actor=actor, thing_id=notice.pk),
        entries=_entries(actor, notice),
    )


def _made_up(notice: ChildNotice) -> list[str]:
    """Steps that an acute notice skipped and that are still to be written down."""
    if not notice.may_be_made_up:
        return []
    values = {"talk": notice.talk, "consult": notice.consulted, "help": notice.help}
    return [step for step, value in values.items() if not value]


def _next_form(notice: ChildNotice, make_up: list[str]) -> str:
    return make_up[0] if make_up else FORM_OF.get(State(notice.state), "")


def _steps(notice: ChildNotice) -> list[dict[str, Any]]:
    """The six steps of the way, in the words of the page."""
    done = {
        "observed": True,
        "talk": bool(notice.talk),
        "consult": bool(notice.consulted),
        "help": bool(notice.help),
        "decide": notice.sent_at is not None or notice.state == State.NO_NOTICE,
        "feedback": notice.state == State.ANSWERED,
    }
    waiting = [step for step, is_done in done.items() if not is_done]
    current = waiting[0] if waiting and notice.is_open else ""
    return [
        {"label": STEP_LABELS[step], "state": "done" if is_done else "current" if step == current else "todo"}
        for step, is_done in done.items()
    ]


def _entries(actor: Actor, notice: ChildNotice) -> list[dict[str, Any]]:
    events = events_visible_to(actor).filter(subject_id=notice.pk).order_by("-at", "-id")[:50]
    return [{"at": event.at, "title": word_for(event.kind), "by": event.actor_label} for event in events]
