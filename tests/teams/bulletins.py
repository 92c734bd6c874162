"""What the tests of news share: a bulletin that stands there, and a form that is filled in."""

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kortrijk_gebied.ids import uuid7
from teams.bulletins.writing import write
from teams.models import Bulletin, Team
from tests.cast import Cast, area

TEAM = "gebiedsteam-overleie-pius-x"


def bulletin(cast: Cast, *, by: str = "gebiedswerker", team: str = TEAM, areas: tuple[str, ...] = ("Overleie",),
             **values: Any) -> Bulletin:  # fmt: skip
    words = {"title": "Repaircafé zoekt handen", "text": "Zaterdag van 14 tot 17 uur.", **values}
    made = Bulletin(team=Team.objects.get(code=team), **words)
    write(made, areas=[area(name) for name in areas], by=cast[by])
    return made


def filled(**values: Any) -> dict[str, Any]:
    return {
        "key": str(uuid7()), "kind": "news", "title": "Nieuwe zitbank", "text": "Sinds maandag aan de Leie.",
        "team": str(Team.objects.get(code=TEAM).pk), "areas": [str(area("Overleie").pk)], "audience": "internal",
        "starts": "", "ends": "", **values,
    }  # fmt: skip


def picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("bank.png", drawn.getvalue())


def changed(client: Client, url: str, **values: Any) -> dict[str, Any]:
    """The form as it was opened, with other words."""
    return filled(stood=stood(client.get(url).content.decode()), **values)


def stood(page: str) -> str:
    found = re.search(r'name="stood" value="([^"]*)"', page)
    assert found
    return found[1]


def is_picture(client: Client, url: str) -> bool:
    answer: Any = client.get(url)
    return b"".join(answer.streaming_content).startswith(b"\xff\xd8") and answer["Content-Type"] == "image/jpeg"
