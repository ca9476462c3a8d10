"""Questions about the demo's accounts."""

from stafette.accounts.models import User
from stafette.accounts.queries import town
from stafette.demo.roles import DEMO_ROLES, ROLES_OF, DemoRole


def demo_account(code: str) -> User | None:
    """Return the account behind a role of the start page, or None where it is not there."""
    emails = {role.code: role.email for role in demo_roles()}
    return User.objects.filter(email=emails.get(code, ""), is_active=True).first()


def demo_roles() -> tuple[DemoRole, ...]:
    """The roles that can be tried out in the sample town of this installation."""
    here = town()
    return ROLES_OF.get(here.code if here else "", DEMO_ROLES)


def shows_counter() -> bool:
    """Whether the sample town is a welcome centre, which neither keeps files nor hands families over."""
    here = town()
    return here is not None and here.code == "leipzig"
