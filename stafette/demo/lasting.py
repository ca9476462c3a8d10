"""The demo's look back: most questions whether something lasted were asked on their day, some still wait."""

from collections.abc import Mapping
from datetime import datetime, time
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from stafette.accounts.models import User
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today, travel
from stafette.kernel.scope import acting
from stafette.referrals.commands import answer_follow_up
from stafette.referrals.models import FollowUp

RESULTS = {"lasts": 62, "partly": 12, "ended": 10, "unknown": 10, "moved_away": 6}
STILL_WAITING = 0.12


def look_back(accounts: Mapping[str, User], actors: Mapping[str, Actor]) -> None:
    """Answer what fell due before today, each by whoever holds it and on its day."""
    by_user: dict[UUID, Actor] = {user.pk: actors[code] for code, user in accounts.items()}
    for user_id, actor in by_user.items():
        with acting(actor):
            due = FollowUp.objects.filter(is_open=True, responsible_user=user_id, next_on__lt=today())
            for row in list(due.order_by("number", "kind")):
                _answer(actor, row, Random(f"{row.number}{row.kind}"))


def _answer(actor: Actor, row: FollowUp, rng: Random) -> None:
    if rng.random() < STILL_WAITING or not FollowUp.objects.filter(pk=row.pk, is_open=True).exists():
        return  # an answer that it ended, ends the later question, too
    moment = datetime.combine(row.next_on, time(10, rng.randint(0, 59)), tzinfo=ZoneInfo(settings.TIME_ZONE))
    with travel(moment):
        answer_follow_up(
            actor=actor, follow_up_id=row.pk, result=rng.choices([*RESULTS], weights=[*RESULTS.values()])[0]
        )
