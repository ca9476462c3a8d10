"""Fill an empty installation with a synthetic quarter: everything through the commands that people use."""

from datetime import timedelta
from random import Random

from django.db import connection

from stafette.accounts.models import Unit
from stafette.accounts.queries import actor_for, town
from stafette.accounts.roles import Role
from stafette.demo.accounts import make_accounts
from stafette.demo.desk import count_contacts, on_holiday, this_weeks_list
from stafette.demo.door_opener import fill_leipzig, keep_directory
from stafette.demo.entrusted import entrust_something
from stafette.demo.handovers import Relay
from stafette.demo.lasting import look_back
from stafette.demo.mails import tell_lately
from stafette.demo.partners import ask_partners
from stafette.demo.roles import DEMO_ROLES
from stafette.demo.talks import hold_talk, still_waiting
from stafette.demo.town import TALKS, quarter
from stafette.directory.models import Service
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.people.commands import propose_duplicates

WAITING = 24


def fill(*, talks: int = TALKS) -> None:
    """Fill the sample town whose blueprint runs here."""
    here = town()
    if here is not None and here.code == "leipzig":
        fill_leipzig()
    else:
        fill_weissenfels(talks=talks)


def fill_weissenfels(*, talks: int) -> None:
    """Make the accounts, hold the talks of thirteen weeks, hand over, answer, and leave today's work open."""
    accounts = make_accounts()
    actors = {code: actor_for(user) for code, user in accounts.items()}
    keep_directory(actors["redaktion"], town="weissenfels", keeper="stadtteilzentrum")
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit to off")
    families = quarter(today() - timedelta(days=1), talks=talks + WAITING)
    recent = families[-3 * WAITING :]
    waiting = recent[:: len(recent) // WAITING][:WAITING]
    held = [family for family in families if family not in waiting]
    clearing = Unit.objects.get(code="clearing").pk
    clerks = [actors["clearing"], actors["clearing-2"]]
    relay = _relay(actors)
    for number, family in enumerate(held):
        clerk = clerks[Random(number).random() > 0.6]
        with acting(clerk):
            household = hold_talk(clerk, clearing, family, number)
            relay.follow_up(clerk, clearing, household, family, number)
    with acting(clerks[0]):
        still_waiting(clerks[0], clearing, waiting)
        propose_duplicates(actor=clerks[0], unit=clearing)
        this_weeks_list(clerks[0], clearing)
    centre = Unit.objects.get(code="stadtteilzentrum").pk
    for actor, unit, seed in ((clerks[0], clearing, 5), (actors["stadtteil"], centre, 6)):
        with acting(actor):
            count_contacts(actor, unit, seed=seed)
    entrust_something(actors)
    on_holiday(accounts["aufsuchend-2"], accounts["aufsuchend"])
    look_back(accounts, actors)
    ask_partners(actors)
    tell_lately()


def _relay(actors: dict[str, Actor]) -> Relay:
    units = dict(Unit.objects.values_list("code", "pk"))
    working = [role for role in DEMO_ROLES if role.role is not Role.EDITOR]
    receivers = {units[role.unit]: actors[role.code] for role in working}
    return Relay(actors, receivers, list(Service.objects.all()))
