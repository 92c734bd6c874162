"""Who works with which tablet: a shift begins with signing in, and gives a pass that proves who wrote a record.

The pass opens nothing. It stands in every record, sealed, so that what a tablet sends is from the person of that shift
and from nobody who found the tablet and knows the public key.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from signals.field.records import storable
from signals.models import PatrolRound, Shift, Tablet
from teams.access import access_of
from teams.models import Function, User

COOKIE = "veldtablet"
COOKIE_AGE = 2 * 365 * 24 * 60 * 60
SALT = "field-shift"
TABLET_SALT = "field-tablet"
LONGEST_NAME = 60


@dataclass(frozen=True)
class Pass:
    shift_id: uuid.UUID
    user_id: uuid.UUID
    tablet_id: uuid.UUID


def pass_of(shift: Shift) -> str:
    return signing.dumps([str(shift.pk), str(shift.user_id), str(shift.tablet_id)], salt=SALT)


def read_pass(text: str) -> Pass | None:
    """Without an end: a tablet may lie in a drawer for months before what it holds can leave."""
    try:
        return Pass(*(uuid.UUID(part) for part in signing.loads(text, salt=SALT)))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def may_recover(user: User, author: User) -> bool:
    """Who coordinates in the organisation of the author brings in what the author cannot bring any more."""
    return user.organisation_id == author.organisation_id and access_of(user).holds(Function.COORDINATOR)


def tablet_of(request: HttpRequest) -> Tablet | None:
    """The tablet that asks. Its cookie tells which it is, and gives no right to anything."""
    try:
        pk = uuid.UUID(request.get_signed_cookie(COOKIE, default="", salt=SALT))
    except (signing.BadSignature, ValueError):
        return None
    return Tablet.objects.filter(pk=pk).first()


def tablet_of_pass(text: str) -> Tablet | None:
    """The tablet on which a record was saved."""
    found = read_pass(text)
    return Tablet.objects.filter(pk=found.tablet_id).first() if found else None


def token_of(tablet: Tablet) -> str:
    """What a tablet keeps to be known by when its browser died and forgot the cookie. The pass of a shift would do,
    but that proves who writes, and must not lie there when the shift is over."""
    return signing.dumps(str(tablet.pk), salt=TABLET_SALT)


def tablet_of_token(text: str) -> Tablet | None:
    try:
        return Tablet.objects.filter(pk=uuid.UUID(str(signing.loads(text, salt=TABLET_SALT)))).first()
    except (signing.BadSignature, ValueError):
        return None


def remember(response: HttpResponse, tablet: Tablet, *, secure: bool) -> None:
    response.set_signed_cookie(
        COOKIE, str(tablet.pk), salt=SALT, max_age=COOKIE_AGE, path="/veld/", secure=secure, httponly=True,
        samesite="Strict",
    )  # fmt: skip


def start(*, shift_id: uuid.UUID, by: User, tablet: Tablet | None, name: str) -> Shift:
    """Begin a shift; asked twice it is the same one. A tablet we do not know yet gets a name."""
    known = Shift.objects.select_related("tablet").filter(pk=shift_id, user=by).first()
    if known and not known.tablet.is_revoked:
        return known
    tablet = known.tablet if known else tablet
    if tablet is None:
        tablet = _new_tablet(by, name)
    with transaction.atomic():
        tablet = Tablet.objects.select_for_update(of=("self",)).get(pk=tablet.pk)
        if tablet.is_revoked:
            raise Refused(_("This tablet was taken out of use. Give it to your coordinator."))
        for former in Shift.objects.filter(tablet=tablet, ended_at__isnull=True):
            former.end()  # who forgot to end it, or whose tablet was killed
        try:
            return Shift.objects.create(pk=shift_id, tablet=tablet, user=by)
        except IntegrityError as problem:
            raise Refused(_("This shift belongs to somebody else. Start again.")) from problem


def end(*, by: User, tablet: Tablet | None) -> None:
    for shift in Shift.objects.filter(user=by, tablet=tablet, ended_at__isnull=True):
        shift.end()


def cut_off(tablet: Tablet) -> None:
    """End the shift that runs there, and every session of its person: whoever found the tablet holds one of them, and
    no other page asks which tablet it is on."""
    running = list(Shift.objects.filter(tablet=tablet, ended_at__isnull=True))
    people = {str(shift.user_id) for shift in running}
    for shift in running:
        shift.end()
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator() if people else ():
        if session.get_decoded().get(SESSION_KEY) in people:
            session.delete()


def running(by: User, tablet: Tablet | None) -> Shift | None:
    return Shift.objects.filter(user=by, tablet=tablet, ended_at__isnull=True).first()


def last_end(user: User, before: dt.datetime) -> dt.datetime | None:
    """When this person last ended a shift or a round, up to a moment."""
    shifts = Shift.objects.filter(user=user, ended_at__lte=before).aggregate(last=Max("ended_at"))
    rounds = PatrolRound.objects.filter(by=user, ended_at__lte=before).aggregate(last=Max("ended_at"))
    ended = [shifts["last"], rounds["last"]]
    return max((moment for moment in ended if moment), default=None)


def _new_tablet(by: User, name: str) -> Tablet:
    if by.organisation is None:
        raise Refused(_("Your account has no organisation yet: ask your administrator."))
    wanted = " ".join(storable(name).split())[:LONGEST_NAME]
    fallback = _("Tablet of %(day)s") % {"day": date_format(timezone.localdate())}
    base = wanted or fallback
    for number in range(1, 100):
        tried = base if number == 1 else f"{base[: LONGEST_NAME - 4]} {number}"
        if Tablet.objects.filter(organisation=by.organisation, name__iexact=tried).exists():
            continue
        try:
            with transaction.atomic():
                return Tablet.objects.create(organisation=by.organisation, name=tried, created_by=by)
        except IntegrityError:  # another took the name at this moment
            continue
    raise Refused(_("Another tablet has this name already."))
