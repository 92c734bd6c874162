"""The briefing of Overleie as tests read it."""

from typing import Any

from django.test import Client

from signals.demo.accounts import address
from teams.models import User

PAGE = "/gebieden/briefing/"
HERE = f"{PAGE}?gebied=overleie"


def behind(name: str) -> User:
    """Who is no part of the cast, and stands beside somebody who is."""
    return User.objects.get(email=address(name))


def blocks(client: Client, address: str = HERE) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    return {block.section.key: block.content for block in answer.context["blocks"]}
