"""The demo's accounts: one per role of the start page, and heads, colleagues and deputies behind them."""

from datetime import date

from django.db import transaction

from stafette.accounts.models import Membership, Unit, User
from stafette.accounts.roles import Role
from stafette.demo.queries import demo_roles

WEISSENFELS = (
    ("clearing-2", "Clearing 2", "clearing", Role.CLERK),
    ("clearing-leitung", "Leitung Clearing", "clearing", Role.HEAD),
    ("aufsuchend-2", "Aufsuchende Sozialarbeit 2", "aufsuchende", Role.OUTREACH),
    ("aufsuchend-leitung", "Leitung Aufsuchende Sozialarbeit", "aufsuchende", Role.HEAD),
    ("wohnraum-leitung", "Leitung Ordnungsamt", "wohnraumkontrolle", Role.HEAD),
    ("stadtteil-2", "Neustadtbüro 2", "stadtteilzentrum", Role.COUNTER),
    ("stadtteil-leitung", "Leitung Stadtteilzentrum", "stadtteilzentrum", Role.HEAD),
    ("schule-stadt-leitung", "Leitung Schulteam Stadt", "schulteam-stadt", Role.HEAD),
    ("schule-kreis-leitung", "Leitung Schulteam Kreis", "schulteam-kreis", Role.HEAD),
    ("koordination-leitung", "Leitung Koordination", "koordination", Role.HEAD),
    ("datenschutz-kreis", "Datenschutz Kreis", "datenschutz-kreis", Role.DATA_PROTECTION),
    ("redaktion-2", "Redaktion 2", "koordination", Role.EDITOR),
)
LEIPZIG = (
    ("schalter-2", "Schalter 2", "wzl", Role.DESK),
    ("referat-leitung", "Leitung Referat", "referat", Role.HEAD),
    ("nordlicht-leitung", "Leitung Nordlicht", "mbe-nord", Role.HEAD),
)
SINCE = date(2022, 7, 1)


@transaction.atomic
def make_accounts() -> dict[str, User]:
    """Make every account that is missing, with its membership; return all by code. None has a password."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    colleagues = LEIPZIG if "wzl" in units else WEISSENFELS
    wanted = [(role.code, role.label, role.unit, role.role) for role in demo_roles()] + list(colleagues)
    accounts = {}
    for code, label, unit, role in wanted:
        email = f"{code}@stafette.example"
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, label)
        Membership.objects.get_or_create(
            user=user, unit=units[unit], role=role, defaults={"starts_on": SINCE}
        )
        accounts[code] = user
    return accounts
