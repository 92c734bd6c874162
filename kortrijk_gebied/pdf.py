"""PDF from a template: tagged, in Dutch, with our own font."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher


class StaticOnly(URLFetcher):  # type: ignore[misc]
    """Reads `static:` addresses from our own static files and refuses everything else.

    A report renders text that people typed; an address in it must not make the server fetch anything.
    """

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith("static:"):
            raise ValueError(f"Only static files may be used in a PDF, not {url}")
        return super().fetch(static_file(url.removeprefix("static:").lstrip("/")).as_uri())


def static_file(name: str) -> Path:
    """A static file where it was written, or where collectstatic put it."""
    if ".." in Path(name).parts:
        raise ValueError(f"No such static file: {name}")
    path = Path(finders.find(name) or Path(settings.STATIC_ROOT) / name).resolve()
    if not path.is_file():
        raise ValueError(f"No such static file: {name}")
    return path


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as a tagged PDF/UA document; title, author, subject and language come from its own `<html>`."""
    html = HTML(string=render_to_string(template, context), url_fetcher=StaticOnly(), base_url="static:/")
    document: bytes = html.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, font_config=FontConfiguration())
    return document
