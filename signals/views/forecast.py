"""The week ahead, per team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signals.forecast import forecast
from teams.decorators import allowed, viewer


@allowed("work")
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    return render(request, "signals/forecast.html", {"forecast": forecast(viewer(request))})
