"""What rooms cost: for everybody to look up, for who keeps the houses to set."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.history import steps_of
from reservations.forms.prices import PriceListForm, TariffForm
from reservations.models import PriceList, Tariff
from reservations.prices.rights import keeps_price_groups, keeps_prices, owners_kept
from reservations.prices.table import WITH_PRICES, Table, bands_in_words, current_list
from teams.decorators import viewer


@member
@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    lists = [f"lists__{each}" for each in WITH_PRICES]
    tariffs = Tariff.objects.select_related("owner").prefetch_related(*lists, "rooms__building")
    today = timezone.localdate()
    shown = [(tariff, Table.of(current_list(tariff, today)), list(tariff.rooms.all())) for tariff in tariffs]
    context = {
        "tariffs": shown,
        "keeps": keeps_prices(access),
        "keeps_groups": keeps_price_groups(access),
        "bands": bands_in_words(),
    }
    return render(request, "reservations/prices.html", context)


def _kept(request: HttpRequest, pk: int) -> Tariff:
    found = get_object_or_404(Tariff.objects.select_related("owner"), pk=pk)
    if not owners_kept(viewer(request)).filter(pk=found.owner_id).exists():
        raise PermissionDenied
    return found


@member
@require_safe
def tariff(request: HttpRequest, pk: int) -> HttpResponse:
    """With every list it had and will have."""
    found = _kept(request, pk)
    lists = found.lists.prefetch_related(*WITH_PRICES).annotate(said=Count("quotes")).order_by("-valid_from")
    context = {
        "tariff": found, "lists": [(each, Table.of(each)) for each in lists], "today": timezone.localdate(),
        "rooms": found.rooms.select_related("building"),
    }  # fmt: skip
    return render(request, "reservations/tariff.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def tariff_add(request: HttpRequest) -> HttpResponse:
    if not keeps_prices(viewer(request)):
        raise PermissionDenied
    return _tariff_form(request, Tariff())


@member
@require_http_methods(["GET", "HEAD", "POST"])
def tariff_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _tariff_form(request, _kept(request, pk))


def _tariff_form(request: HttpRequest, found: Tariff) -> HttpResponse:
    form = TariffForm(request.POST or None, instance=found, owners=owners_kept(viewer(request)))
    if request.method == "POST" and form.saved(form.write):
        messages.success(request, _("Saved."))
        return redirect(form.instance)
    context = {"form": form, "tariff": found if found.pk else None}
    return render(request, "reservations/tariff_form.html", context, status=422 if form.errors else 200)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def price_list_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins with the prices of the last one: most of them stay."""
    found = _kept(request, pk)
    last = found.lists.order_by("-valid_from").first()
    today = timezone.localdate()
    first = today if last is None else today.replace(year=today.year + 1, month=1, day=1)
    initial: dict[str, Any] = {"valid_from": first}
    if last:
        initial |= {"vat_rate": last.vat_rate, "minimum": last.minimum, "deposit": last.deposit}
    return _list_form(request, PriceList(tariff=found), like=last, initial=initial)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def price_list_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Only while nobody was told these prices: after that another list begins."""
    found = get_object_or_404(_kept(request, pk).lists.select_related("tariff"), pk=number)
    if found.quotes.exists():
        messages.info(request, _("These prices were said to somebody already. Let new ones begin on a later day."))
        return redirect("reservations:price-list-add", pk)
    return _list_form(request, found, like=found, initial={})


def _list_form(request: HttpRequest, found: PriceList, *, like: PriceList | None, initial: Any) -> HttpResponse:
    is_new = found.pk is None
    form = PriceListForm(request.POST or None, instance=found, like=like, initial=initial)
    if request.method == "POST" and form.saved(form.write):
        messages.success(request, _("Saved. What was said before stays as it was said."))
        return redirect(found.tariff)
    context = {"form": form, "tariff": found.tariff, "is_new": is_new}
    return render(request, "reservations/price_list_form.html", context, status=422 if form.errors else 200)


@member
@require_safe
def tariff_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    steps = steps_of([found, *found.lists.all()])
    return render(request, "history.html", {"about": found.name, "back": found.get_absolute_url(), "steps": steps})
