"""Who belongs to which price group: without one nobody can be told a price."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from reservations.models import Association, OrganisationPriceGroup, PriceGroup
from reservations.prices.rights import keeps_price_groups
from teams.decorators import viewer
from teams.models import Organisation

A_PAGE = 50
CLUB, OWN = "vereniging-", "organisatie-"
DIGITS = 9


@member
@require_http_methods(["GET", "HEAD", "POST"])
def price_holders(request: HttpRequest) -> HttpResponse:
    if not keeps_price_groups(viewer(request)):
        raise PermissionDenied
    if request.method == "POST":
        changed = _write(request)
        said = ngettext("%(number)s was changed.", "%(number)s were changed.", changed) % {"number": changed}
        messages.success(request, said)
        return redirect(request.get_full_path())
    asked, only_without = request.GET.get("zoek", "").strip(), "zonder" in request.GET
    clubs = Association.objects.select_related("price_group").order_by("name")
    clubs = clubs.filter(name__icontains=asked) if asked else clubs
    clubs = clubs.filter(price_group__isnull=True) if only_without else clubs
    of = dict(OrganisationPriceGroup.objects.values_list("organisation_id", "price_group_id"))
    own = Organisation.objects.filter(name__icontains=asked).order_by("name")
    page = Paginator(clubs, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "groups": PriceGroup.objects.all(), "asked": asked, "only_without": only_without,
        "without": Association.objects.filter(price_group__isnull=True).count(),
        "organisations": [(each, of.get(each.pk)) for each in own if not (only_without and each.pk in of)],
    }  # fmt: skip
    return render(request, "reservations/price_holders.html", context)


def _number(said: str) -> int:
    """Of a key; 0, which nothing has, when it is none."""
    return int(said) if said.isdecimal() and len(said) <= DIGITS else 0


def _write(request: HttpRequest) -> int:
    """Only what was changed: who looks at an old page takes back nothing of another's."""
    groups = PriceGroup.objects.in_bulk()
    changed = 0
    for name, said in request.POST.items():
        was = request.POST.get(f"was-{name}", "")
        group = groups.get(_number(str(said)))
        if said == was or (said and group is None):
            continue
        key = _number(name.removeprefix(CLUB).removeprefix(OWN))
        if name.startswith(CLUB):
            changed += Association.objects.filter(pk=key).update(price_group=group)
        elif name.startswith(OWN) and Organisation.objects.filter(pk=key).exists():
            _choose(key, group)
            changed += 1
    return changed


def _choose(organisation: int, group: PriceGroup | None) -> None:
    if group is None:
        OrganisationPriceGroup.objects.filter(organisation=organisation).delete()
    else:
        OrganisationPriceGroup.objects.update_or_create(
            organisation_id=organisation, defaults={"price_group": group}
        )  # fmt: skip
