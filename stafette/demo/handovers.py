"""The demo's past between the units: what follows from the talks is handed over and answered, some of it late."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from stafette.accounts.models import Route
from stafette.demo.town import Family
from stafette.directory.models import Service
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today, travel
from stafette.kernel.errors import RuleBroken
from stafette.kernel.workdays import add_working_days
from stafette.people.queries import current_members
from stafette.properties.commands import close_hint, take_hint
from stafette.protection.commands import give_consent
from stafette.protection.data import Category
from stafette.referrals.basis import missing_consents
from stafette.referrals.commands import (
    accept_referral,
    check_referral,
    close_referral,
    confirm_receipt,
    decline_referral,
    dismiss_finding,
    give_feedback,
    note_attempt,
    note_first_contact,
    note_not_reached,
    prepare_referral,
    return_referral,
    send_referral,
    settle_decline,
    signpost,
)
from stafette.referrals.models import Finding, Referral

LAND = "ST"
LEFT_OPEN, LIES_ABOUT, STUCK = (
    4,
    10,
    12,
)  # days back to which clerks leave things for later, and slow desks answer
TRIES, TRIES_APART = ("attempt", "miss"), 5  # three tries on three days, within 20 working days
CARRIED_OUT = ("helped", "helped", "ongoing", "came_no_need")


@dataclass
class Relay:
    """Plays a referral from sender to receiver at the pace that this receiver has."""

    actors: dict[str, Actor]
    receivers: dict[UUID, Actor]
    services: list[Service]

    def follow_up(self, clerk: Actor, unit: UUID, household: UUID, family: Family, seed: int) -> None:
        """Deal with every finding of a household as clerks do: hand over, show the way, leave for tomorrow."""
        rng = Random(seed)
        for finding in list(
            Finding.objects.filter(unit=unit, household=household).order_by("code", "created_at")
        ):
            age = (today() - family.talk_on).days
            with travel(_office_hours(family, rng)):
                self._decide(clerk, finding, family, rng, age)

    def _decide(self, clerk: Actor, finding: Finding, family: Family, rng: Random, age: int) -> None:
        routes = list(Route.objects.filter(finding__code=finding.code, sender=finding.unit_id, valid_to=None))
        inside = [route for route in routes if route.receiver_id]
        if age <= LEFT_OPEN and rng.random() < 0.5:
            return
        if inside and rng.random() < 0.8:
            self._hand_over(clerk, finding, rng.choice(inside), family, rng, age)
        elif rng.random() < 0.7 and self.services:
            signpost(
                actor=clerk,
                unit_id=finding.unit_id,
                service_id=rng.choice(self._fitting(routes)).pk,
                household_id=finding.household_id,
                finding_id=finding.pk,
            )
        elif age > LEFT_OPEN or rng.random() < 0.5:
            dismiss_finding(actor=clerk, finding_id=finding.pk, reason=rng.choice(("not_wanted", "solved")))

    def _fitting(self, routes: list[Route]) -> list[Service]:
        """Services that the blueprint names for the finding, else any."""
        named = {code for route in routes for code in route.signpost}
        return [service for service in self.services if service.code in named] or self.services

    def _hand_over(
        self, clerk: Actor, finding: Finding, route: Route, family: Family, rng: Random, age: int
    ) -> None:
        lies_about = age <= LIES_ABOUT and rng.random() < 0.3
        try:
            referral = prepare_referral(actor=clerk, finding_id=finding.pk, route_id=route.pk)
            if missing := missing_consents(clerk, referral):
                if lies_about:
                    return
                self._consent(clerk, referral, missing, family)
                check_referral(actor=clerk, referral_id=referral.pk)
            if lies_about:
                return
            send_referral(actor=clerk, referral_id=referral.pk)
        except RuleBroken:
            return  # locked address, nothing to send: the finding stays with the clerk, as in real life
        self._answer(referral, family, rng)

    def _consent(self, clerk: Actor, referral: Referral, missing: frozenset[str], family: Family) -> None:
        members = [one.person for one in current_members(actor=clerk).filter(household=referral.household_id)]
        adults = [one.pk for one in members if one.birth_year and one.birth_year <= today().year - 19]
        everybody = [one.pk for one in members]
        route = Route.objects.select_related("consent").get(pk=cast(UUID, referral.route_id))
        text = route.consent
        give_consent(
            actor=clerk,
            unit_id=referral.from_unit_id,
            household_id=cast(UUID, referral.household_id),
            receiver_id=referral.to_unit_id,
            purpose=referral.purpose,
            categories=[category for category in Category.values if category in missing],
            person_ids=everybody,
            guardian_ids=adults if len(everybody) > len(adults) else (),
            text_version=f"{text.code} {text.version}" if text else "1",
            language=family.language if family.language in ("bg", "ro", "pl") else "de",
            form="written",
        )

    def _answer(self, referral: Referral, family: Family, rng: Random) -> None:
        """Let the receiver act on later days, as far as these lie in the past; one in seven answers late or never."""
        receiver = self.receivers[referral.to_unit_id]
        pace = rng.choices((1, 3, 8), weights=(60, 26, 14))[0]
        steps = _steps(referral, rng)
        day = today()
        for step in steps:
            gap = max(1, rng.randint(0, 2) * pace)
            day = add_working_days(day, min(gap, TRIES_APART) if step in TRIES else gap, LAND)
            moment = datetime.combine(day, time(rng.randint(8, 15), rng.randint(0, 59)), tzinfo=_zone())
            if not _is_past(moment) or (pace == 8 and not _is_past(moment, days=STUCK)):
                return
            with travel(moment):
                self._take(step, receiver, referral, rng)

    def _take(self, step: str, receiver: Actor, referral: Referral, rng: Random) -> None:
        one: dict[str, Any] = {"actor": receiver, "referral_id": referral.pk}
        match step:
            case "receive":
                confirm_receipt(**one)
            case "accept":
                accept_referral(**one)
            case "decline":
                decline_referral(
                    **one, reason=rng.choice(("no_capacity", "not_responsible", "already_known"))
                )
            case "attempt":
                note_attempt(**one, channel=rng.choice(("phone", "visit")), result="no_answer")
            case "reach":
                note_first_contact(**one)
            case "miss":
                note_not_reached(**one)
            case "return":
                return_referral(**one, reason=rng.choice(("not_responsible", "already_known", "no_need")))
            case "settle":
                clerk, finding = self.actors["clearing"], referral.finding_id
                settle_decline(actor=clerk, referral_id=referral.pk)
                if finding is not None:
                    dismiss_finding(actor=clerk, finding_id=finding, reason="elsewhere")
            case "feedback":
                give_feedback(**one)
            case "checked":
                self._inspect(receiver, referral, rng)
                close_referral(**one, outcome=step)
            case _:
                close_referral(**one, outcome=step)

    def _inspect(self, receiver: Actor, referral: Referral, rng: Random) -> None:
        """Look at the house for which a hint came in; now and then the visit is still to come."""
        hint = Referral.objects.values_list("received_hint_id", flat=True).get(pk=referral.pk)
        if hint is None:
            return
        take_hint(actor=receiver, hint_id=hint)
        if rng.random() < 0.9:
            result = rng.choices(("no_defect", "remedied", "procedure"), weights=(60, 30, 10))[0]
            close_hint(actor=receiver, hint_id=hint, result=result)


def _steps(referral: Referral, rng: Random) -> list[str]:
    if referral.subject == "building":
        return ["receive", "accept", "checked", "feedback"]
    if rng.random() < 0.12:
        return ["receive", "decline", "settle"]
    if rng.random() < 0.03:
        return ["receive", "accept", "return", "settle"]
    if rng.random() < 0.18:
        return [
            "receive",
            "accept",
            "attempt",
            "attempt",
            "attempt",
            "miss",
            rng.choice(("not_reachable", "moved_away")),
            "feedback",
        ]
    return ["receive", "accept", "reach", rng.choice(CARRIED_OUT), "feedback"]


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _office_hours(family: Family, rng: Random) -> datetime:
    return datetime.combine(family.talk_on, time(16, rng.randint(0, 30)), tzinfo=_zone())


def _is_past(moment: datetime, *, days: int = 0) -> bool:
    return moment < datetime.now(_zone()) - timedelta(days=days)
