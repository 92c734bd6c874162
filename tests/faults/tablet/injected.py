"""Faults that happen in the server itself. Each is a file in a folder, `<order>.<record|photo>.<what>`: who takes the
file away has the fault, so that it happens once, whichever process lives to see it. What happened is written down
before it happens."""

import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse, JsonResponse

from signals.models import Attachment, Delivery
from teams.models import User

FOLDER = Path(os.environ["FAULTS"])
SENT = re.compile(r"/veld/berichten/[0-9a-f-]+/(fotos/)?")
PATIENCE = 20.0

_here = threading.local()

type Answer = Callable[[HttpRequest], HttpResponse]


def faults(get_response: Answer) -> Answer:
    """The innermost middleware: what it does, the view could have done."""

    def answer(request: HttpRequest) -> HttpResponse:
        sent = SENT.match(request.path) if request.method == "PUT" else None
        what = _take("photo" if sent.group(1) else "record") if sent else ""
        return _act(what, request, get_response) if what else get_response(request)

    return answer


def _take(kind: str) -> str:
    for path in sorted(FOLDER.glob(f"*.{kind}.*")):
        try:
            path.unlink()
        except FileNotFoundError:  # another request had it
            continue
        with (FOLDER / "happened").open("a") as happened:
            happened.write(f"{path.name}\n")
        return path.name.split(".", 2)[2]
    return ""


def _act(what: str, request: HttpRequest, get_response: Answer) -> HttpResponse:
    before, _, after = what.partition("-")
    match before:
        case "die":
            _here.dies = after == "before"
        case "hang" if after == "before":
            _hang()
        case "signed":  # out: the session is gone, as when it expired
            request.session.flush()
            request.user = AnonymousUser()
        case "stranger":
            request.user = User.objects.get(email__startswith="wijkinspecteur@")
        case "portal":  # something between us and the tablet that answers in our place
            return HttpResponse("<html><body>Welkom op het gratis netwerk</body></html>")
        case _ if before.isdigit() and not after:
            return JsonResponse({"message": f"Zo kan het niet: {before}."}, status=int(before))
    response = get_response(request)
    if what == "die-after":
        _die()
    if what == "hang-after":
        _hang()
    return HttpResponse(status=500) if what == "500-after" else response


def _die() -> None:
    """The whole server, the process that watches over the workers too."""
    os.killpg(os.getpgid(0), signal.SIGKILL)
    signal.pause()  # until it arrives


def _hang() -> None:
    deadline = time.monotonic() + PATIENCE
    while not (FOLDER / "go-on").exists() and time.monotonic() < deadline:
        time.sleep(0.005)


# --- at the very last moment before the database keeps it --------------------------------------------------


def _wrote(**_given: Any) -> None:
    _here.wrote = True


def die_before_commit() -> None:
    for model in (Delivery, Attachment):
        post_save.connect(_wrote, sender=model, dispatch_uid=f"wrote {model.__name__}")
    commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def instead(self: Any) -> Any:
        if getattr(_here, "dies", False) and getattr(_here, "wrote", False):
            _die()
        _here.wrote = False
        return commit(self)

    BaseDatabaseWrapper._commit = instead  # type: ignore[attr-defined]
