"""No page without a guard: every view says who may open it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "report", "report-form", "report-proof", "status-page", "status-reopening", "status-satisfaction", "task-offer",
    "signals:outside", "reservations:feed",
    "field", "field-worker", "field-manifest", "field-map", "field-standing",
    "home", "health", "favicon", "robots", "accessibility", "privacy", "areas:borders",
    "areas:places", "areas:place-choices",
    "account_signup", "account_login", "account_logout", "account_inactive",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "open311:discovery", "open311:services", "open311:service", "open311:requests", "open311:request", "open311:token",
    "open311:nowhere",
    "doing", "areas-doing", "doing-calendar", "contact-renewal",
    "news", "news-area", "news-item", "news-photo", "news-feed",
    "points", "points-area",
    "plans-public", "plan-public", "plan-public-document", "rota:calendar-file",
    "room-by-mail", "room-link", "room-ask", "room-cancellation", "room-leave",
}  # fmt: skip


def entries(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from entries(entry, prefix + (f"{entry.namespace}:" if entry.namespace else ""))
        else:
            yield prefix + (entry.name or str(entry.pattern)), entry


ENTRIES = list(entries(get_resolver()))


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_every_view_says_who_may_open_it(name: str, entry: URLPattern) -> None:
    assert getattr(entry.callback, "access", None) in {"public", "member"}, f"{name} carries no access decorator"


def test_nothing_is_public_but_what_is_meant_to_be() -> None:
    assert {name for name, entry in ENTRIES if getattr(entry.callback, "access", "") == "public"} == PUBLIC
