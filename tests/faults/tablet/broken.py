"""A drain with a mistake in it, as somebody might make it: the count must see it."""

from pathlib import Path

from playwright.sync_api import Route

from kortrijk_gebied.embedded import ROOT
from tests.faults.tablet.device import Tablet

OUTBOX = Path(ROOT, "static/field/outbox.js")

type Mistake = list[tuple[str, str]]

# Dropped when it was sent, not when the answer says that it came.
DROPS_TOO_EARLY: Mistake = [
    ("async function sendOne(record) {", "async function sendOne(record) {\n  await dropRecord(record.id);"),
]
# What got no answer is made anew, with a new id.
SENDS_ANEW: Mistake = [
    (
        "async function failed(id, status, answer) {",
        "const typed = new Map();\nasync function failed(id, status, answer) {\n"
        "  const once = typed.get(id);\n  if (once && status >= 500) {\n"
        "    typed.delete(id);\n    await dropRecord(id);\n    await save(...once);\n    return 'later';\n  }",
    ),
    ("  drain();\n  return { id: body.id, savedAt };", "  typed.set(body.id, [kind, content, photos]);\n"
     "  drain();\n  return { id: body.id, savedAt };"),
]  # fmt: skip


def break_drain(tablet: Tablet, mistake: Mistake) -> None:
    script = OUTBOX.read_text()
    for right, wrong in mistake:
        assert script.count(right) == 1, right
        script = script.replace(right, wrong)

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=script)

    tablet.context.route("**/field/outbox.js", answer)
