"""What every page must be in a browser: silent, accessible, Dutch, and no wider than its window."""

import re
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, ViewportSize, expect

AXE = Path(settings.BASE_DIR, "node_modules/axe-core/axe.min.js").read_text()
# 24 pixels is a criterion of WCAG 2.2: gloves and buses ask for it.
# Without `preload` it does not fetch every stylesheet once more, for a rule about sound that plays by itself.
# Only what is wrong comes back: all that it looked at is as long as the page.
RUN = """async only => {
  const found = await axe.run(
    {resultTypes: ['violations'], preload: false, rules: {'target-size': {enabled: true}}, ...only}
  );
  return found.violations.flatMap(
    ({id, nodes}) => nodes.slice(0, 3).map(({target}) => `axe ${id}: ${target[0]}`)
  );
}"""
# What another width and other colours can break.
BY_SIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}}
# Chromium's own line for a refusal that a test asked for.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d ")
# Words that Dutch does not have, in what somebody sees, hears or hovers over.
ENGLISH = re.compile(
    r"\b(the|and|your?|this|that|with|which|from|please|there|have|has|not|are|add|save|delete|change|search|"
    r"close|loading|unknown|history|yes|none|all|select|choose|date|time|name|home)\b"
)
SEEN = """() => {
  const words = [document.title, document.body.innerText];
  for (const name of ["aria-label", "alt", "title", "placeholder"])
    for (const element of document.querySelectorAll(`[${name}]`)) words.push(element.getAttribute(name));
  return words.join("\\n");
}"""
WIDER = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide <= 0) return "";
  const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  return `${wide} px: ` + out.slice(-3).map(e => `${e.tagName}.${e.className}#${e.id}`).join(" ");
}"""


class Console:
    """Everything a page wrote there: errors, refused sources, warnings."""

    def __init__(self, page: Page) -> None:
        self.lines: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.lines.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if not REFUSED.match(message.text):
            self.lines.append(message.text)

    def take(self) -> list[str]:
        """What was written since the last time."""
        lines, self.lines = self.lines, []
        return lines


def settled(page: Page) -> None:
    """Parts that a page fetches by itself have come."""
    page.wait_for_load_state("load")
    expect(page.locator(".htmx-request, [aria-busy=true]")).to_have_count(0)


def violations(page: Page, only: dict[str, Any] | None = None) -> list[str]:
    """What axe finds, as `rule: selector`."""
    if not page.evaluate("typeof axe === 'object'"):
        page.context.add_init_script(AXE)  # the pages after this one have it, read already, when they come
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, only or {})
    return found


def phone_violations(page: Page) -> list[str]:
    return violations(page, BY_SIGHT)


def english(page: Page) -> list[str]:
    lines = str(page.evaluate(SEEN)).splitlines()
    return [f"English: {line.strip()[:80]}" for line in lines if ENGLISH.search(line.lower())]


def too_wide(page: Page, *widths: int) -> list[str]:
    found = []
    for width in widths:
        size: ViewportSize = {"width": width, "height": 844 if width < 1000 else 768}
        if page.viewport_size != size:
            page.set_viewport_size(size)
        if wide := str(page.evaluate(WIDER)):
            found.append(f"wider than {width}: {wide}")
    return found


def dress(page: Page, width: int, height: int, scheme: Literal["light", "dark"]) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
