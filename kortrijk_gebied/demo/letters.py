"""Mail of the demo, in files that somebody opens to follow the links in them."""

import email.policy
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

# As a mail program shows it: a link cut at the end of a line, as mail travels, leads nowhere.
READABLE = email.policy.default.clone(cte_type="8bit", max_line_length=998)


class ReadableFiles(EmailBackend):
    stream: Any  # the file; open while messages are written

    def write_message(self, message: EmailMessage) -> None:
        self.stream.write(message.message(policy=READABLE).as_bytes(policy=READABLE) + b"\n" + b"-" * 79 + b"\n")
