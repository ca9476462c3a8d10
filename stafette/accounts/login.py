"""How people log in: accounts are made by the administration, never by signing up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Password and second factor; no sign-up from outside."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: an account comes with a membership, from the administration of the unit."""
        return False


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The town's login (OIDC): it opens an account that exists, found by its mail address, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse unknown people, with the reason on the page."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Let an address that the town's login has verified open the account of that address."""
        return True
