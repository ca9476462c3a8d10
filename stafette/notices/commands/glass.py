"""Open files in an emergency, shut them, review it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts import extra_grants
from stafette.accounts.models import Unit, User
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.notices.glass_rules import GlassRule, glass_rule, is_formula
from stafette.notices.models import BreakGlass
from stafette.notices.opening import heads_of, home_for, officers_of, running_extras, side_of, units_to_open
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.referrals.deadlines import working_day
from stafette.referrals.steps import next_number


@command
def open_glass(*, actor: Actor, unit_id: UUID, ground: str, reason: str) -> BreakGlass:
    """Open the files of a unit for some hours, to read: head and data protection officer are told in the same moment.

    A reason is asked for that says something, and not the same one twice. What the actor may read anyway is not opened.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=actor.id)
    rule = glass_rule(ground)
    unit = next((one for one in units_to_open(actor, rule) if one.pk == unit_id), None)
    if unit is None:
        raise NotAllowed(_("Diese Akten können Sie mit diesem Grund nicht öffnen."))
    mine = list(Unit.objects.filter(pk__in=actor.units(Permission.GLASS_OPEN)))
    home = home_for(unit, mine, rule)
    if home is None:
        raise NotAllowed(_("Diese Akten können Sie mit diesem Grund nicht öffnen."))
    actor.require(Permission.GLASS_OPEN, unit=home.pk)
    keeper = _keeper(actor, unit.pk)
    with acting(keeper):
        glass = _made(actor, unit, home, rule, _reason(actor, reason, rule))
        glass.save(force_insert=True)
    ends = max(glass.ends_at, user.extra_until or glass.ends_at)
    extra_grants.mark(actor.id, ends)
    _tell(actor, glass, [*heads_of(unit.pk), *officers_of(unit)], "glass_opened")
    record(
        actor, "glass.opened", glass, unit=unit.pk,
        number=glass.number, ground=ground, home=home.pk, ends_at=glass.ends_at, review_on=glass.review_on,
    )  # fmt: skip
    return glass


@command
def end_glass(*, actor: Actor, glass_id: UUID) -> BreakGlass:
    """Shut the files before their time: whoever opened them, at any moment."""
    running = [extra for extra in running_extras(actor.id) if extra.id == glass_id]
    if not running:
        raise RuleBroken(_("Dieser Notfallzugriff ist schon beendet."))
    keeper = _keeper(actor, running[0].unit_id)
    keeper.require(Permission.GLASS_REVIEW, unit=running[0].unit_id)
    with acting(keeper):
        glass = BreakGlass.objects.select_for_update(of=("self",)).get(pk=glass_id, account=actor.id)
        glass.end(at=now())
        glass.save(update_fields=["ended_at", "version"])
    rest = [extra.ends_at for extra in running_extras(actor.id)]
    extra_grants.mark(actor.id, max(rest) if rest else None)
    record(actor, "glass.ended", glass, unit=glass.unit_id, number=glass.number)
    return glass


@command
def review_glass(*, actor: Actor, glass_id: UUID, finding: str, version: int | None = None) -> BreakGlass:
    """One side of the review: the head of the unit, or the data protection officer. Nobody reviews oneself.

    With both the review is over; where one of them finds it unjustified, the officers are told at once.
    """
    found = BreakGlass.objects.select_for_update(of=("self",)).select_related("unit__authority")
    glass = found.filter(pk=glass_id).first()
    if glass is None:
        raise NotAllowed(_("Diesen Notfallzugriff dürfen Sie nicht prüfen, oder es gibt ihn nicht."))
    actor.require(Permission.GLASS_REVIEW, unit=glass.unit_id)
    if glass.account_id == actor.id:
        raise NotAllowed(_("Den eigenen Notfallzugriff prüft eine andere Person."))
    if version is not None and version != glass.version:
        raise RuleBroken(
            _("Inzwischen hat jemand anderes diesen Vorgang geändert. Bitte laden Sie die Seite neu.")
        )
    side = side_of(actor, glass.unit_id)
    glass.review(side, finding, at=now(), by_id=actor.id)
    glass.save()
    if finding == BreakGlass.Finding.UNJUSTIFIED:
        _tell(actor, glass, set(officers_of(glass.unit)) - {actor.id}, "glass_unjustified")
    record(
        actor, "glass.reviewed", glass, unit=glass.unit_id,
        number=glass.number, side=side, finding=finding, state=glass.state,
    )  # fmt: skip
    return glass


@command
def remind_reviews(*, actor: Actor) -> int:
    """Tell head and officer which reviews are late; once per opening. The program asks it with each deadline run."""
    late = BreakGlass.objects.filter(state=BreakGlass.State.OPEN, review_on__lt=today())
    rows = list(late.select_related("unit__authority").order_by("review_on", "id"))
    for glass in rows:
        actor.require(Permission.DUTY_WATCH, unit=glass.unit_id)
        _tell(actor, glass, [*heads_of(glass.unit_id), *officers_of(glass.unit)], "glass_late")
    if rows:
        record(actor, "glass.reminded", rows[0], unit=rows[0].unit_id, count=len(rows))
    return len(rows)


def _keeper(actor: Actor, unit_id: UUID) -> Actor:
    """The same person, able to write the one row about the own opening."""
    return actor.with_grants((Permission.GLASS_REVIEW, unit_id))


def _made(actor: Actor, unit: Unit, home: Unit, rule: GlassRule, reason: str) -> BreakGlass:
    at = now()
    return BreakGlass(
        number=next_number(unit, today().year),
        unit=unit,
        home_unit=home,
        account_id=actor.id,
        ground=rule.ground,
        reason=reason,
        opened_at=at,
        ends_at=at + timedelta(hours=rule.hours),
        review_on=working_day(today(), rule.review_days, unit=unit),
        needs_head=bool(set(heads_of(unit.pk)) - {actor.id}),
    )


def _reason(actor: Actor, reason: str, rule: GlassRule) -> str:
    text = " ".join(reason.split())
    if is_formula(text, rule):
        raise BadInput(
            _("Sagen Sie in eigenen Worten, was geschehen ist: mindestens {letters} Zeichen.").format(
                letters=rule.reason_letters
            )
        )
    if BreakGlass.objects.filter(account=actor.id, reason__iexact=text).exists():
        raise BadInput(_("Diese Begründung haben Sie schon einmal verwendet. Was ist heute geschehen?"))
    return text


def _tell(actor: Actor, glass: BreakGlass, users: Collection[UUID], kind: str) -> None:
    notes = [
        NoteData(
            user_id=user,
            unit_id=glass.unit_id,
            kind=kind,
            reference=glass.number,
            path=reverse("notices:glass_review", args=[glass.pk]),
            key=f"{kind}:{glass.pk}:{user}",
            due_on=glass.review_on,
        )
        for user in sorted(set(users))
        if user != glass.account_id
    ]
    notify(actor, notes)
