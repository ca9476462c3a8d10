"""What was found, what needs nothing, and who was shown the way to a service."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.directory.models import LISTED, Service
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.people.models import Household
from stafette.referrals.data import FindingData
from stafette.referrals.models import DismissReason, Finding, Signpost
from stafette.referrals.steps import locked_finding

RUNNING = [Finding.State.OPEN, Finding.State.PREPARED, Finding.State.REFERRED]


@command
def record_findings(
    *, actor: Actor, unit_id: UUID, household_id: UUID, findings: Iterable[FindingData]
) -> list[Finding]:
    """Keep what a talk brought to light; what is already open for the same person is not recorded twice."""
    household = (
        Household.objects.select_for_update(of=("self",)).filter(pk=household_id, unit=unit_id).first()
    )
    actor.require(Permission.FINDING_EDIT, unit=unit_id)
    if household is None:
        raise BadInput(_("Diesen Haushalt gibt es in Ihrer Stelle nicht."))
    running = Finding.objects.filter(unit=unit_id, household=household_id, state__in=RUNNING)
    known = set(running.values_list("code", "person_id"))
    new = {(data.code, data.person_id): data for data in findings}
    made = [
        Finding(
            unit_id=unit_id,
            household_id=household_id,
            person_id=data.person_id,
            code=data.code,
            reason=data.reason,
            source=data.source,
            rule_version=data.rule_version,
            found_by_id=actor.id,
        )
        for key, data in new.items()
        if key not in known
    ]
    Finding.objects.bulk_create(made)
    for finding in made:
        record(
            actor, "finding.recorded", finding, unit=unit_id, about=household_id,
            code=finding.code, rule_version=finding.rule_version,
        )  # fmt: skip
    return made


@command
def dismiss_finding(*, actor: Actor, finding_id: UUID, reason: str) -> Finding:
    """Decide that nothing follows from a finding; the coded reason stays for the evaluation."""
    finding = locked_finding(finding_id)
    actor.require(Permission.FINDING_EDIT, unit=finding.unit_id)
    if reason not in DismissReason.values:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))
    finding.dismiss(reason=reason)
    finding.save(update_fields=["state", "dismiss_reason"])
    record(
        actor, "finding.dismissed", finding, unit=finding.unit_id, about=finding.household_id,
        code=finding.code, reason=reason,
    )  # fmt: skip
    return finding


@command
def signpost(
    *,
    actor: Actor,
    unit_id: UUID,
    service_id: UUID,
    household_id: UUID | None = None,
    finding_id: UUID | None = None,
    key: UUID | None = None,
) -> Signpost:
    """Count that somebody was shown the way to a service: information was given, nobody must answer.

    With a finding, the finding is done; without household and finding it is an anonymous signpost at the counter.
    `key` is the form's token: the same form for the same service again counts nothing.
    """
    finding = locked_finding(finding_id) if finding_id else None
    actor.require(Permission.REFERRAL_SEND, unit=unit_id)
    service = Service.objects.filter(pk=service_id, status__in=LISTED).first()
    if service is None:
        raise BadInput(_("Dieses Angebot gibt es nicht mehr. Bitte wählen Sie ein anderes."))
    made_id = uuid5(key, str(service_id)) if key else new_id()
    if key and (counted := Signpost.objects.filter(pk=made_id).first()):
        return counted
    if finding is not None:
        finding.move("signpost")
        finding.save(update_fields=["state"])
        household_id = finding.household_id
    made = Signpost(
        id=made_id,
        unit_id=unit_id,
        household_id=household_id,
        finding=finding,
        service=service,
        given_by_id=actor.id,
        given_on=today(),
    )
    made.save(force_insert=True)
    code = finding.code if finding else ""
    record(
        actor, "signpost.given", made, unit=unit_id, about=household_id, service=service.code, finding=code
    )
    return made
