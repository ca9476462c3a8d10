"""What every step of a referral begins and ends with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit, UnitKind
from stafette.accounts.queries import caseworkers_of, stand_ins
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.referrals.data import Dates
from stafette.referrals.deadlines import DECIDE_DAYS, dates_after
from stafette.referrals.models import Correction, Envelope, Finding, Referral


def locked(referral_id: UUID, version: int | None) -> Referral:
    """Lock a referral for a step, so that two people never overwrite each other.

    Raises NotAllowed where the actor may change none such, RuleBroken where the form shows an older version.
    """
    found = Referral.objects.select_for_update(of=("self",)).select_related(
        "from_unit__authority", "to_unit__authority"
    )
    referral = found.filter(pk=referral_id).first()
    if referral is None:
        raise NotAllowed(_("Diese Übergabe dürfen Sie nicht bearbeiten, oder es gibt sie nicht."))
    referral.expect_version(version)
    return referral


def locked_finding(finding_id: UUID) -> Finding:
    """Lock a finding for a step; NotAllowed where the actor may change none such."""
    finding = Finding.objects.select_for_update(of=("self",)).filter(pk=finding_id).first()
    if finding is None:
        raise NotAllowed(_("Diese Feststellung dürfen Sie nicht bearbeiten, oder es gibt sie nicht."))
    return finding


def tell_other_unit(actor: Actor, kind: str, referral: Referral, **details: Any) -> None:
    """Write the same step into the books of the unit on the other side, so that its timeline shows it."""
    at_sender = kind.startswith("referral.was_")
    unit = referral.from_unit_id if at_sender else referral.to_unit_id
    about = referral.household_id if at_sender else referral.received_household_id
    record(actor, kind, referral, unit=unit, about=about, number=referral.number, **details)


def move_finding(actor: Actor, referral: Referral, move: str) -> None:
    """Let the sender's finding follow its referral, whoever takes the step."""
    unit = referral.from_unit_id
    if referral.finding_id is None:
        return
    helper = actor.with_grants((Permission.FINDING_EDIT, unit), (Permission.FINDING_VIEW, unit))
    with acting(helper):
        finding = Finding.objects.select_for_update(of=("self",)).filter(pk=referral.finding_id).first()
        if finding is None or not finding.can(move):
            return
        if move != "resume" or not _runs_again(finding):
            finding.move(move)
            finding.save(update_fields=["state"])


def _runs_again(finding: Finding) -> bool:
    """Tell whether the unit found the same thing anew meanwhile: then that one goes on, not the old one."""
    same = Finding.objects.filter(
        unit=finding.unit_id, household=finding.household_id, person=finding.person_id, code=finding.code
    )
    running = [Finding.State.OPEN, Finding.State.PREPARED, Finding.State.REFERRED]
    return same.filter(state__in=running).exists()


def pass_to_receiver(referral: Referral, user_id: UUID, dates: Dates) -> None:
    """Whoever takes a step at the receiver holds the baton from then on."""
    referral.receiver_user_id = user_id
    referral.pass_baton(unit_id=referral.to_unit_id, user_id=user_id, dates=dates)


def pass_to_sender(referral: Referral) -> None:
    """The sender has a few days to decide anew."""
    sender = holder(referral.from_unit, referral.sender_user_id, referral.number)
    dates = dates_after(today(), DECIDE_DAYS, unit=referral.from_unit)
    referral.pass_baton(unit_id=referral.from_unit_id, user_id=sender, dates=dates)


def destroy_content(referral: Referral) -> None:
    """Throw the snapshot away: who does not work with it keeps nothing of it."""
    content = Envelope.objects.select_for_update(of=("self",)).filter(referral=referral).first()
    if content is not None:
        content.payload, content.label, content.destroyed_at = {}, "", now()
        content.save(update_fields=["payload", "label", "destroyed_at"])


def keep_old_value(
    actor: Actor, referral: Referral, field: str, old: str, new: str, *, source: str, at_sender: bool = False
) -> None:
    """Keep what a value was before; `at_sender` writes it into the sender's books, where the sender knew it."""
    unit = referral.from_unit_id if at_sender else referral.to_unit_id
    with acting(actor.with_grants((Permission.REFERRAL_SEND, unit), (Permission.REFERRAL_VIEW, unit))):
        Correction(
            referral=referral,
            unit_id=unit,
            field=field,
            old_value=old,
            new_value=new,
            source=source,
            corrected_by_id=actor.id,
        ).save(force_insert=True)


def clerk_for(unit: Unit, number: str) -> UUID:
    """Choose who in a unit gets what arrives: in turn, among those who are there; everybody can take it over.

    A unit without anyone who may answer receives nothing: what is sent there would be lost.
    """
    away = stand_ins()
    staff = list(caseworkers_of(unit.pk).values_list("pk", flat=True))
    present = [user for user in staff if user not in away] or staff
    if not present:
        raise RuleBroken(
            _(
                "In der Stelle „{unit}“ kann zurzeit niemand Übergaben annehmen. Bitte rufen Sie dort an."
            ).format(unit=unit.name)
        )
    digits = "".join(letter for letter in number if letter.isdigit()) or "0"
    return present[int(digits[-5:]) % len(present)]


def holder(unit: Unit, preferred: UUID | None, number: str) -> UUID:
    """Return who holds the baton in a unit: whom it belongs to, or a colleague when that one cannot act there now."""
    if preferred is not None and caseworkers_of(unit.pk).filter(pk=preferred).exists():
        return preferred
    return clerk_for(unit, number)


def escalation_unit_for(sender: Unit) -> UUID:
    """Return the unit that is told when nobody acts: the coordination office, else the sender itself."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=today())
    found = Unit.objects.filter(lasting, kind=UnitKind.COORDINATION).order_by("code").first()
    return found.pk if found is not None else sender.pk


def next_number(sender: Unit, year: int) -> str:
    """Draw a case number ORT-STELLE-JAHR-nnnnn; numbers are unique and may have gaps."""
    place = sender.authority.name.split()[-1].upper()
    for letter, plain in (("Ä", "AE"), ("Ö", "OE"), ("Ü", "UE")):
        place = place.replace(letter, plain)
    prefix = f"{place[:3]}-{sender.kind}"
    with connection.cursor() as cursor:
        cursor.execute("select referral_number(%s, %s)", [prefix, year])
        return f"{prefix}-{year}-{cursor.fetchone()[0]:05d}"
