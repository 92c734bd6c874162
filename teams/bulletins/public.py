"""What everybody may read of the areas: pages and a feed, without signing in. No remarks, and no names of colleagues:
a team speaks."""

import uuid
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from areas.models import Area
from kortrijk_gebied.access import public
from kortrijk_gebied.throttle import throttled
from teams.bulletins.filters import working_areas
from teams.bulletins.photos import sent
from teams.bulletins.views import shown
from teams.directory import public_week_of
from teams.models import Bulletin, BulletinPhoto

PER_PAGE = 10
IN_FEED = 20
# By the browser of who reads: a page with who is signed in above it is of nobody else.
kept_a_while = cache_control(private=True, max_age=300)


@public
@throttled("news", "120/m/ip")
@require_safe
@kept_a_while
def news(request: HttpRequest) -> HttpResponse:
    return _listed(request, None)


@public
@throttled("news", "120/m/ip")
@require_safe
@kept_a_while
def area_news(request: HttpRequest, code: str) -> HttpResponse:
    return _listed(request, get_object_or_404(working_areas(), code=code))


def _listed(request: HttpRequest, area: Area | None) -> HttpResponse:
    found = Bulletin.objects.public()
    if area:
        found = found.about([area.pk])
    page = Paginator(shown(found), PER_PAGE).get_page(request.GET.get("page"))
    numbers = page.paginator.get_elided_page_range(page.number)
    context = {"area": area, "areas": working_areas(), "page": page, "numbers": numbers}
    if area and page.number == 1:
        context["week"] = public_week_of(area, timezone.localdate())
    return render(request, "news/news.html", context)


@public
@throttled("news", "120/m/ip")
@require_safe
@kept_a_while
def item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(shown(Bulletin.objects.public()), pk=pk)
    return render(request, "news/item.html", {"bulletin": found})


@public
@throttled("news-photo", "300/m/ip")
@require_safe
def photo(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    return sent(get_object_or_404(BulletinPhoto, pk=pk, bulletin__in=Bulletin.objects.public().values("pk")))


class AreaFeed(Feed):  # type: ignore[type-arg]  # not subscriptable when it runs
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, code: str) -> Area:
        found: Area = get_object_or_404(working_areas(), code=code)
        return found

    def title(self, area: Area) -> str:
        return _("News from %(area)s") % {"area": area.name}

    def subtitle(self, area: Area) -> str:
        return _("From those who work in the neighbourhood for city, OCMW and police.")

    def link(self, area: Area) -> str:
        return reverse("news-area", args=[area.code])

    def items(self, area: Area) -> Any:
        return shown(Bulletin.objects.public().about([area.pk]))[:IN_FEED]

    def item_title(self, item: Bulletin) -> str:
        return item.title

    def item_description(self, item: Bulletin) -> str:
        return item.text

    def item_link(self, item: Bulletin) -> str:
        return reverse("news-item", args=[item.pk])

    def item_author_name(self, item: Bulletin) -> str:
        return item.team.name

    def item_pubdate(self, item: Bulletin) -> Any:
        return item.published_at


@public
@throttled("news", "120/m/ip")
@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponseBase:
    response: HttpResponseBase = AreaFeed()(request, code=code)
    response.headers["Cache-Control"] = "public, max-age=900"
    return response
