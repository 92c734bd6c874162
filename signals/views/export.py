"""Taking the list of the inbox along: first what and how, then the file. And what was taken, for who oversees it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from signals.export import CONTENT_TYPES, Exporting, readable_rows
from signals.forms.export import ExportChoices
from signals.forms.inbox import FilterForm
from signals.inbox import COUNT_UP_TO, Inbox, Tab
from signals.models import Export, ExportForm
from signals.views.inbox import box_of
from teams.decorators import allowed, functions, signed_in, viewer
from teams.models import Function

PER_PAGE = 50
# Of the address of the inbox: where one stood in the list, not what the list is.
NOT_A_FILTER = {"page", "signaal"}


@allowed("view", "work", "view_sealed")
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    access = viewer(request)
    box, _filters = box_of(request)
    form = ExportChoices(request.POST or None, viewer=access)
    if "with_reporters" in request.POST and "with_reporters" not in form.fields:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        return _file(request, box, form)
    count = readable_rows(box).values("pk")[: COUNT_UP_TO + 1].count()
    back = f"{reverse('inbox')}?{request.GET.urlencode()}"
    context = {"form": form, "count": min(count, COUNT_UP_TO), "is_more": count > COUNT_UP_TO, "back": back}
    return render(request, "signals/export.html", context, status=422 if form.errors else 200)


def _file(request: HttpRequest, box: Inbox, form: ExportChoices) -> HttpResponseBase:
    user = signed_in(request)
    if user.organisation is None:
        messages.error(request, _("You work for no organisation yet, so nobody would oversee what you take along."))
        return redirect("inbox")
    taken = Export.objects.create(
        by=user, organisation=user.organisation, form=form.cleaned_data["form"], tab=box.tab,
        filters=filters_kept(request.GET),
        with_reporters=form.cleaned_data.get("with_reporters", False),
    )  # fmt: skip
    content_type = CONTENT_TYPES[ExportForm(taken.form)]
    response = StreamingHttpResponse(Exporting(box, user, taken).parts(), content_type=content_type)
    name = f"signalen-{timezone.localdate()}.{taken.form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def filters_kept(query: QueryDict) -> dict[str, str]:
    """Of a search only that there was one: its words may be somebody's name."""
    kept = {name: str(value) for name, value in query.items() if name not in NOT_A_FILTER}
    return kept | {"q": "*"} if kept.get("q") else kept


@functions(Function.DATA_PROTECTION_OFFICER)
@require_safe
def exports(request: HttpRequest) -> HttpResponseBase:
    found = Export.objects.overseen_by(viewer(request)).select_related("by")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(taken, filters_in_words(taken)) for taken in page]
    return render(request, "signals/exports.html", {"page": page, "rows": rows})


def filters_in_words(taken: Export) -> str:
    """What the list was narrowed to."""
    labels = {name: str(field.label or name) for name, field in FilterForm.base_fields.items()}
    said = [str(dict(Tab.choices).get(taken.tab, taken.tab))]
    for name, value in taken.filters.items():
        if value and name != "tab":
            said.append(_("with a search word") if name == "q" else f"{labels.get(name, name)}: {value}")
    return ", ".join(said)
