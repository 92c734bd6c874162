"""What became of what one raised: for whoever works at a desk, a school or a service centre. The tablet has its own."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kortrijk_gebied.access import member
from signals import raised
from signals.models import Feedback, Signal
from teams.decorators import signed_in, viewer

MOST_NEW = 50
PER_PAGE = 20


@member
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """One's own lines, what is new above what was read. Showing them is reading them; nobody else sees them."""
    user, access = signed_in(request), viewer(request)
    own = Feedback.objects.of(user).select_related("signal")
    news = own.unread().order_by("-at", "pk")
    new = list(news[:MOST_NEW])
    page = Paginator(own.filter(read_at__isnull=False).order_by("-at", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    earlier = list(page)
    keys = [line.signal_id for line in (*new, *earlier)]
    context = {
        "new": new, "more": news.count() - len(new), "earlier": earlier, "page": page,
        "own": raised.own_figures(user), "post": raised.figures_of_post(access),
        "readable": set(Signal.objects.readable(access).filter(pk__in=keys).values_list("pk", flat=True)),
        "may_register": access.may("register"),
    }  # fmt: skip
    response = render(request, "signals/feedback.html", context)
    if request.method == "GET":  # whoever asks for the head alone was shown nothing
        raised.read([*new, *earlier], by=user)
    return response
