"""Who had received a fact, and the proposal that goes there when it was corrected (Art. 19 GDPR)."""

from __future__ import annotations

from typing import Any

from stafette.accounts.queries import heir_of
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people.models import Person
from stafette.referrals.deadlines import dates_after
from stafette.referrals.models import Envelope, Referral
from stafette.referrals.steps import escalation_unit_for, holder, next_number
from stafette.rights import rules
from stafette.rights.fields import TRAVELS_WITH
from stafette.rights.models import CorrectionProposal, SubjectRequest
from stafette.rights.steps import tell_proposal


def propose_to_receivers(
    actor: Actor, request: SubjectRequest, person: Person, field: str, old: str, new: str
) -> int:
    """Send a proposal along every referral that had carried this fact of this person; returns how many.

    Only what the receiver took into its own books is corrected there; an envelope that nobody took over was destroyed.
    """
    found = [one for one in _carriers(request, field) if _carried(one, person, field, old)]
    for referral in found:
        _propose(actor, referral, person, field, old, new)
    return len(found)


def _carriers(request: SubjectRequest, field: str) -> list[Referral]:
    taken = Referral.objects.filter(
        household=request.household_id,
        from_unit=request.unit_id,
        received_household__isnull=False,
        categories__contains=[TRAVELS_WITH[field]],
    )
    return list(taken.select_related("to_unit__authority").order_by("pk"))


def _carried(referral: Referral, person: Person, field: str, old: str) -> bool:
    """Whether this person stood in the envelope with that category; names are compared as they were before."""
    envelope = Envelope.objects.filter(referral=referral).first()
    category = TRAVELS_WITH[field]
    for entry in envelope.payload.get("persons", ()) if envelope is not None else ():
        if category in entry and _same(entry.get("core", {}), person, field, old):
            return True
    return False


def _same(core: dict[str, Any], person: Person, field: str, old: str) -> bool:
    names = {name: getattr(person, name) for name in ("given_names", "family_name")}
    if field in names:
        names[field] = old
    return all(core.get(name, "") == value for name, value in names.items())


def _propose(actor: Actor, referral: Referral, person: Person, field: str, old: str, new: str) -> None:
    unit, day = heir_of(referral.to_unit), today()
    number = next_number(referral.from_unit, day.year)
    made = CorrectionProposal(
        number=number,
        from_unit_id=referral.from_unit_id,
        to_unit_id=unit.pk,
        referral=referral,
        field=field,
        old=old[:400],
        new=new[:400],
        who=_as_known(person, field, old)[:300],
        corrected_on=day,
        escalation_unit_id=escalation_unit_for(unit),
        version=0,
    )
    dates = dates_after(day, rules.target("decide_proposal", on=day).count, unit=unit)
    made.pass_baton(unit_id=unit.pk, user_id=holder(unit, referral.receiver_user_id, number), dates=dates)
    helper = actor.with_grants((Permission.RIGHTS_VIEW, unit.pk), (Permission.RIGHTS_EDIT, unit.pk))
    with acting(helper):
        made.save(force_insert=True)
        record(
            helper, "proposal.arrived", made, unit=unit.pk, about=referral.received_household_id,
            number=number, from_unit=referral.from_unit_id, field=field,
        )  # fmt: skip
        tell_proposal(helper, made)


def _as_known(person: Person, field: str, old: str) -> str:
    """The name under which the receiver took the person over."""
    family = old if field == "family_name" else person.family_name
    given = old if field == "given_names" else person.given_names
    return ", ".join(part for part in (family, given) if part)
