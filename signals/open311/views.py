"""The addresses of the standard."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from signals.open311 import batch, catalogue
from signals.open311.answers import ApiError, answer, open311
from signals.open311.callers import caller_of, count_post, poster_of
from signals.open311.listing import Question, request_for, requests_for
from signals.open311.posting import by_token, post, receipt

FORM = "application/x-www-form-urlencoded"


@open311("GET", "HEAD")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    return answer("discovery", catalogue.discovery(request), form)


@open311("GET", "HEAD")
def services(request: HttpRequest, form: str) -> HttpResponse:
    caller_of(request)
    catalogue.check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    return answer("services", catalogue.services(), form)


@open311("GET", "HEAD")
def service_definition(request: HttpRequest, code: str, form: str) -> HttpResponse:
    caller_of(request)
    catalogue.check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    return answer("service_definition", catalogue.definition(catalogue.named(code)), form)


@open311("GET", "HEAD", "POST")
def service_requests(request: HttpRequest, form: str) -> HttpResponse:
    if request.method == "POST":
        return _post(request, form)
    caller = caller_of(request)
    catalogue.check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    return answer("service_requests", requests_for(caller, Question.read(request.GET)), form)


@open311("GET", "HEAD")
def service_request(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    caller = caller_of(request)
    catalogue.check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    return answer("service_requests", request_for(caller, reference), form)


@open311("GET", "HEAD")
def token(request: HttpRequest, token: str, form: str) -> HttpResponse:
    caller_of(request)
    catalogue.check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    return answer("service_requests", by_token(token), form)


@open311("GET", "HEAD", "POST")
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    raise ApiError(404, _("There is nothing at this address. An address ends in .xml or .json."))


def _post(request: HttpRequest, form: str) -> HttpResponse:
    key = poster_of(request)
    if request.content_type in batch.FORMS:
        answers, status = batch.post_all(request, batch.rows_in(request), key)
        return answer("service_requests", answers, form, status)
    if request.content_type != FORM:
        raise ApiError(400, _("Send a form (%(form)s), or XML or JSON for many at once.") % {"form": FORM})
    count_post(request, key)
    row = {name: request.POST[name] for name in request.POST}
    return answer("service_requests", [receipt(post(row, key))], form)
