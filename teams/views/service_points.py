"""Service centres, antennas, desks: where they are, when, since when, and where they were."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.models import Area
from areas.models.sets import SetKind
from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from teams.decorators import signed_in, viewer
from teams.forms.service_points import PlaceForm, ServicePointForm
from teams.models import Organisation, ServicePoint
from teams.models.care_entries import writes
from teams.views.care import typed

PER_PAGE = 25


def keeper(request: HttpRequest) -> Organisation | None:
    """The organisation whose points somebody keeps, if they keep any: who writes in the care grid does."""
    organisation = signed_in(request).organisation
    return organisation if writes(viewer(request), organisation) else None


@member
@require_safe
def service_points(request: HttpRequest) -> HttpResponse:
    """Where people can go is no secret: every colleague reads it. By care area, or all of them."""
    today = timezone.localdate()
    areas = list(Area.objects.current().filter(set__kind=SetKind.CARE).defer("boundary"))
    chosen = next((area for area in areas if area.code == request.GET.get("gebied")), None)
    points = ServicePoint.objects.with_places(today)
    if chosen:
        points = points.within([chosen.pk], today)
    page = Paginator(points, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "areas": areas, "chosen": chosen, "page": page, "numbers": page.paginator.get_elided_page_range(page.number),
        "keeps": keeper(request) is not None,
    }  # fmt: skip
    return render(request, "teams/care/service_points.html", context)


@member
@require_safe
def service_point(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    found = get_object_or_404(ServicePoint.objects.with_places(today), code=code)
    here = Area.objects.filter(pk__in=found.current.area_ids if found.current else [])
    context = {
        "point": found, "places": found.places.select_related("area").order_by("-starts"), "today": today,
        "areas": here.select_related("set").defer("boundary").order_by("set__position"),
        "keeps": keeper(request) == found.organisation,
    }  # fmt: skip
    return render(request, "teams/care/service_point.html", context)


def own(request: HttpRequest, code: str) -> ServicePoint:
    found = get_object_or_404(ServicePoint.objects.select_related("organisation"), code=code)
    if keeper(request) != found.organisation:
        raise PermissionDenied
    return found


@member
@require_http_methods(["GET", "HEAD", "POST"])
def service_point_add(request: HttpRequest) -> HttpResponse:
    organisation = keeper(request)
    if organisation is None:
        raise PermissionDenied
    form = ServicePointForm(typed(request), organisation=organisation)
    place = PlaceForm(typed(request))
    if request.method == "POST" and place.is_valid() and form.saved(lambda: _made(form, place)):
        messages.success(request, _("Saved."))
        return redirect(form.instance)
    context = {"form": form, "place": place}
    return render(request, "teams/care/service_point_form.html", context, status=_status(form, place))


def _made(form: ServicePointForm, place: PlaceForm) -> None:
    form.save()
    form.instance.move(place.instance)


def _status(*forms: ServicePointForm | PlaceForm) -> int:
    return 422 if any(form.errors for form in forms) else 200


@member
@require_http_methods(["GET", "HEAD", "POST"])
def service_point_edit(request: HttpRequest, code: str) -> HttpResponse:
    found = own(request, code)
    form = ServicePointForm(typed(request), instance=found, organisation=found.organisation)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect(found)
    return render(request, "teams/care/service_point_form.html", {"form": form, "point": found}, status=_status(form))


@member
@require_http_methods(["GET", "HEAD", "POST"])
def service_point_move(request: HttpRequest, code: str) -> HttpResponse:
    found = own(request, code)
    place = PlaceForm(typed(request))
    if request.method == "POST" and place.is_valid():
        try:
            with transaction.atomic():
                found.move(place.instance)
        except Refused as refusal:
            place.add_error("starts", str(refusal))
        else:
            messages.success(request, _("The move is noted. Where it was stays to be read."))
            return redirect(found)
    context = {"point": found, "place": place}
    return render(request, "teams/care/service_point_form.html", context, status=_status(place))


@member
@require_POST
def service_point_stay(request: HttpRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    found = own(request, code)
    try:
        found.stay(pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The move is off: it stays where it is."))
    return redirect(found)
