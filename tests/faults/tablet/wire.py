"""The line between tablet and server: a small TCP proxy that can be down, and that can be cut while a record or a photo
is on its way, or just before the answer comes back."""

import re
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress

from tests.servers import free_port

PUT = re.compile(rb"PUT /veld/berichten/[0-9a-f-]+/(fotos/)?")
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
# The other side hears "reset", as when a router forgets the line; not a neat goodbye.
ABRUPT = struct.pack("ii", 1, 0)


class Wire:
    def __init__(self, server_port: int) -> None:
        self.port, self.server_port = free_port(), server_port
        self.cut: list[int] = []
        self._down = False
        self._armed: list[str] = []
        self._lock = threading.Lock()
        self._open: set[Line] = set()
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, what: str) -> None:
        """`photo`, `record`: cut halfway the next one; `answer`: cut when the answer to the next photo is coming."""
        with self._lock:
            self._armed.append(what)

    def clear(self) -> None:
        with self._lock:
            self._armed.clear()
        self.down = False

    @property
    def is_armed(self) -> bool:
        return bool(self._armed)

    @property
    def down(self) -> bool:
        return self._down

    @down.setter
    def down(self, is_down: bool) -> None:
        self._down = is_down
        if is_down:
            for line in list(self._open):
                line.end()

    def close(self) -> None:
        self.down = True
        self._listening.close()

    def take(self, kind: str) -> str:
        """What must happen to a `kind` (`photo` or `record`) that passes now."""
        with self._lock:
            for what in self._armed:
                if what == kind or (what == "answer" and kind == "photo"):
                    self._armed.remove(what)
                    return what
        return ""

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                tablet, _address = self._listening.accept()
                threading.Thread(target=self._connect, args=(tablet,), daemon=True).start()

    def _connect(self, tablet: socket.socket) -> None:
        line = Line(self, tablet)
        if self._down:
            return line.end()
        try:
            line.server = socket.create_connection(("127.0.0.1", self.server_port), timeout=5)
        except OSError:  # it is being started again
            return line.end()
        line.server.settimeout(None)
        self._open.add(line)
        answers = threading.Thread(target=line.pump, args=(line.server, tablet, line.back), daemon=True)
        answers.start()
        line.pump(tablet, line.server, line.forth)
        answers.join()
        line.end()
        return self._open.discard(line)


class Line:
    """One connection."""

    def __init__(self, wire: Wire, tablet: socket.socket) -> None:
        self.wire, self.tablet = wire, tablet
        self.server: socket.socket | None = None
        self.left: int | None = None  # bytes until it is cut
        self.cuts_answer = False

    def end(self) -> None:
        for side in (self.tablet, self.server):
            if side is not None:
                with suppress(OSError):  # it ended already
                    side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPT)
                    side.shutdown(socket.SHUT_RDWR)
                side.close()

    def pump(self, source: socket.socket, target: socket.socket, look: Callable[[bytes], bytes]) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(look(data))
                if self.left == 0:
                    return self.end()
            return target.shutdown(socket.SHUT_WR)  # it said goodbye: so do we
        return self.end()

    def forth(self, data: bytes) -> bytes:
        if self.left is None and (found := PUT.search(data)):
            what = self.wire.take("photo" if found.group(1) else "record")
            length, head = LENGTH.search(data, found.start()), data.find(b"\r\n\r\n", found.start())
            if what == "answer":
                self.cuts_answer = True
            elif what and length and head > 0:
                self.left = head + 4 + int(length.group(1)) // 2
        if self.left is None:
            return data
        data = data[: self.left]
        self.left -= len(data)
        if self.left == 0:
            self.wire.cut.append(len(data))
        return data

    def back(self, data: bytes) -> bytes:
        if self.cuts_answer:
            self.wire.cut.append(0)
            raise OSError
        return data
