"""Work on a file of a stranger that may never end, or eat the machine: in a process of its own, on a short leash."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.refusals import Refused

WORKBENCH = Path(__file__).with_name("workbench.py")
SECONDS = 60  # of the clock; of the processor the workbench gets fewer


def do_apart(what: str, sent: bytes, *arguments: str) -> bytes:
    """What the workbench makes of a file. Raises Refused with a sentence when it says no, or never answers."""
    command = [sys.executable, "-IB", str(WORKBENCH), what, *arguments]
    try:
        # No environment: the keys of the program are none of its business.
        done = subprocess.run(command, input=sent, capture_output=True, timeout=SECONDS, env={}, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Refused(_too_much()) from error
    if done.returncode:
        raise Refused(_why(done.returncode))
    return done.stdout


def _why(code: int) -> str:
    """The codes are those of workbench.py; whatever else ends it (a signal, no memory) was too much."""
    if code == 11:
        return _("This PDF is locked with a password. Save it without one and send that.")
    if code == 12:
        return ngettext(
            "This PDF has more than %(most)s page. Send only the pages that matter.",
            "This PDF has more than %(most)s pages. Send only the pages that matter.",
            settings.PDF_MAX_PAGES,
        ) % {"most": settings.PDF_MAX_PAGES}
    if code == 13:
        return _("We cannot read this file: it is damaged, or did not arrive whole. Send it again.")
    if code == 14:
        most = settings.PICTURE_MAX_PIXELS // 1_000_000
        return _("This picture has more than %(most)s million pixels. Send a photo as your camera makes it.") % {
            "most": most
        }
    return _too_much()


def _too_much() -> str:
    return _("This file is too intricate for us. Print it to a new PDF, or send a photo of it.")
