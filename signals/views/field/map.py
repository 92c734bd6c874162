"""The map that the tablet carries with it: areas and names. Open data, so it lies in the cache of the shell."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from areas.offline import offline_map
from kortrijk_gebied.access import public


def _etag(request: HttpRequest) -> str:
    return f'"{offline_map()[1]}"'


@public
@require_safe
@gzip_page
@cache_control(no_cache=True)
@condition(etag_func=_etag)
def field_map(request: HttpRequest) -> HttpResponse:
    return HttpResponse(offline_map()[0], content_type="application/json")
