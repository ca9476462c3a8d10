"""Steps that several tests begin with."""

from datetime import timedelta

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, travel
from stafette.people.models import Person
from stafette.protection.commands import give_consent
from stafette.protection.models import Consent
from stafette.referrals.commands import (
    accept_referral,
    check_referral,
    close_referral,
    give_feedback,
    note_attempt,
    prepare_referral,
    send_referral,
)
from stafette.referrals.models import Referral
from stafette.referrals.tests.factories import Town


def consented(
    town: Town, receiver: Unit, categories=("core", "contact", "language", "needs"), **facts
) -> Consent:
    values = {
        "person_ids": [town.mother.pk, town.child.pk],
        "text_version": "weitergabe 1",
        "language": "bg",
        "form": "written",
        "purpose": "Unterstützung",
    } | facts
    return give_consent(
        actor=town.clerk,
        unit_id=town.clearing.pk,
        household_id=town.household.pk,
        receiver_id=receiver.pk,
        categories=categories,
        **values,
    )


def drafted(town: Town, person: Person | None = None) -> Referral:
    """A draft to outreach, for which every consent is missing."""
    finding = town.finding(person=person)
    route = town.route("family_needs_support", town.outreach)
    return prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)


def checked(town: Town) -> Referral:
    """A referral to outreach with consent, ready to be sent."""
    referral = drafted(town)
    consented(town, town.outreach)
    kept = ["core", "contact", "language", "needs"]
    return check_referral(actor=town.clerk, referral_id=referral.pk, categories=kept)


def sent(town: Town) -> Referral:
    return send_referral(actor=town.clerk, referral_id=checked(town).pk)


def hint_sent(town: Town) -> Referral:
    """An indication of overcrowding, sent to housing control."""
    finding = town.finding("overcrowding")
    route = town.route("overcrowding", town.housing, ["address", "count_at_address"])
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    return send_referral(actor=town.clerk, referral_id=referral.pk)


def accepted(town: Town) -> Referral:
    """A referral that outreach has taken over."""
    return accept_referral(actor=town.worker, referral_id=sent(town).pk)


def tried(town: Town, referral: Referral, *, days=(2, 1, 0), result="no_answer") -> None:
    """Attempts of the worker so many days ago."""
    for back in days:
        with travel(now() - timedelta(days=back)):
            note_attempt(actor=town.worker, referral_id=referral.pk, channel="phone", result=result)


def done(town: Town, outcome="helped") -> Referral:
    """A referral that outreach has ended, with feedback."""
    referral = accepted(town)
    if outcome == "not_reachable":
        tried(town, referral)
    close_referral(actor=town.worker, referral_id=referral.pk, outcome=outcome)
    return give_feedback(actor=town.worker, referral_id=referral.pk)


def again(referral: Referral, actor: Actor) -> Referral:
    """The row as this actor sees it now."""
    from stafette.kernel.scope import acting

    with acting(actor):
        return Referral.objects.get(pk=referral.pk)
