"""Does it last? The list of follow-ups, and everything that the page of one shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.accounts.models import FindingKind
from stafette.accounts.queries import desks_of, finding_labels
from stafette.audit.access import visible_to as events_visible_to
from stafette.audit.wording import word_for
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.protection.access import consents_visible_to
from stafette.protection.data import Category
from stafette.referrals.deadlines import working_day
from stafette.referrals.explaining import explain_chosen
from stafette.referrals.lasting import DAYS
from stafette.referrals.models import Finding, FollowUp, Outcome, Referral
from stafette.referrals.queries.notices import ToldOnce, notices_of

RESULTS = FollowUp.Result.choices
DROP_REASONS = FollowUp.DropReason.choices
KINDS = FollowUp.Kind.choices
SHOWN = [
    ("", gettext_lazy("alle geplanten")),
    ("due", gettext_lazy("fällig und verspätet")),
    *RESULTS,
    ("dropped", gettext_lazy("entfallen")),
    ("all", gettext_lazy("alle")),
]


def follow_ups(*, actor: Actor) -> QuerySet[FollowUp]:
    """Follow-ups in the books of the actor's units, with what a line of a list shows."""
    found = rows.visible(FollowUp, actor)
    return found.select_related(
        "unit__authority", "household", "responsible_user", "responsible_unit", "referral"
    )


def filtered_follow_ups(
    found: QuerySet[FollowUp], values: dict[str, Any], *, actor: Actor
) -> QuerySet[FollowUp]:
    """Narrow the list by what the filter form says; without a choice only what is planned."""
    shown = values.get("shown", "")
    if shown == "":
        found = found.filter(is_open=True)
    elif shown == "due":
        found = found.filter(is_open=True, next_on__lte=today())
    elif shown == "dropped":
        found = found.filter(state=FollowUp.State.DROPPED)
    elif shown != "all":
        found = found.filter(result=shown)
    if values.get("kind"):
        found = found.filter(kind=values["kind"])
    if values.get("finding"):
        found = found.filter(finding_code=values["finding"])
    if values.get("mine"):
        found = found.filter(responsible_user__in=desks_of(actor))
    return found


def household_follow_ups(*, actor: Actor, household_id: UUID) -> list[FollowUp]:
    """What is and was asked about a household, the next question first."""
    return list(follow_ups(actor=actor).filter(household=household_id).order_by("next_on", "id"))


def question_for(finding_code: str) -> str:
    """How one asks whether it lasted, in the words of the town; plainly where the blueprint says nothing."""
    asked = FindingKind.objects.filter(code=finding_code).values_list("lasting", flat=True).first()
    if asked:
        return asked
    return _("Besteht noch, was erreicht wurde?") if finding_code else _("Wie geht es dem Haushalt?")


def lasting_questions() -> dict[str, str]:
    """The question of each finding, for lists."""
    return {code: words for code, words in FindingKind.objects.values_list("code", "lasting") if words}


@dataclass(frozen=True)
class FollowUpCard:
    """One follow-up as the actor sees it: what was reached, with whom, what one asks, what may be done now."""

    follow_up: FollowUp
    question: str
    finding: str
    referral: Referral | None
    told: str
    why: str
    may_contact: bool | None
    is_recurred: bool
    actions: list[str]
    others: list[FollowUp]
    notices: list[ToldOnce]
    entries: list[dict[str, Any]]


def follow_up_card(*, actor: Actor, follow_up: FollowUp) -> FollowUpCard:
    """Put the page of a follow-up together; `follow_up` comes from what the actor may see."""
    works = actor.may(Permission.REFERRAL_SEND, unit=follow_up.unit_id)
    referral = _referral(actor, follow_up)
    others = follow_ups(actor=actor).filter(household=follow_up.household_id).exclude(pk=follow_up.pk)
    return FollowUpCard(
        follow_up=follow_up,
        question=question_for(follow_up.finding_code),
        finding=finding_labels().get(follow_up.finding_code, follow_up.finding_code),
        referral=referral,
        told=str(Outcome(referral.feedback).label) if referral and referral.feedback else "",
        why=why_then(follow_up, referral) or _why_chosen(actor, follow_up),
        may_contact=_may_contact(actor, follow_up),
        is_recurred=follow_up.result == FollowUp.Result.ENDED and _is_open_again(actor, follow_up),
        actions=["result", "move", "drop"] if works and follow_up.is_open else [],
        others=list(others.order_by("next_on", "id")[:10]) if follow_up.household_id else [],
        notices=notices_of(actor=actor, thing_id=follow_up.pk),
        entries=entries_of(actor, follow_up.pk),
    )


def why_then(follow_up: FollowUp, referral: Referral | None) -> str:
    """Say in one sentence why the question comes on this day; nothing where somebody chose the day."""
    days = DAYS.get(FollowUp.Kind(follow_up.kind))
    if days is None or referral is None or referral.closed_at is None:
        return ""
    closed = localtime(referral.closed_at).date()
    wanted = closed + timedelta(days=days)
    facts = {
        "days": days,
        "closed": date_format(closed, "j. F Y"),
        "wanted": date_format(wanted, "l, j. F Y"),
    }
    if follow_up.next_on == wanted:
        return _("{days} Tage nach dem Abschluss am {closed}: {wanted}.").format(**facts)
    if follow_up.next_on == working_day(wanted, 0, unit=follow_up.unit):
        facts["day"] = date_format(follow_up.next_on, "l, j. F Y")
        return _(
            "{days} Tage nach dem Abschluss am {closed} ist {wanted}, kein Arbeitstag der Stelle; "
            "der nächste ist {day}."
        ).format(**facts)
    return _("Von Hand verschoben; vorgesehen waren {days} Tage nach dem Abschluss am {closed}.").format(
        **facts
    )


def _why_chosen(actor: Actor, follow_up: FollowUp) -> str:
    if not follow_up.is_open:
        return ""
    chosen = choices_of(actor, follow_up.pk, ("follow_up.planned", "follow_up.moved"))
    return explain_chosen(follow_up, choices=chosen)


def choices_of(
    actor: Actor, subject_id: UUID, kinds: tuple[str, ...]
) -> list[tuple[str, datetime, dict[str, Any]]]:
    """The last time that somebody chose a day for it."""
    events = events_visible_to(actor).filter(subject_id=subject_id, kind__in=kinds).order_by("-at", "-id")
    return list(events.values_list("kind", "at", "details")[:1])


def entries_of(actor: Actor, subject_id: UUID) -> list[dict[str, Any]]:
    """What happened to a record, newest first, in the words of the log; moved dates say from when to when."""
    events = events_visible_to(actor).filter(subject_id=subject_id).order_by("-at", "-id")[:50]
    return [
        {
            "at": event.at,
            "title": word_for(event.kind),
            "by": event.actor_label,
            "text": _moved(event.details),
        }
        for event in events
    ]


def _moved(details: dict[str, Any]) -> str:
    try:
        before, now = (date.fromisoformat(str(details.get(key, ""))) for key in ("before", "now"))
    except ValueError:
        return ""
    return _("vom {before} auf den {now}").format(before=f"{before:%d.%m.%Y}", now=f"{now:%d.%m.%Y}")


def _referral(actor: Actor, follow_up: FollowUp) -> Referral | None:
    if follow_up.referral_id is None:
        return None
    found = rows.visible(Referral, actor).select_related("from_unit", "to_unit")
    return found.filter(pk=follow_up.referral_id).first()


def _may_contact(actor: Actor, follow_up: FollowUp) -> bool | None:
    """Whether a running consent of the household covers its contact data; None where one may not look."""
    if follow_up.household_id is None or not actor.may(Permission.CONSENT_VIEW, unit=follow_up.unit_id):
        return None
    day = today()
    agreed = consents_visible_to(actor).filter(
        household=follow_up.household_id, withdrawn_at=None, given_on__lte=day, expires_on__gt=day
    )
    return agreed.filter(categories__contains=[Category.CONTACT]).exists()


def _is_open_again(actor: Actor, follow_up: FollowUp) -> bool:
    same = Q(pk=follow_up.finding_id) | Q(household=follow_up.household_id, code=follow_up.finding_code)
    return rows.visible(Finding, actor).filter(same, state=Finding.State.OPEN).exists()
