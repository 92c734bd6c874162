"""bin/demo --check: does it work from the outside, the way a coordinator and a worker see it?"""

import re
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from kortrijk_gebied.demo.supervisor import CannotStart, Supervisor
from kortrijk_gebied.embedded import ROOT

PATIENCE = 60.0


def check(supervisor: Supervisor, *, email: str, password: str) -> None:
    """Return when the inbox answers to a signed-in coordinator and a task has gone round; else raise."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _open_inbox(f"http://localhost:{supervisor.port}", email, password)
            break
        except HTTPError as error:
            log = supervisor.children[0].tail() if error.code >= 500 else ""
            raise CannotStart(f"{error.url} gave {error.code}.\n{log}") from None
        except (URLError, OSError) as error:  # nobody listens, yet or again
            if time.monotonic() > deadline:
                raise CannotStart(f"The web server does not answer: {error}") from None
            supervisor.tend()
            time.sleep(0.2)
    command = [sys.executable, "manage.py", "check_worker", "--timeout", str(int(PATIENCE))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CannotStart(f"No task has gone round: {done.stderr.strip()[-500:]}")


def _open_inbox(base: str, email: str, password: str) -> None:
    opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    sign_in = f"{base}/account/login/"
    with opener.open(sign_in, timeout=PATIENCE) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    if token is None:
        raise CannotStart("The sign-in page has no form.")
    answer = urlencode({"csrfmiddlewaretoken": token[1], "login": email, "password": password}).encode()
    with opener.open(Request(sign_in, answer, {"Referer": sign_in}), timeout=PATIENCE) as page:  # noqa: S310
        if page.url.startswith(sign_in):
            raise CannotStart(f"{email} cannot sign in.")
    with opener.open(f"{base}/postvak/", timeout=PATIENCE) as page:
        if page.status != 200 or not page.url.endswith("/postvak/"):
            raise CannotStart(f"/postvak/ gave {page.status} at {page.url}.")
