"""Asking another server of the standard what was reported there, by windows of time."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from kortrijk_gebied.outgoing import Answer, Unreachable, send
from signals.open311 import parsing

WINDOW = dt.timedelta(days=30)
SHORTEST = dt.timedelta(minutes=1)
# A server of the standard gives no more than this at a time, and does not say that there is more.
FULL = 1000
MOST_BYTES = 30 * 1024 * 1024
SECONDS = 60


class PullFailed(Exception):
    """The message says what the other side answered, for whoever started it."""


@dataclass
class Server:
    """`url` is its endpoint, such as https://api.city.example/open311/v2; `form` is xml or json."""

    url: str
    key: str = ""
    jurisdiction: str = ""
    form: str = "xml"
    inside: bool = True  # an operator typed the address
    asked: int = field(default=0, init=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or self.url

    def requests(self, since: dt.datetime, until: dt.datetime, *, codes: str = "") -> Iterator[list[parsing.Row]]:
        """What was reported in a period, in pieces, the oldest first. A window that is full is halved."""
        start, until, width = since.astimezone(dt.UTC), until.astimezone(dt.UTC), WINDOW
        while start < until:
            end = min(start + width, until)
            rows = self._ask(start, end, codes)
            if len(rows) >= FULL and end - start > SHORTEST:
                width = max((end - start) / 2, SHORTEST)
                continue
            yield rows
            start = end
            width = min(WINDOW, width * 2)

    def _ask(self, start: dt.datetime, end: dt.datetime, codes: str) -> list[parsing.Row]:
        given = {
            "start_date": _moment(start), "end_date": _moment(end), "service_code": codes,
            "jurisdiction_id": self.jurisdiction, "api_key": self.key,
        }  # fmt: skip
        query = urlencode({name: value for name, value in given.items() if value})
        self.asked += 1
        try:
            answer = send(
                "GET", f"{self.url.rstrip('/')}/requests.{self.form}?{query}", seconds=SECONDS, most=MOST_BYTES,
                inside=self.inside,
            )  # fmt: skip
        except Unreachable as error:
            raise PullFailed(str(error)) from error
        if answer.status != 200:
            raise PullFailed(self._refusal(answer))
        if answer.is_cut:
            raise PullFailed(_("The answer is larger than we read at once."))
        try:
            return parsing.rows_of(answer.body, self.form, root="service_requests", item="request")
        except parsing.Unreadable as error:
            raise PullFailed(str(error)) from error

    def _refusal(self, answer: Answer) -> str:
        """The server's own words, when it answers as the standard says."""
        try:
            errors = parsing.rows_of(answer.body, self.form, root="errors", item="error")
            words = " ".join(error.get("description", "") for error in errors)[:300]
        except parsing.Unreadable:
            words = ""
        if not words and 300 <= answer.status < 400:
            words = _("It refers to %(address)s; ask there.") % {"address": answer.headers.get("location", "")[:200]}
        return f"{answer.status} {words}".strip()


def _moment(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
