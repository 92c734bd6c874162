"""The first guard of a view: may this person do such a thing anywhere? Which rows, the scoped fetch decides."""

from collections.abc import Callable
from typing import Concatenate, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from kortrijk_gebied.access import member
from teams.access import Access, access_of
from teams.models import Function, User

type Guard[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request that passed `member`: somebody is signed in."""

    user: User


def viewer(request: HttpRequest) -> Access:
    return access_of(cast(User, request.user))


def signed_in(request: HttpRequest) -> User:
    return cast(User, request.user)


def allowed[**P](*actions: str) -> Callable[[Guard[P]], Guard[P]]:
    """For who holds one of the actions (view, register, route, work, manage...) on any area or team."""
    return _guard(lambda access: any(access.may(action) for action in actions))


def functions[**P](*wanted: Function) -> Callable[[Guard[P]], Guard[P]]:
    """For who holds one of the functions today."""
    return _guard(lambda access: access.holds(*wanted))


def _guard[**P](passes: Callable[[Access], bool]) -> Callable[[Guard[P]], Guard[P]]:
    def decorate(view: Guard[P]) -> Guard[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not passes(viewer(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.__name__, guarded.__doc__, guarded.__module__ = view.__name__, view.__doc__, view.__module__
        return member(guarded)

    return decorate
