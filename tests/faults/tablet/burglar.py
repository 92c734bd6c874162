"""Who finds the tablet: copies the whole profile of the browser, and tries to open what lies in it with everything that
lies in it. It knows how the tablet seals; what it lacks is a key."""

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import Browser

from tests.browser.chromium import ARGUMENTS, program

# Every value of every database, bytes as {b64}; a key that a browser hides is tried where it lies.
DUMP = """async () => {
    const keys = [], boxes = [], stores = [];
    const letters = (bytes) => Array.from(new Uint8Array(bytes.buffer ?? bytes), (one) => String.fromCharCode(one));
    const b64 = (bytes) => btoa(letters(bytes).join(""));
    const plain = (value) => {
        if (value instanceof CryptoKey) return keys.push(value), {key: value.algorithm.name};
        if (value?.byteLength > 1e6) return {large: value.byteLength}; // room kept free, filled with chance
        if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return {b64: b64(value)};
        if (Array.isArray(value)) return value.map(plain);
        if (value && typeof value === "object") {
            return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
        }
        return value;
    };
    const answer = (request) => new Promise((go) => { request.onsuccess = () => go(request.result); });
    for (const {name} of await indexedDB.databases()) {
        const database = await answer(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            const all = database.transaction(store).objectStore(store);
            const [names, values] = await Promise.all([answer(all.getAllKeys()), answer(all.getAll())]);
            stores.push(...names.map((key, at) => [store, key, values[at]]));
        }
    }
    const opened = [];
    const found = stores.map(([store, key, value]) => [store, key, plain(value)]);
    for (const key of keys) {
        for (const [store, name, value] of stores) {
            const [iv, data] = [value?.iv, value?.data ?? value?.body];
            const bytes = typeof iv === "string" ? Uint8Array.from(atob(iv), (one) => one.charCodeAt(0)) : iv;
            const additionalData = new TextEncoder().encode(value?.id ?? name);
            await crypto.subtle.decrypt({name: "AES-GCM", iv: bytes, additionalData}, key, data)
                .then(() => opened.push(`${store} ${name}`), () => {});
        }
    }
    const caches_ = [];
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) {
            caches_.push([request.url, await (await caches.match(request)).text()]);
        }
    }
    return JSON.stringify({found, opened, caches: caches_, kept: [{...localStorage}, {...sessionStorage}]});
}"""
TOKEN = re.compile(rb"[A-Za-z0-9+/_=-]{16,}")
SIZES = (16, 32)
LARGE = 1_000_000
# Where what a page or a browser keeps may lie; the rest are caches of what everybody may fetch.
KEPT = ("IndexedDB", "Cookies", "Storage", "Sessions", "Preferences", "Local State", "Data")


class Burglar:
    def __init__(self, browser: Browser, profile: Path, site: str, pin: str) -> None:
        """`pin` is looked off: somebody stood behind the warden."""
        self.copy = profile.with_name("copy")
        self.pin = pin
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(profile, self.copy, ignore=shutil.ignore_patterns("Singleton*"))
        self.files = {path: path.read_bytes() for path in sorted(self.copy.rglob("*")) if path.is_file()}
        self.told, self.cookies = self._look(browser, site)

    def _look(self, browser: Browser, site: str) -> tuple[dict[str, Any], str]:
        """What Chromium itself shows of the copy, without any script or server of ours."""
        context = browser.browser_type.launch_persistent_context(
            str(self.copy), executable_path=program(), args=ARGUMENTS, service_workers="block"
        )
        context.route("**/*", lambda route: route.fulfill(content_type="text/html", body="<title>-</title>"))
        page = context.pages[0]
        page.goto(f"{site}/burglar")
        told, cookies = json.loads(page.evaluate(DUMP)), json.dumps(context.cookies())
        context.close()
        return told, cookies

    # --- reading ------------------------------------------------------------------------------------

    def reads(self, words: Iterable[str]) -> set[str]:
        """Those that stand somewhere, in any file or in what Chromium shows."""
        shown = json.dumps(self.told, ensure_ascii=False) + self.cookies
        blobs = [*self.files.values(), shown.encode(), *self._bytes()]
        forms = {word: [word.encode(how) for how in ("utf-8", "utf-16-le", "latin-1")] for word in words}
        return {word for word, ways in forms.items() if any(way in blob for way in ways for blob in blobs)}

    def _bytes(self) -> Iterator[bytes]:
        """Every row of bytes in a value, and every text."""
        todo: list[Any] = [self.told["found"]]
        while todo:
            value = todo.pop()
            if isinstance(value, dict) and set(value) == {"b64"}:
                yield base64.b64decode(value["b64"])
            elif isinstance(value, dict | list):
                todo += value.values() if isinstance(value, dict) else value
            elif isinstance(value, str):
                yield value.encode()

    # --- opening ------------------------------------------------------------------------------------

    def opens(self) -> set[str]:
        """What some key that lies here opens, or that follows from something that lies here."""
        boxes = list(self._boxes())
        opened: set[str] = set(self.told["opened"])
        smallest = {
            store: min((box for box in boxes if box[0] == store), key=lambda box: len(box[3])) for store, *_ in boxes
        }
        for key in self._keys():
            cipher = AESGCM(key)
            for store, iv, label, data in smallest.values():
                with suppress(InvalidTag):
                    cipher.decrypt(iv, data, label)
                    opened.add(f"{store} {label.decode()}")
        return opened

    def _boxes(self) -> Iterator[tuple[str, bytes, bytes, bytes]]:
        """(store, iv, label, sealed) of everything that is sealed."""
        photos: dict[tuple[str, str], bytes] = {}
        for store, name, value in sorted(self.told["found"], key=lambda row: row[0] == "photos"):
            if store == "records":
                pk = value["id"]
                yield store, base64.b64decode(value["iv"]), pk.encode(), _bytes_of(value["body"])
                photos |= {(pk, each["hash"]): base64.b64decode(each["iv"]) for each in value["photos"]}
            elif store == "photos":
                yield store, photos[name[0], name[1]], "/".join(name).encode(), _bytes_of(value)
            elif isinstance(value, dict) and {"iv", "data"} <= set(value):
                yield store, _bytes_of(value["iv"]), str(name).encode(), _bytes_of(value["data"])

    def _keys(self) -> set[bytes]:
        kept = [
            (path, blob) for path, blob in self.files.items()
            if len(blob) < LARGE and any(part.endswith(KEPT) for part in path.relative_to(self.copy).parts)
        ]  # fmt: skip
        raw = [blob for path, blob in kept if path.suffix in (".log", ".ldb") or path.name == "Cookies"]
        windows = (blob[at : at + size] for blob in raw for size in SIZES for at in range(len(blob) - size + 1))
        texts = [*self._bytes(), self.cookies.encode(), self.pin.encode(), *(blob for _path, blob in kept)]
        tokens = {token for text in texts for token in (text, *TOKEN.findall(text))}
        return {key for key in chain(windows, *map(_from, tokens)) if len(key) in SIZES}


def _bytes_of(value: dict[str, str]) -> bytes:
    return base64.b64decode(value["b64"])


def _from(token: bytes) -> Iterator[bytes]:
    """A text as a key: as it stands, filled up, digested and decoded."""
    yield token
    for size in SIZES:
        yield token[:size].ljust(size, b"\0")
    yield hashlib.sha256(token).digest()
    yield hashlib.md5(token, usedforsecurity=False).digest()
    filled = token + b"=" * (-len(token) % 4)
    for decode in (base64.b64decode, base64.urlsafe_b64decode, lambda each: bytes.fromhex(each.rstrip(b"=").decode())):
        with suppress(ValueError):
            yield decode(filled)
