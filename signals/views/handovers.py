"""A signal that waits, or is asked of others: to take over, to take somebody up, or to have it outside."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import public
from kortrijk_gebied.keyed import keyed
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.throttle import throttled
from signals import handing, moves_elsewhere
from signals.forms.handovers import OutsideAnswerForm
from signals.levels import Level
from signals.models import Handover, Signal
from signals.outside import handover_of
from signals.reading import looked_at
from signals.views.answers import doing, perform, steerable_signal
from signals.visibility import Sight
from signals.workflow import HandoverKind
from teams.access import Access, teams_that_work
from teams.decorators import allowed, signed_in, viewer

RELATED = ("signal__category", "signal__owner", "signal__team", "team__organisation", "from_team", "from_organisation",
           "by__organisation", "ended_by")  # fmt: skip


@allowed("route", "work")
@require_POST
def waiting(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)

    def wait(data: dict[str, Any]) -> None:
        found.wait(by=signed_in(request), **data)

    return perform(request, moves_elsewhere.waiting(found, request.POST), wait, reference=reference)


@allowed("route", "work")
@require_POST
def resumption(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    return perform(
        request, moves_elsewhere.resumption(found), lambda _data: found.resume(by=signed_in(request)),
        reference=reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def handovers(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    move = moves_elsewhere.handover(found, _teams(), request.POST)

    def ask(data: dict[str, Any]) -> None:
        handing.hand_over(
            signal=found, by=signed_in(request), team=data["team"], text=data["text"],
            legal_ground=data["legal_ground"], seal=data.get("seal", False),
        )  # fmt: skip

    return perform(request, move, ask, reference=reference)


@allowed("route", "work")
@require_POST
def referrals(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)
    move = moves_elsewhere.referral(found, _teams(), request.POST)

    def ask(data: dict[str, Any]) -> None:
        handing.refer_person(
            signal=found, by=signed_in(request), team=data["team"], text=data["text"],
            legal_ground=data["legal_ground"],
        )  # fmt: skip

    return perform(request, move, ask, reference=reference)


@allowed("route", "work")
@require_POST
def outside(request: HttpRequest, reference: str) -> HttpResponse:
    found = steerable_signal(viewer(request), reference)

    def refer(data: dict[str, Any]) -> None:
        handing.refer_outside(
            signal=found, by=signed_in(request), outside=data["outside"], text=data["text"],
            email=data.get("email", ""),
        )  # fmt: skip

    return perform(request, moves_elsewhere.outside(found, request.POST), refer, reference=reference)


def _teams() -> Any:
    return teams_that_work().select_related("organisation")


# --- one that was asked ---------------------------------------------------------------------------------


@allowed("route", "work", "view_sealed")
@require_safe
def handover(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was asked, of whom, and the answer. The words are for who may read them; the receiver of something
    secret reads nothing else of the signal."""
    access = viewer(request)
    found = _known(access, pk)
    words = Handover.objects.with_words(access).filter(pk=pk).exists()
    if words:
        _log(request, found)
    found_moves = moves_elsewhere.on_handover(
        found, may_answer=_may_answer(found, access), may_steer=_may_steer(found, access)
    )
    asked = next((move for move in found_moves if move.name == f"{request.GET.get('doe', '')}-{pk}"), None)
    if asked:
        return doing(request, asked)
    if request.GET.get("doe"):
        raise Http404
    readable = Signal.objects.readable(access).filter(pk=found.signal_id).exists()
    context = {
        "handover": found, "words": words, "moves": found_moves, "readable": readable,
        "shows_signal": words and found.signal.level == Level.OPEN,
    }  # fmt: skip
    beside = bool(request.htmx)  # type: ignore[attr-defined]
    response = render(request, f"signals/{'handover_panel' if beside else 'handover'}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@allowed("work")
@require_POST
def acknowledgement(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _answerable(request, pk)
    move = moves_elsewhere.acknowledgement(found)
    return perform(
        request, move, lambda _data: found.acknowledge(by=signed_in(request)), reference=found.signal.reference
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def confirmation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _answerable(request, pk)
    return perform(
        request, moves_elsewhere.confirmation(found, request.POST),
        lambda data: found.confirm(by=signed_in(request), answer=data["answer"]), reference=found.signal.reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def refusal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _answerable(request, pk)
    return perform(
        request, moves_elsewhere.refusal(found, request.POST),
        lambda data: found.decline(by=signed_in(request), reason=data["reason"]), reference=found.signal.reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def withdrawal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Taking it back is for who steers the signal."""
    found = _known(viewer(request), pk)
    if not _may_steer(found, viewer(request)):
        raise PermissionDenied
    return perform(
        request, moves_elsewhere.withdrawal(found), lambda _data: found.withdraw(by=signed_in(request)),
        reference=found.signal.reference,
    )  # fmt: skip


@allowed("route", "work")
@require_POST
def retraction(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A yes that was a mistake, taken back by who steers the signal, or by the team that gave it."""
    access = viewer(request)
    found = _known(access, pk)
    if not moves_elsewhere.may_retract(
        found, may_answer=_may_answer(found, access), may_steer=_may_steer(found, access)
    ):  # fmt: skip
        raise PermissionDenied
    return perform(
        request, moves_elsewhere.retraction(found, request.POST),
        lambda data: found.retract(by=signed_in(request), reason=data["reason"]), reference=found.signal.reference,
    )  # fmt: skip


def _known(access: Access, pk: uuid.UUID) -> Handover:
    return get_object_or_404(Handover.objects.readable(access).select_related(*RELATED), pk=pk)


def _may_answer(asked: Handover, access: Access) -> bool:
    """In the team that was asked, and allowed to do its work."""
    return asked.team_id in access.team_ids & access.teams("work")


def _may_steer(asked: Handover, access: Access) -> bool:
    return Signal.objects.writable(access).filter(pk=asked.signal_id).exists()


def _answerable(request: HttpRequest, pk: uuid.UUID) -> Handover:
    """The answer of a team is its own to give; that of somebody outside is noted by who steers the signal."""
    access = viewer(request)
    found = _known(access, pk)
    may = _may_steer if found.kind == HandoverKind.OUTSIDE else _may_answer
    if not may(found, access):
        raise PermissionDenied
    return found


def _log(request: HttpRequest, found: Handover) -> None:
    found.signal.sight = Sight.SHARED  # type: ignore[attr-defined]
    looked_at([found.signal], by=signed_in(request), surface="handover")


# --- by the link in a mail, without a password ------------------------------------------------------------


@public
@keyed
@throttled("outside-answer", "30/m/ip")
@require_http_methods(["GET", "HEAD", "POST"])
def outside_answer(request: HttpRequest, token: str) -> HttpResponse:
    found = handover_of(token)
    if found is None:
        return render(request, "signals/outside.html", status=404)
    form = OutsideAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(found, request.POST.get("antwoord", ""), form.cleaned_data["words"])
        except Refused as refusal:
            form.add_error("words" if found.is_pending else None, str(refusal))
        found.refresh_from_db()
    context = {"handover": found, "form": form}
    return render(request, "signals/outside.html", context, status=422 if form.errors else 200)


def _answer(found: Handover, answer: str, words: str) -> None:
    if answer == "nee":
        found.decline(by=None, reason=words)
    else:
        by_link = _("By the link in the mail.")
        found.confirm(by=None, answer=f"{by_link} {words}".strip())
