"""A tablet without a browser: seals what it saves as static/field/sealing.js does, and sends it."""

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from kortrijk_gebied.ids import uuid7
from signals.field import keys
from signals.field.sealing import b64, seal, wrap
from signals.models import Category, Signal, Task
from teams.models import Function, Post, PostHolder, Team, User
from tests.cast import OVERLEIE, Cast, area

NOTED = "2026-11-22T13:30:00.000Z"


def seen(subject: str = "Sluikstort", **changes: Any) -> dict[str, Any]:
    """A signal from the street, as the screen makes it."""
    longitude, latitude = OVERLEIE
    return {
        "category": Category.objects.get(name=subject).pk, "text": "Tien zakken.", "place": "", "longitude": longitude,
        "latitude": latitude, "accuracy": 6, "placed_by": "gps", "join": None, "phone": "", "consent": False, **changes,
    }  # fmt: skip


@dataclass
class FieldTablet:
    """`client` is its browser: signed in as whoever starts the shift, with the cookie of the tablet."""

    client: Client
    user: User | None = None
    shift_pass: str = ""
    name: str = "Tablet 3"
    kept: dict[uuid.UUID, tuple[bytes, dict[str, bytes]]] = field(default_factory=dict)

    def start(self, user: User) -> Any:
        self.client.force_login(user)
        answer = self.client.post("/veld/dienst/", {"id": str(uuid7()), "name": self.name}, "application/json")
        if answer.status_code == 201:
            self.user, self.shift_pass = user, answer.json()["pass"]
        return answer

    def save(
        self,
        kind: str,
        content: dict[str, Any],
        photos: Sequence[bytes] = (),
        *,
        changes: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Seal a record; the envelope as it is sent. `changes` and `more` are to what is sealed."""
        assert self.user is not None
        pk, hashes = uuid7(), [hashlib.sha256(photo).hexdigest() for photo in photos]
        body = {
            "schema": 1, "id": str(pk), "kind": kind, "author": str(self.user.pk), "pass": self.shift_pass,
            "salt": base64.b64encode(secrets.token_bytes(16)).decode(), "saved_at": NOTED, "clock_offset_ms": 0,
            "locked": False, "photos": [{"hash": each, "bytes": 1} for each in hashes], kind: content,
            **(changes or {}), **more,
        }  # fmt: skip
        return self.seal(body, dict(zip(hashes, photos, strict=True)))

    def seal(self, body: dict[str, Any], photos: dict[str, bytes]) -> dict[str, Any]:
        current, key = keys.current(), secrets.token_bytes(32)
        plain = json.dumps(body).encode()
        iv, sealed = seal(key, plain, body["id"])
        self.kept[uuid.UUID(body["id"])] = (key, photos)
        return {
            "id": body["id"], "schema": body["schema"], "author": body["author"], "kind": body["kind"],
            "hash": hashlib.sha256(plain).hexdigest(), "key": current.pk, "wrapped": b64(wrap(current.public, key)),
            "iv": b64(iv), "body": b64(sealed),
        }  # fmt: skip

    def send(self, envelope: dict[str, Any], *, at: str = NOTED) -> Any:
        path = f"/veld/berichten/{envelope['id']}/"
        return self.client.put(path, envelope, "application/json", headers={"X-Sent-At": at})

    def send_photo(self, envelope: dict[str, Any], sha256: str, content: bytes | None = None) -> Any:
        key, photos = self.kept[uuid.UUID(envelope["id"])]
        plain = photos[sha256] if content is None else content
        iv, sealed = seal(key, plain, f"{envelope['id']}/{sha256}")
        path = f"/veld/berichten/{envelope['id']}/fotos/{sha256}/"
        return self.client.put(path, sealed, "application/octet-stream", headers={"X-IV": b64(iv)})


def reading(tablet: FieldTablet) -> dict[str, Any]:
    answer = tablet.client.get("/veld/gegevens/")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def task_of(signal: Signal, **details: Any) -> Task:
    team = Team.objects.get(code="gemeenschapswachten")
    return Task.objects.create(signal=signal, team=team, title="Toezicht houden", **details)


def works_in(cast: Cast, name: str) -> None:
    team = Team.objects.get(code="gemeenschapswachten")
    post = Post.objects.create(team=team, area=area(name), function=Function.COMMUNITY_WARDEN)
    PostHolder.objects.create(post=post, user=cast["gemeenschapswacht"])
