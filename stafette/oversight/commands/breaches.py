"""The life of a breach: reported by anybody, assessed and decided by the officer, closed when all is answered."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.oversight.models import Breach
from stafette.oversight.queries.officers import officers_of
from stafette.oversight.values import authority_period

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
AHEAD = timedelta(minutes=5)  # clocks of two machines differ


@command
def report_breach(
    *, actor: Actor, unit_id: UUID, detected_at: datetime, what: str, natures: Sequence[str] = ()
) -> Breach:
    """Take a report of anybody who works in the unit, and tell the officers at once.

    The clock of Art. 33 runs from the moment a colleague noticed: what staff know, the controller knows.
    """
    _require_staff(actor, unit_id)
    if detected_at > now() + AHEAD:
        raise BadInput(_("Der Zeitpunkt liegt in der Zukunft. Bitte prüfen Sie Tag und Uhrzeit."))
    if not what.strip():
        raise BadInput(_("Schreiben Sie in ein, zwei Sätzen, was geschehen ist."))
    breach = Breach(
        number=_number(), unit_id=unit_id, units=[unit_id], detected_at=detected_at, aware_at=detected_at,
        due_at=detected_at + authority_period(), what=what.strip(), natures=list(natures),
        reported_by_id=actor.id,
    )  # fmt: skip
    reporter = actor.with_grants(
        (Permission.BREACH_EDIT, unit_id)
    )  # anybody may report, only officers see it
    with acting(reporter):
        breach.save(force_insert=True)
    record(actor, "breach.reported", breach, unit=unit_id, number=breach.number, due_at=breach.due_at)
    notify(actor, [_reported(breach, officer) for officer in officers_of([unit_id])])
    return breach


@command
def assess_breach(
    *,
    actor: Actor,
    breach_id: UUID,
    aware_at: datetime,
    units: Sequence[UUID],
    natures: Sequence[str],
    data_kinds: Sequence[str],
    consequences: Sequence[str],
    people_count: int | None,
    records_count: int | None,
    what: str,
    effects: str,
    measures: str,
    risk: str,
    risk_reason: str,
) -> Breach:
    """Write down what happened to which data of how many, and how great the risk is (Art. 33(3) GDPR).

    A later moment of awareness moves the clock; it never begins before somebody noticed.
    """
    breach = _required(actor, breach_id)
    if not breach.detected_at <= aware_at <= now() + AHEAD:
        raise BadInput(_("Kenntnis hat die Stelle frühestens, als es jemand bemerkte, und spätestens jetzt."))
    breach.assess(risk=risk, people_count=people_count)
    breach.aware_at, breach.due_at = aware_at, aware_at + authority_period()
    breach.units, breach.natures = sorted({breach.unit_id, *units}), list(natures)
    breach.data_kinds, breach.consequences = list(data_kinds), list(consequences)
    breach.what, breach.effects, breach.measures = what, effects, measures
    breach.records_count, breach.risk_reason = records_count, risk_reason
    breach.save()
    record(
        actor, "breach.assessed", breach, unit=breach.unit_id,
        number=breach.number, risk=risk, people=people_count, due_at=breach.due_at,
    )  # fmt: skip
    return breach


@command
def notify_authority(
    *, actor: Actor, breach_id: UUID, at: datetime, authority: str, late_reason: str = ""
) -> Breach:
    """Note when the supervisory authority was told; after 72 hours it takes the reasons for the delay (Art. 33(1))."""
    breach = _required(actor, breach_id)
    if at > now() + AHEAD or at < breach.detected_at:
        raise BadInput(
            _("Gemeldet wurde nach dem Bemerken und spätestens jetzt. Bitte prüfen Sie den Zeitpunkt.")
        )
    if at > breach.due_at and not late_reason.strip():
        raise BadInput(_("Die 72 Stunden sind vorbei. Begründen Sie die Verzögerung (Art. 33 Abs. 1 DSGVO)."))
    breach.notify(at=at, authority=authority, late_reason=late_reason.strip())
    breach.save()
    record(
        actor, "breach.notified", breach, unit=breach.unit_id,
        number=breach.number, at=at, is_late=at > breach.due_at,
    )  # fmt: skip
    return breach


@command
def leave_breach(*, actor: Actor, breach_id: UUID, reason: str) -> Breach:
    """Decide that the authority is not told, because there is no risk, and write down why (Art. 33(1), (5))."""
    breach = _required(actor, breach_id)
    if breach.risk != Breach.Risk.NONE:
        raise BadInput(
            _("Ohne Meldung geht es nur, wenn voraussichtlich kein Risiko besteht. Bitte melden Sie.")
        )
    if not reason.strip():
        raise BadInput(_("Begründen Sie, warum kein Risiko besteht: Das Register muss es nachweisen."))
    breach.leave(reason=reason.strip())
    breach.save()
    record(actor, "breach.left", breach, unit=breach.unit_id, number=breach.number)
    return breach


@command
def decide_telling(*, actor: Actor, breach_id: UUID, telling: str, told_on: date | None = None) -> Breach:
    """Decide whether the people are told, and when they were (Art. 34 GDPR)."""
    breach = _required(actor, breach_id)
    if telling == Breach.Telling.NOT_NEEDED and breach.risk == Breach.Risk.HIGH:
        raise BadInput(_("Bei hohem Risiko sind die Personen zu benachrichtigen (Art. 34 DSGVO)."))
    if telling in (Breach.Telling.TOLD, Breach.Telling.PUBLIC) and told_on is None:
        raise BadInput(_("Tragen Sie ein, wann benachrichtigt wurde."))
    breach.telling, breach.told_on = telling, told_on
    breach.save(update_fields=["telling", "told_on"])
    record(actor, "breach.told", breach, unit=breach.unit_id, number=breach.number, telling=telling)
    return breach


@command
def close_breach(*, actor: Actor, breach_id: UUID) -> Breach:
    """End it, once authority and people are decided on."""
    breach = _required(actor, breach_id)
    if not breach.telling:
        raise BadInput(_("Entscheiden Sie zuerst, ob die Personen benachrichtigt werden."))
    breach.close(at=now())
    breach.save(update_fields=["state", "closed_at"])
    record(actor, "breach.closed", breach, unit=breach.unit_id, number=breach.number)
    return breach


def _required(actor: Actor, breach_id: UUID) -> Breach:
    breach = Breach.objects.select_for_update(of=("self",)).get(pk=breach_id)
    actor.require(Permission.BREACH_EDIT, unit=breach.unit_id)
    return breach


def _require_staff(actor: Actor, unit_id: UUID) -> None:
    if all(unit != unit_id for _permission, unit in actor.grants):
        actor.require(Permission.BREACH_EDIT, unit=unit_id)
    Unit.objects.only("pk").get(pk=unit_id)


def _number() -> str:
    return f"DP-{now():%Y}-" + "".join(secrets.choice(LETTERS) for _place in range(5))


def _reported(breach: Breach, user_id: UUID) -> NoteData:
    return NoteData(
        user_id=user_id, unit_id=breach.unit_id, kind="breach_reported", reference=breach.number,
        path=reverse("oversight:breach", args=[breach.pk]), key=f"breach-{breach.pk}-reported-{user_id}",
    )  # fmt: skip
