"""One loan, lending alone, and the counter where things go out and come back."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from reservations import lending
from reservations.forms.answers import CancellationForm
from reservations.forms.equipment import HandOutForm, LoanForm, ReturnForm
from reservations.forms.names import chosen
from reservations.forms.wish import usual
from reservations.loans_seen import Line, kept_by, lines_of, loan_for
from reservations.models import Equipment, Loan, LoanState
from reservations.moments import whole_day
from reservations.register.looking import looked_at
from reservations.rights import Rights
from reservations.views.equipment import thing_of
from teams.decorators import signed_in, viewer

KEY, NEXT = "sleutel", "next"


# --- lending alone ----------------------------------------------------------------------------------------


@member
@require_http_methods(["GET", "HEAD", "POST"])
def loan_add(request: HttpRequest, code: str) -> HttpResponse:
    """Its key stands in its address: sent twice it is one loan."""
    thing, access, by = thing_of(code), viewer(request), signed_in(request)
    try:
        key = uuid.UUID(request.GET.get(KEY, ""))
    except ValueError:
        asked = request.GET.copy()
        asked[KEY] = str(uuid7())
        return redirect(f"{request.path}?{asked.urlencode()}")
    if made := Loan.objects.filter(pk=key, created_by=by).first():
        return redirect(made)
    rights = Rights.of(access)
    initial = {**usual(), **{name: value for name, value in chosen(request.GET).items() if value}}
    form = LoanForm(request.POST or None, by=by, viewer=access, rights=rights, initial=initial)
    if request.method == "POST" and form.is_valid() and (written := _lent(request, form, thing, key)):
        return redirect(written)
    context = {"form": form, "thing": thing, "page": request.get_full_path(), "at_once": rights.lends_at_once(thing)}
    return render(request, "reservations/loan_form.html", context, status=422 if form.errors else 200)


def _lent(request: HttpRequest, form: LoanForm, thing: Equipment, key: uuid.UUID) -> Loan | None:
    try:
        [made] = lending.lend([form.loan(thing, id=key)], by=signed_in(request))
    except lending.TooMany as refusal:
        form.add_error("quantity", str(refusal))
        return None
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    at_once = made.state == LoanState.CONFIRMED
    messages.success(
        request,
        _("It is yours then.") if at_once else _("Asked. The keeper answers it, and you hear that by mail."),
    )
    return made


# --- one loan ---------------------------------------------------------------------------------------------


@member
@require_safe
def loan(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _shown(request, loan_for(viewer(request), pk))


def _shown(
    request: HttpRequest, found: Loan, refusal: str = "", *, back: ReturnForm | None = None,
    along: HandOutForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    [line] = lines_of([found], viewer(request))
    looked_at([line.person], by=signed_in(request), surface="loan")
    context = {
        "line": line, "loan": found, "refusal": refusal, "cancellation": CancellationForm(),
        "back": back or ReturnForm(initial={"quantity": found.quantity}), "along": along or HandOutForm(),
        "confirm": line.keeps and line.waits, "hand_out": line.keeps and line.can("hand_out"),
        "take_back": line.keeps and line.can("take_back"), "cancel": line.can("cancel") and _writes(request, found),
    }  # fmt: skip
    return render(request, "reservations/loan.html", context, status=status)


def _writes(request: HttpRequest, found: Loan) -> bool:
    return Loan.objects.writable(viewer(request)).filter(pk=found.pk).exists()


def _act(request: HttpRequest, pk: uuid.UUID, act: Callable[[Loan], str], *, holder: bool = False) -> HttpResponse:
    """By the keeper of the things; where `holder`, by who holds the loan as well."""
    found = loan_for(viewer(request), pk)
    if not (Line(found).keeps or (holder and _writes(request, found))):
        raise PermissionDenied
    try:
        said = act(found)
    except Refused as refusal:
        return _shown(request, loan_for(viewer(request), pk), str(refusal), status=409)
    messages.success(request, said)
    to_counter = request.POST.get(NEXT) == reverse("reservations:loan-counter")
    return redirect("reservations:loan-counter") if to_counter else redirect(found)


@member
@require_POST
def loan_confirmation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    def confirm(found: Loan) -> str:
        lending.confirm(found, by=signed_in(request))
        return _("Confirmed: %(what)s.") % {"what": found}

    return _act(request, pk, confirm)


@member
@require_POST
def loan_pickup(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = loan_for(viewer(request), pk)
    form = HandOutForm(request.POST)
    if Line(found).keeps and not form.is_valid():
        return _shown(request, found, along=form, status=422)

    def hand_out(found: Loan) -> str:
        lending.hand_out(found, by=signed_in(request), condition=form.cleaned_data["condition"].strip())
        return _("Handed out: %(what)s.") % {"what": found}

    return _act(request, pk, hand_out)


@member
@require_POST
def loan_return(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = loan_for(viewer(request), pk)
    form = ReturnForm(request.POST)
    if Line(found).keeps and not form.is_valid():
        return _shown(request, found, back=form, status=422)

    def take_back(found: Loan) -> str:
        data = form.cleaned_data
        asked = lending.take_back(
            found, by=signed_in(request), quantity=data["quantity"], condition=data["condition"].strip()
        )
        said = _("Back: %(number)s of %(what)s.") % {"number": data["quantity"], "what": found}
        again = ngettext(
            "%(count)s loan cannot be kept with what is left, and asks for an answer again.",
            "%(count)s loans cannot be kept with what is left, and ask for an answer again.",
            len(asked),
        ) % {"count": len(asked)}
        return f"{said} {again}" if asked else said

    return _act(request, pk, take_back)


@member
@require_POST
def loan_cancellation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    def cancel(found: Loan) -> str:
        lending.cancel(found, by=signed_in(request), answer=CancellationForm(request.POST).said())
        return _("Cancelled: %(what)s.") % {"what": found}

    return _act(request, pk, cancel, holder=True)


# --- the counter ------------------------------------------------------------------------------------------


@member
@require_safe
def counter(request: HttpRequest) -> HttpResponse:
    """For keepers: what is late, what is asked, what goes out and comes back today and tomorrow."""
    access, now = viewer(request), timezone.now()
    if not Rights.of(access).keeps:
        raise PermissionDenied
    until = whole_day(timezone.localdate() + A_DAY)[1]
    kept = kept_by(access)
    asked = kept.filter(state=LoanState.ASKED, ends__gt=now).order_by("starts", "pk")
    going = kept.filter(state=LoanState.CONFIRMED, ends__gt=now, starts__lt=until).order_by("starts", "pk")
    coming = kept.filter(state=LoanState.OUT, ends__gt=now, ends__lt=until).order_by("ends", "pk")
    lists = {"late": list(kept.late(now)), "asked": list(asked), "going": list(going), "coming": list(coming)}
    lines = iter(lines_of([each for found in lists.values() for each in found], access))
    context = {name: [next(lines) for _each in found] for name, found in lists.items()}
    context["asked"] = [line for line in context["asked"] if line.waits]
    looked_at([line.person for some in context.values() for line in some], by=signed_in(request), surface="loan")
    return render(request, "reservations/loan_counter.html", context)
