from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from teams import account_mail
from teams.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the administrator of an organisation; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_user_search_fields(self) -> list[str]:
        return ["email"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no username."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing of the context is kept: it holds a link to choose a password."""
        person = context.get("user")
        account_mail.queue(template_prefix, to=email, person=person if isinstance(person, User) else None)
