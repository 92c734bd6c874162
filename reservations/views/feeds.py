"""Calendars for other programs: the page where one makes and revokes them, and the file itself."""

import hashlib
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member, public
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.throttle import throttled
from reservations.feeds.reading import why_closed, written
from reservations.forms.feeds import MINE, FeedForm, is_made
from reservations.models import Feed
from teams.decorators import signed_in, viewer

# Of one address on the internet: Google and Outlook come for many colleagues from the same few.
RATE = "600/m/ip"
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "same-origin",
}
INLINE = 'inline; filename="kalender.ics"'


@member
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    begins = {"id": uuid7(), "of": request.GET.get("van", MINE)}
    form = FeedForm(request.POST or None, viewer=viewer(request), initial=begins)
    if request.method == "POST" and form.is_valid():
        if is_made(form.cleaned_data["id"]):
            messages.info(request, _("That calendar was made already. Lost the address? Then make a new one."))
            return redirect("reservations:feeds")
        feed = form.feed(user)
        # Shown in this answer and nowhere else, so without a redirect that would have to carry it.
        return render(request, "reservations/feed_once.html", {"address": Feed.make(feed), "feed": feed})
    own = [(each, why_closed(each)) for each in Feed.objects.filter(owner=user).with_names()]
    context = {"form": form, "feeds": sorted(own, key=lambda each: bool(each[1]))}
    return render(request, "reservations/feeds.html", context, status=422 if request.method == "POST" else 200)


@member
@require_POST
def feed_revocation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    feed = get_object_or_404(Feed.objects.with_names(), pk=pk, owner=user)
    feed.revoke(by=user)
    messages.success(request, _("The calendar of %(name)s opens nothing any more.") % {"name": feed.name})
    return redirect("reservations:feeds")


@public
@throttled("calendar-feed", RATE)
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Nobody is signed in here: whoever has the address reads what its owner may read at this moment."""
    found = Feed.objects.named_by(token)
    if found is None:
        return _said(_("There is no calendar here. Look whether the whole address was copied."), 404)
    if why := why_closed(found):
        return _said(why, 410)
    text = written(found)
    digest = hashlib.sha256(text).hexdigest()
    etag, changed_at = quote_etag(digest), int(found.note_read(digest).timestamp())
    own = {"ETag": etag, "Last-Modified": http_date(changed_at), "Content-Disposition": INLINE}
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8", headers={**HEADERS, **own})
    return get_conditional_response(request, etag, changed_at, response) or response


def _said(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status, headers=HEADERS)
