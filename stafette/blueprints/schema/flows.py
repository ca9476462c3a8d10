"""Whether the flow rules (rules/flow.toml) allow what a route wants to pass on."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from stafette.blueprints.schema.plan import Blueprint, RoutePlan
from stafette.kernel.clock import today
from stafette.protection.data import Mode, Party
from stafette.protection.flow import decide

Add = Callable[[RoutePlan, str, bool], None]


def check_flows(blueprint: Blueprint, add: Add) -> None:
    """Note each route that the rules forbid, each category that never passes, and each consent without words.

    Bodies outside the public service are taken as bound: whether they signed is asked when something travels.
    """
    public = {authority.code: authority.is_public for authority in blueprint.authority}
    parties = {
        unit.code: Party(unit.kind, is_public=public.get(unit.authority, True), is_bound=True)
        for unit in blueprint.unit
    }
    for route in blueprint.route:
        for sender in route.senders:
            if route.receiver and sender in parties and route.receiver in parties:
                _check_flow(route, sender, parties[sender], parties[route.receiver], add)


def _check_flow(route: RoutePlan, sender: str, giving: Party, taking: Party, add: Add) -> None:
    decision = decide(giving, taking, finding_code=route.finding, categories=route.categories, on=today())
    way = _("Von „{sender}“ an „{receiver}“").format(sender=sender, receiver=route.receiver)
    if decision.mode in (Mode.FORBIDDEN, Mode.AGGREGATE, Mode.REQUEST):
        add(
            route,
            _("{way} geht das nicht: {sentence} Streichen Sie den Weg.").format(
                way=way, sentence=decision.sentence
            ),
            False,
        )
        return
    if decision.refused:
        names = ", ".join(sorted(decision.refused))
        add(
            route,
            _("{way} gehen diese Angaben nicht: {names}. Streichen Sie sie.").format(way=way, names=names),
            False,
        )
    if decision.needs_consent and not route.consent:
        names = ", ".join(sorted(decision.needs_consent))
        add(
            route,
            _("{way} braucht es für {names} eine Einwilligung. Ergänzen Sie consent.").format(
                way=way, names=names
            ),
            False,
        )
