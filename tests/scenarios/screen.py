"""A person at a screen without JavaScript: opens pages, reads what they say, fills in labels, presses buttons.

A story that is told this way finds a form by the words on its button and a field by its label, so it breaks
when a page no longer offers what the story needs, not when an address changes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from teams.models import User

BOX = "box of "  # before the value that a tick sends
UNSEEN = {"script", "style", "template"}
EMPTY = {"input", "br", "img", "link", "meta", "hr", "path", "circle", "use", "rect", "line", "polygon", "polyline"}

type Typed = Mapping[str, Any]
"""What is typed or chosen, by the label of the field."""


@dataclass
class Button:
    words: str
    form: "Form"
    name: str = ""
    value: str = ""
    action: str = ""  # when it goes elsewhere than its form


@dataclass
class Form:
    action: str = ""
    method: str = "get"
    values: dict[str, Any] = field(default_factory=dict)
    options: dict[str, dict[str, str]] = field(default_factory=dict)  # of a select: words -> value
    names: dict[str, tuple[str, str]] = field(default_factory=dict)  # id -> name of the field, its kind or value


class Page(HTMLParser):
    """What somebody has before them."""

    def __init__(self, url: str, status: int, html: str) -> None:
        super().__init__()
        self.url, self.status, self.html = url, status, html
        self.text = ""
        self.buttons: list[Button] = []
        self.links: list[tuple[str, str]] = []
        self._labels: list[tuple[str, str]] = []  # id of the field, words
        self._forms: dict[str, Form] = {}
        self._form = Form()
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._words: list[str] = []
        self._waiting: list[tuple[Button, str]] = []
        self.feed(html)
        self.close()
        self.text = " ".join("".join(self._words).split())
        for button, of in self._waiting:
            button.form = self._forms[of]

    def says(self, *sentences: str) -> bool:
        missing = [sentence for sentence in sentences if sentence not in self.text]
        assert not missing, f"{self.url} ({self.status}) does not say {missing}: {self.text}"
        return True

    @property
    def labels(self) -> list[str]:
        return [words for _to, words in self._labels]

    def offered(self, label: str) -> list[str]:
        """The choices of the list with this label."""
        form = next(button.form for button in self.buttons if self._field(button.form, label))
        name, _kind = self._field(form, label) or ("", "")
        return list(form.options[name])

    # --- reading ------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(a.get("action", ""), a.get("method", "get").lower())
            self._forms[a.get("id", "")] = self._form
        elif tag == "input" and a.get("name"):
            self._input(a)
        elif tag == "option":
            name = self._inside("select").get("name", "")
            if "selected" in a or name not in self._form.values:
                self._form.values[name] = a.get("value", "")
        elif tag in ("select", "textarea") and a.get("name"):
            self._form.names[a.get("id", "")] = (a["name"], tag)
        if tag in ("li", "p", "div", "td", "tr", "h1", "h2", "h3", "dd", "br", "label", "button"):
            self._words.append(" ")
        if tag not in EMPTY:
            self._open.append((tag, a, len(self._words)))

    def _input(self, a: dict[str, str]) -> None:
        kind = a.get("type", "text")
        if kind in ("radio", "checkbox"):
            value = a.get("value", "on")
            self._form.names[a.get("id", "")] = (a["name"], value if kind == "radio" else f"{BOX}{value}")
            if "checked" in a:
                self._form.values[a["name"]] = a.get("value", "on")
        else:
            self._form.names[a.get("id", "")] = (a["name"], kind)
            if kind != "file":
                self._form.values[a["name"]] = a.get("value", "")

    def handle_data(self, data: str) -> None:
        if not any(tag in UNSEEN for tag, _a, _at in self._open):
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        while any(opened == tag for opened, _a, _at in self._open):
            opened, a, at = self._open.pop()
            self._ended(opened, a, " ".join("".join(self._words[at:]).split()))
            if opened == tag:
                return

    def _ended(self, tag: str, a: dict[str, str], words: str) -> None:
        if tag == "button" and a.get("type", "submit") == "submit":
            button = Button(words, self._form, a.get("name", ""), a.get("value", ""), a.get("formaction", ""))
            self.buttons.append(button)
            if "form" in a:
                self._waiting.append((button, a["form"]))
        elif tag == "a":
            self.links.append((words, a.get("href", "")))
        elif tag == "label":
            self._labels.append((a.get("for", ""), words))
        elif tag == "textarea":
            self._form.values[a.get("name", "")] = words
        elif tag == "option":
            self._form.options.setdefault(self._inside("select").get("name", ""), {})[words] = a.get("value", "")
        elif tag == "form":
            self._form = Form()

    def _inside(self, tag: str) -> dict[str, str]:
        return next((a for opened, a, _at in reversed(self._open) if opened == tag), {})

    # --- doing --------------------------------------------------------------------------------------

    def button(self, words: str, labels: Typed) -> Button:
        """The first button that says this, in a form that has these labels."""
        named = [b for b in self.buttons if re.match(rf"{re.escape(words)}(?!\w)", b.words)]
        fitting = [b for b in named if all(self._field(b.form, label) for label in labels)]
        assert fitting, (
            f"{self.url} ({self.status}) has no button “{words}” with {list(labels)}: "
            f"buttons {[b.words for b in self.buttons]}, labels {[words for _to, words in self._labels]}; {self.text}"
        )
        return fitting[0]

    def _field(self, form: Form, label: str) -> tuple[str, str] | None:
        ids = [to for to, words in self._labels if re.match(rf"{re.escape(label)}(?!\w)", words)]
        return next((form.names[to] for to in ids if to in form.names), None)

    def filled(self, form: Form, typed: Typed) -> dict[str, Any]:
        values = dict(form.values)
        for label, value in typed.items():
            found = self._field(form, label)
            assert found is not None
            name, kind = found
            if kind == "select":
                words = next(words for words in form.options[name] if words == value or words.startswith(f"{value} "))
                values[name] = form.options[name][words]
            elif kind.startswith(BOX):
                values.pop(name, None) if not value else values.update({name: kind.removeprefix(BOX)})
            elif kind in ("textarea", "file") or isinstance(value, str):
                values[name] = value
            else:  # one of several radio buttons, chosen by its label
                values[name] = kind
        return values


class Person:
    """Somebody of the cast, signed in."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(user)

    def opens(self, url: str) -> Page:
        return self._page(self.client.get(url, follow=True), url)

    def presses(self, words: str, page: Page, typed: Typed | None = None) -> Page:
        """Press the button in the form that has these labels, with what was typed, and see what comes."""
        button = page.button(words, typed or {})
        values = page.filled(button.form, typed or {})
        if button.name:
            values[button.name] = button.value
        url = button.action or button.form.action or page.url
        send = self.client.post if button.form.method == "post" else self.client.get
        return self._page(send(url, values, follow=True), url)

    def follows(self, words: str, page: Page) -> Page:
        """Follow the first link that says this."""
        hrefs = [href for said, href in page.links if words in said]
        assert hrefs, f"{page.url} has no link “{words}”: {[said for said, _href in page.links]}"
        return self.opens(hrefs[0])

    def is_refused(self, url: str) -> bool:
        return self.opens(url).status in (403, 404)

    @staticmethod
    def _page(response: Any, url: str) -> Page:
        where = response.redirect_chain[-1][0] if response.redirect_chain else url
        kind = response.headers["Content-Type"]
        return Page(where, response.status_code, response.text if kind.startswith("text/html") else "")


class Citizen(Person):
    """Somebody without an account, who has an address from a mail."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
