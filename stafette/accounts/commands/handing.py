"""Clearing desks: what one colleague holds, or all that is open in a unit, goes to others in one step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.accounts import handover
from stafette.accounts.models import HandOver, Unit
from stafette.accounts.queries.handing import rights_in
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission


@command
def hand_over_work(
    *,
    actor: Actor,
    hand_over_id: UUID,
    unit_id: UUID,
    to_user_ids: Sequence[UUID],
    from_user_id: UUID | None = None,
    kinds: Collection[str] | None = None,
    known_id: UUID | None = None,
) -> HandOver:
    """Give everything open of a colleague, or of the whole unit, to others: evenly, by what they have already.

    The id comes from the form: sent twice it moves nothing twice and returns what was done. `known_id` is the latest
    hand-over that the form knew; when somebody else moved something since, it is refused and says what. Dates stay.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    actor.require(Permission.UNIT_ADMIN, unit=unit_id)
    done = HandOver.objects.filter(pk=hand_over_id).first()
    if done is not None:
        if (done.unit_id, done.moved_by_id) != (unit_id, actor.id):
            raise BadInput(_("Dieses Formular gehört nicht hierher. Bitte laden Sie die Seite neu."))
        return done
    _refuse_outdated(unit, known_id)
    to = list(dict.fromkeys(to_user_ids))
    _refuse_unfit(actor, unit_id, to, from_user_id, kinds)
    moved = handover.move_open(actor=actor, unit_id=unit_id, to=to, holder=from_user_id, codes=kinds)
    made = HandOver(
        id=hand_over_id,
        unit=unit,
        from_user_id=from_user_id,
        to_users=[str(user) for user in to],
        counts={
            "kinds": moved.kinds,
            "people": {str(one): [moved.before[one], moved.after[one]] for one in moved.before},
        },
        moved_by_id=actor.id,
    )
    made.save(force_insert=True)
    record(
        actor, "unit.work_handed_over", unit, unit=unit_id, hand_over=made.pk, before=from_user_id,
        moved=moved.kinds, got={str(user): count for user, count in moved.got.items()},
    )  # fmt: skip
    return made


def _refuse_outdated(unit: Unit, known_id: UUID | None) -> None:
    """Tell whoever comes second what the first one moved; the unit's row is locked."""
    last = HandOver.objects.filter(unit=unit).select_related("moved_by").first()
    if known_id is None or last is None or last.pk == known_id:
        return
    count = sum(last.counts.get("kinds", {}).values())
    raise RuleBroken(
        ngettext(
            "Inzwischen hat {who} um {time} Uhr in dieser Stelle {count} Vorgang übertragen. "
            "Es wurde nichts noch einmal bewegt. Bitte sehen Sie sich die Vorschau neu an.",
            "Inzwischen hat {who} um {time} Uhr in dieser Stelle {count} Vorgänge übertragen. "
            "Es wurde nichts noch einmal bewegt. Bitte sehen Sie sich die Vorschau neu an.",
            count,
        ).format(who=last.moved_by.label, time=f"{timezone.localtime(last.created_at):%H:%M}", count=count)
    )


def _refuse_unfit(
    actor: Actor, unit_id: UUID, to: Sequence[UUID], holder: UUID | None, codes: Collection[str] | None
) -> None:
    """Whoever is given something must be there and must be allowed to work on it."""
    if not to:
        raise BadInput(_("Wählen Sie mindestens eine Person aus, die übernimmt."))
    if holder in to:
        raise BadInput(_("Wer abgibt, kann nicht zugleich übernehmen. Wählen Sie jemand anderen."))
    rights = rights_in(unit_id, to)
    open_now = handover.slices_in(actor=actor, unit_id=unit_id)
    for things in handover.all_kinds():
        is_meant = things.code in open_now and (codes is None or things.code in codes)
        if is_meant and any(not set(things.works) <= rights.get(user, frozenset()) for user in to):
            raise BadInput(
                _(
                    "Nicht alle Ausgewählten dürfen in „{unit}“ bearbeiten, was offen ist: {kind}. "
                    "Wählen Sie andere Personen oder lassen Sie diese Art weg."
                ).format(unit=Unit.objects.get(pk=unit_id).name, kind=things.label)
            )
