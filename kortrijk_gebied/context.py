"""What every page of ours needs: menu, who is signed in, and where the page is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kortrijk_gebied import menu


def page(request: HttpRequest) -> dict[str, Any]:
    # Lazy: a fragment, a mail or a public page asks for none of it and then costs no query.
    return {
        "menu_items": SimpleLazyObject(lambda: menu.items(request)),
        "who_lines": SimpleLazyObject(lambda: menu.who_lines(request)),
        "personal": SimpleLazyObject(lambda: menu.personal(request)),
        "own_page": SimpleLazyObject(lambda: menu.address(["teams:me", "account_change_password"])),
        "area_work": SimpleLazyObject(lambda: menu.area_work(request)),
        "contact": settings.CONTACT,
    }
