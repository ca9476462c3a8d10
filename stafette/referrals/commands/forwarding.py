"""The receiver carries a referral on to a third unit, under the rule that holds between these two."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Route, Unit
from stafette.accounts.queries import finding_labels, routes_for
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.models import HouseholdMember, Person
from stafette.protection.data import Decision
from stafette.protection.queries import decide
from stafette.referrals import envelope
from stafette.referrals.allowed import may_forward, onward_of
from stafette.referrals.basis import missing_consents
from stafette.referrals.commands.answering import accept_referral
from stafette.referrals.commands.findings import record_findings
from stafette.referrals.commands.sending import check_referral
from stafette.referrals.data import FindingData
from stafette.referrals.making import new_referral
from stafette.referrals.models import Envelope, Finding, Referral, Subject
from stafette.referrals.steps import locked


@command
def forward_referral(
    *, actor: Actor, referral_id: UUID, unit_id: UUID, version: int | None = None
) -> Referral:
    """Prepare an onward referral to a third unit; return it. Nothing leaves the unit yet.

    The receiver becomes the sender: what it hands on is its own record, by the flow rule from its unit to the third
    and with consents given for that, never by the ones given to the first sender. The purpose stays the same. The
    first referral runs on until the onward one is sent (sending.py); the third unit never learns where it began.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    actor.require(Permission.REFERRAL_SEND, unit=referral.to_unit_id)
    receiver = _third_unit(referral, unit_id)
    _check_may_forward(referral)
    route = _own_route(referral, receiver)
    decision = _decide(referral, receiver, route)
    if referral.can("accept"):
        referral = accept_referral(actor=actor, referral_id=referral.pk)
    finding = _own_finding(actor, referral)
    onward = new_referral(
        actor,
        finding,
        sender=referral.to_unit,
        receiver=receiver,
        route=route,
        purpose=referral.purpose,
        decision=decision,
    )
    onward.forwarded_from = referral
    onward.save(force_insert=True)
    referral.version += 1
    referral.save(update_fields=["version"])
    record(
        actor, "referral.forwarded", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, onward=onward.number, receiver=receiver.pk,
    )  # fmt: skip
    record(
        actor, "referral.prepared", onward, unit=onward.from_unit_id, about=onward.household_id,
        number=onward.number, receiver=receiver.pk, rule=decision.rule, mode=decision.mode,
        categories=onward.categories,
    )  # fmt: skip
    if not missing_consents(actor, onward, decision):
        return check_referral(actor=actor, referral_id=onward.pk)
    return onward


def _third_unit(referral: Referral, unit_id: UUID) -> Unit:
    """The unit that is to get it: neither this one nor the sender, to whom it would be given back."""
    if unit_id == referral.from_unit_id:
        raise BadInput(
            _("Von dort kommt die Übergabe. Nutzen Sie dafür „Zurückgeben“ oder vor der Annahme „Ablehnen“.")
        )
    found = Unit.objects.select_related("authority").filter(pk=unit_id, ends_on=None).first()
    if found is None or found.pk == referral.to_unit_id:
        raise BadInput(_("Wählen Sie eine andere Stelle aus der Liste."))
    return found


def _check_may_forward(referral: Referral) -> None:
    if referral.subject == Subject.BUILDING:
        raise RuleBroken(
            _(
                "Ein Hinweis zu einem Gebäude wird nicht weitergegeben. "
                "Ist Ihre Stelle nicht zuständig, lehnen Sie ihn ab oder geben Sie ihn zurück."
            )
        )
    if not may_forward(referral):
        raise RuleBroken(_("Diese Übergabe lässt sich in ihrem jetzigen Stand nicht weitergeben."))
    if onward_of(referral).filter(is_open=True).exists():
        raise RuleBroken(
            _("Es gibt schon eine Weitergabe. Ziehen Sie diese zuerst zurück, wenn es eine andere sein soll.")
        )


def _own_route(referral: Referral, receiver: Unit) -> Route | None:
    """The way that the blueprint names from here to there for this finding; without one the rule alone decides."""
    ways = routes_for(referral.finding_code, sender_id=referral.to_unit_id)
    return ways.filter(receiver=receiver).first()


def _decide(referral: Referral, receiver: Unit, route: Route | None) -> Decision:
    decision = decide(
        sender=referral.to_unit,
        receiver=receiver,
        finding_code=referral.finding_code,
        categories=route.categories if route is not None else referral.categories,
    )
    if not decision.is_possible:
        raise RuleBroken(decision.sentence)
    return decision


def _own_finding(actor: Actor, referral: Referral) -> Finding:
    """The same finding in the receiver's own books: new, or the one that is open there already."""
    household_id, payload = referral.received_household_id, Envelope.objects.get(referral=referral).payload
    if household_id is None:
        raise RuleBroken(
            _(
                "Zu dieser Übergabe gibt es in Ihrer Stelle keinen Haushalt, der weitergegeben werden kann. "
                "Geben Sie sie bitte zurück."
            )
        )
    person = _person(payload, household_id)
    needs = payload.get("needs") or [finding_labels().get(referral.finding_code, referral.finding_code)]
    data = FindingData(
        code=referral.finding_code,
        reason=needs[0],
        source=_("Übergabe {number}").format(number=referral.number),
        rule_version=referral.flow_rule,
        person_id=person.pk if person is not None else None,
    )
    made = record_findings(
        actor=actor, unit_id=referral.to_unit_id, household_id=household_id, findings=[data]
    )
    return _begun(made[0] if made else _running(data, household_id))


def _running(data: FindingData, household_id: UUID) -> Finding:
    found = Finding.objects.select_for_update(of=("self",)).filter(
        household=household_id, person=data.person_id, code=data.code
    )
    return found.exclude(state__in=["dismissed", "done", "signposted"]).get()


def _begun(finding: Finding) -> Finding:
    if not finding.can("prepare"):
        raise RuleBroken(
            _(
                "Für diesen Haushalt läuft dazu in Ihrer Stelle schon eine Übergabe. Bitte sehen Sie dort nach."
            )
        )
    finding.move("prepare")
    finding.save(update_fields=["state"])
    return finding


def _person(payload: dict[str, object], household_id: UUID) -> Person | None:
    """Whom it is about, among those whom the receiver keeps in its own books."""
    named = envelope.subject_in(payload)
    if named is None:
        return None
    given, family, year = named
    living = HouseholdMember.objects.filter(household=household_id, until_on=None).select_related("person")
    same = living.filter(
        person__given_names=given, person__family_name=family, person__birth_year=year
    ).first()
    if same is None:
        name = f"{given} {family}".strip()
        raise RuleBroken(
            _(
                "In Ihrem Haushalt fehlt die Person, um die es geht: {name}. Bitte nehmen Sie sie dort auf."
            ).format(name=name)
        )
    return same.person
