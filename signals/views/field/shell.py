"""The shell of the tablet: the same for everybody, so that it may lie in the cache of a tablet that goes from hand to
hand. Who is signed in, it asks at `stand/`."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kortrijk_gebied.access import public
from signals.field.shell import STYLES, shell_of
from signals.models import RoundActivityKind

TEMPLATE = "signals/field/shell.html"


@public
@require_safe
@cache_control(no_cache=True)
def shell(request: HttpRequest) -> HttpResponse:
    # The history middleware looked who it is; this page is the same for everybody, and does not vary with the cookie.
    request.session.accessed = False
    return HttpResponse(_page())


@public
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It changes with any file of the shell: so a browser sees that there is a new one."""
    found = shell_of(_page())
    told = {"version": found.version, "page": reverse("field"), "files": found.files, "map": reverse("field-map")}
    context = {"shell": json.dumps(told)}
    return render(request, "signals/field/worker.js", context, content_type="text/javascript; charset=utf-8")


@public
@require_safe
@cache_control(no_cache=True)
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [("192", "any", "icon-192"), ("512", "any", "icon-512"), ("512", "maskable", "icon-maskable")]
    return JsonResponse(
        {
            "name": _("Field"), "short_name": _("Field"), "description": _("The tablet of who walks the streets."),
            "lang": "nl-BE", "id": reverse("field"), "start_url": reverse("field"), "scope": reverse("field"),
            # A link opened elsewhere goes to the window that is there: two would each hold half.
            "launch_handler": {"client_mode": "focus-existing"},
            "display": "standalone", "background_color": "#f3f3f3", "theme_color": "#0f5c63",
            "icons": [
                {"src": static(f"field/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for size, purpose, name in icons
            ],
        },
        content_type="application/manifest+json",
    )  # fmt: skip


def _page() -> str:
    """Rendered without the request: no name, no token and no cookie can get into it."""
    return render_to_string(TEMPLATE, {"styles": STYLES, "activities": RoundActivityKind.choices})
