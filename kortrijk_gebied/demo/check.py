"""bin/demo --check: does it work from the outside, the way a coordinator and a worker see it?"""

import re
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from kortrijk_gebied.demo.supervisor import CannotStart, Supervisor
from kortrijk_gebied.embedded import ROOT

PATIENCE = 60.0


def check(supervisor: Supervisor, *, email: str, password: str) -> None:
    """Return when the inbox answers to a signed-in coordinator and a task has gone round; else raise."""
    deadline = time.monotonic() + PATIENCE
    while reason := _inbox_problem(f"http://localhost:{supervisor.port}", email, password):
        if time.monotonic() > deadline:
            raise CannotStart(f"The inbox does not answer: {reason}")
        supervisor.tend()
        time.sleep(0.2)
    command = [sys.executable, "manage.py", "check_worker", "--timeout", str(int(PATIENCE))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CannotStart(f"No task has gone round: {done.stderr.strip()[-500:]}")


def _inbox_problem(base: str, email: str, password: str) -> str | None:
    opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    try:
        form = _get(opener, f"{base}/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        if token is None:
            return "the sign-in page has no form"
        answer = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
        sign_in = Request(  # noqa: S310
            f"{base}/account/login/", urlencode(answer).encode(), {"Referer": f"{base}/account/login/"}
        )
        with opener.open(sign_in, timeout=10) as response:
            if "/account/login/" in response.url:
                return f"{email} cannot sign in"
        with opener.open(f"{base}/postvak/", timeout=10) as response:
            if response.status != 200 or not response.url.endswith("/postvak/"):
                return f"/postvak/ gave {response.status} at {response.url}"
    except HTTPError as error:
        return f"{error.url} gave {error.code}"
    except (URLError, OSError) as error:
        return str(error)
    return None


def _get(opener: OpenerDirector, url: str) -> str:
    with opener.open(url, timeout=10) as response:
        return str(response.read().decode())
