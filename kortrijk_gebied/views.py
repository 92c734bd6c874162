"""Pages that belong to no app: the way in, the statements, health, and what a refusal looks like."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from kortrijk_gebied import menu
from kortrijk_gebied.access import public, sign_in_url
from kortrijk_gebied.kept import keep

STYLESHEETS = (
    "npm/@fontsource-variable/atkinson-hyperlegible-next/index.css",
    "theme.css",
    "npm/@digdir/designsystemet-css/dist/src/index.css",
    "app.css",
    "components.css",
)
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everybody starts where the functions they hold need them."""
    if request.user.is_authenticated:
        return redirect(menu.start_page(request))
    return redirect(sign_in_url("/"))


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For the load balancer: this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Asked for by programs that do not read pages; the pages themselves name the icon."""
    return redirect(static("icon.svg"))


# What a search engine may show: how to report something, and the statements. The rest asks who you are, or is a key.
PUBLIC_PAGES = ("report", "privacy", "accessibility")


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    allowed = [f"Allow: {reverse(name)}$" for name in PUBLIC_PAGES]
    # A form has an address of its own; which one to show, it says itself.
    form = [f"Allow: {reverse('report')}*-*-*-*-*/$"]
    lines = ["User-agent: *", *allowed, *form, f"Allow: {settings.STATIC_URL}", "Disallow: /", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"retention": settings.RETENTION})


@public
@require_safe
def no_sign_up(request: HttpRequest) -> HttpResponse:
    return render(request, "account/signup_closed.html")


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"why": str(exception)}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Who signed in anew in another tab has older forms open: what was typed in one is given back on its own page."""
    if request.content_type not in FORMS:  # a module of the tablet asks anew which token counts
        return JsonResponse({"reason": "csrf", "message": _("Your session began anew. Try again.")}, status=403)
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    page = keep(request, by=str(request.user.pk)) if request.user.is_authenticated else None
    if page and not fragment:
        return redirect(page)
    response = HttpResponse(status=403) if page else render(request, "403_csrf.html", status=403)
    if page:
        response.headers["HX-Redirect"] = page
    elif fragment:
        response.headers["X-Problem"] = "older"
    return response


@requires_csrf_token
def too_many_requests(request: HttpRequest, exception: Any = None) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "300"
    return response


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Its template stands alone: what broke may be what every other page is made of."""
    html = render_to_string("500.html", {"stylesheets": files(STYLESHEETS), "icons": files(["icon.svg"])})
    return HttpResponse(html, status=500)


def files(names: Iterable[str]) -> list[str]:
    try:
        return [static(name) for name in names]
    except ValueError:  # no manifest of static files: perhaps that is what went wrong
        return []
