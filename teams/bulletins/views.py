"""The news of the areas: found, read, written by the team that keeps it, remarked upon."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.bulletins.filters import BulletinFilter
from teams.bulletins.forms import WHO_READS, BulletinForm, CommentForm, writing_teams
from teams.bulletins.writing import throw_away, write
from teams.decorators import signed_in, viewer
from teams.forms.overtaken import repeats
from teams.forms.plans import key_in
from teams.models import Bulletin, BulletinComment, BulletinPhoto
from teams.models.bulletins import BulletinKind, BulletinQuerySet

PER_PAGE = 20
REMARKS_PER_PAGE = 30


def shown(found: BulletinQuerySet) -> Any:
    """With all that a line or a page says, in three queries however many there are."""
    areas, photos = (
        Area.objects.defer("boundary").select_related("set").order_by("position"),
        BulletinPhoto.objects.order_by("added_at"),
    )
    return found.select_related("team__organisation").prefetch_related(
        Prefetch("areas", areas), Prefetch("photos", photos)
    )


@member
@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    access, form = viewer(request), BulletinFilter(request.GET)
    found = form.narrow(Bulletin.objects.readable(access)).annotate(
        remarks=Count("comments", filter=Q(comments__in=BulletinComment.objects.readable(access)))
    )
    found = found.order_by("-published_at", "-pk")  # Django drops the order of what it groups
    page = Paginator(shown(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "numbers": page.paginator.get_elided_page_range(page.number),
        "kinds": BulletinKind.choices, "kind": request.GET.get("soort", ""),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_write": writing_teams(access).exists(),
    }  # fmt: skip
    return render(request, "teams/bulletins/bulletins.html", context)


@member
@require_safe
def bulletin(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _page(request, readable(request, pk), CommentForm(initial={"key": uuid7()}))


def _page(request: HttpRequest, found: Bulletin, form: CommentForm, status: int = 200) -> HttpResponse:
    access = viewer(request)
    said = BulletinComment.objects.readable(access).filter(bulletin=found).select_related("by__organisation")
    pages = Paginator(said, REMARKS_PER_PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)  # the last word first of all
    removable = set(
        BulletinComment.objects.removable(access).filter(pk__in=[each.pk for each in page]).values_list("pk", flat=True)
    )
    context = {
        "bulletin": found, "form": form, "comments": [(each, each.pk in removable) for each in page], "page": page,
        "numbers": pages.get_elided_page_range(page.number),
        "may_write": found.team_id in access.team_ids,
    }  # fmt: skip
    return render(request, "teams/bulletins/bulletin.html", context, status=status)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def bulletin_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not writing_teams(access).exists():
        raise PermissionDenied
    there = Area.objects.current().filter(code=request.GET.get("gebied", "")).first()
    form = BulletinForm(typed(request), viewer=access, initial={"areas": [there.pk]} if there else None)
    return _written(request, form, None)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def bulletin_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = writable(request, pk)
    return _written(request, BulletinForm(typed(request), viewer=viewer(request), instance=found), found)


def typed(request: HttpRequest) -> QueryDict | None:
    """Nothing typed is typed too."""
    return request.POST if request.method == "POST" else None


def _written(request: HttpRequest, form: BulletinForm, found: Bulletin | None) -> HttpResponse:
    if request.method == "POST":
        key = key_in(request.POST, "key")
        made = None if found else Bulletin.objects.filter(pk=key, by=signed_in(request)).first()
        written = repeats(form, made) if made else form.saved(lambda: _write(form, request, found))
        if written and not form.to_look_at:
            return _kept(request, Bulletin.objects.get(pk=found.pk if found else form.pk), is_new=found is None)
    context = {"form": form, "bulletin": found, "who_reads": WHO_READS, "preview": form.instance}
    context["preview_areas"] = form.cleaned_data.get("areas") if form.to_look_at else None
    return render(request, "teams/bulletins/form.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, bulletin: Bulletin, *, is_new: bool) -> HttpResponse:
    """Of a new draft the photos come next: that is why somebody makes one."""
    if not bulletin.is_draft:
        messages.success(request, _("Saved. Those for whom it is can read it now."))
        return redirect(bulletin)
    messages.success(request, _("Kept as a draft: only your team reads it."))
    return redirect("bulletins:photos", bulletin.pk) if is_new else redirect(bulletin)


def _write(form: BulletinForm, request: HttpRequest, found: Bulletin | None) -> None:
    if form.to_look_at:
        return
    if found is None:
        form.instance.pk = form.pk
    form.instance.is_draft = form.stays_draft
    write(form.instance, areas=form.cleaned_data["areas"], by=signed_in(request))


@member
@require_POST
def bulletin_archive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = writable(request, pk)
    try:
        found.archive(by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Archived. It can be found with the filter, and be brought back."))
    return redirect(found)


@member
@require_POST
def bulletin_removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = writable(request, pk)
    try:
        throw_away(found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, _("The draft is gone."))
    return redirect("bulletins:bulletins")


@member
@require_POST
def bulletin_return(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = writable(request, pk)
    found.bring_back()
    messages.success(request, _("It stands in the list again."))
    return redirect(found)


@member
@require_POST
def comment_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = readable(request, pk), CommentForm(request.POST)
    if form.is_valid():
        try:
            made = found.comment(form.cleaned_data["key"], text=form.cleaned_data["text"], by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your remark stands below."))
            return redirect(f"{found.get_absolute_url()}#remark-{made.pk}")
    return _page(request, found, form, 422)


@member
@require_POST
def comment_removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    there = Bulletin.objects.readable(viewer(request)).values("pk")
    found = get_object_or_404(BulletinComment.objects.select_related("bulletin"), pk=pk, bulletin__in=there)
    if not BulletinComment.objects.removable(viewer(request)).filter(pk=found.pk).exists():
        raise PermissionDenied
    found.delete()
    messages.success(request, _("The remark is gone."))
    return redirect(found.bulletin)


def readable(request: HttpRequest, pk: uuid.UUID) -> Bulletin:
    found: Bulletin = get_object_or_404(shown(Bulletin.objects.readable(viewer(request))), pk=pk)
    return found


def writable(request: HttpRequest, pk: uuid.UUID) -> Bulletin:
    found = readable(request, pk)
    if not Bulletin.objects.writable(viewer(request)).filter(pk=pk).exists():
        raise PermissionDenied
    return found
