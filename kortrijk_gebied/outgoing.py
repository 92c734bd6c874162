"""Requests to an address that somebody else chose: to the internet and nowhere else.

The name is looked up when the connection is made, every address it has is checked, and the connection goes to the
one that was checked: a name that answers differently the second time leads nowhere else. No redirects, no proxy from
the environment, one deadline for the whole exchange, and no more read than asked for.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.ip_network("64:ff9b::/96")
CHUNKED_READ = 65_536
# Names that exist in somebody's own network alone (RFC 6762 and 8375, and what routers and offices make up).
INSIDE_NAMES = (".local", ".internal", ".home.arpa", ".intranet", ".lan", ".home", ".corp", ".private")


class Unreachable(Exception):
    """It was not sent, or no answer came. The message says why, for people."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    is_cut: bool = False  # there was more than asked for
    headers: Mapping[str, str] = field(default_factory=dict)


def send(
    method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes = b"", seconds: float = 10,
    most: int = CHUNKED_READ, inside: bool = False,
) -> Answer:  # fmt: skip
    """`inside` also lets it go to our own network: for an address that an operator of ours typed."""
    address = _address(url)
    backend = _Backend(deadline=time.monotonic() + seconds, inside=inside)
    limits = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend, retries=0) as pool,
            pool.stream(
                method,
                address,
                headers=list((headers or {}).items()),
                content=body or None,
                extensions={"timeout": limits},
            ) as response,
        ):
            content, is_cut = _read(response.iter_stream(), most)
            said = {name.decode().lower(): value.decode("latin-1") for name, value in response.headers}
            return Answer(response.status, content, is_cut, said)
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise Unreachable(_("No answer within %(seconds)s seconds.") % {"seconds": f"{seconds:.0f}"}) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        raise Unreachable(_("The connection failed.")) from error


def _address(url: str) -> httpcore.URL:
    """As a connection is made to it: its name in the letters of the internet (IDNA), with a port that exists."""
    wrong = _("This is no address of a program on the internet.")
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Unreachable(wrong) from error
    if parts.scheme not in ("https", "http") or not parts.host or parts.userinfo:
        raise Unreachable(wrong)
    if parts.port is not None and not 0 < parts.port < 65_536:
        raise Unreachable(wrong)
    if parts.scheme == "http" and not settings.OUTGOING_PLAIN_HTTP:
        raise Unreachable(_("The address must begin with https."))
    return httpcore.URL(scheme=parts.raw_scheme, host=parts.raw_host, port=parts.port, target=parts.raw_path)


def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _read(parts: Iterable[bytes], most: int) -> tuple[bytes, bool]:
    content = bytearray()
    for part in parts:
        content += part
        if len(content) > most:
            return bytes(content[:most]), True
    return bytes(content), False


def is_public(address: Address) -> bool:
    """Whether it is somewhere on the internet, also when it is written inside an address of another kind."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )


def plainly_inside(url: str) -> bool:
    """Whether an address says in so many digits that it lies in a closed network. Of a name that is only known when the
    connection is made: asking for it here would tell nothing about later."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if (address := _in_digits(host)) is not None:
        return not _is_allowed(address, inside=False)
    if host == "localhost" or host.endswith(".localhost"):
        return not settings.OUTGOING_LOOPBACK
    return "." not in host or host.endswith(INSIDE_NAMES)


def _in_digits(host: str) -> Address | None:
    """The address that a host already is, also in the short and hexadecimal ways the system would read."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def _is_allowed(address: Address, *, inside: bool) -> bool:
    return inside or is_public(address) or (settings.OUTGOING_LOOPBACK and address.is_loopback)


class _Backend(httpcore.SyncBackend):
    """Connects to an address that was looked up and checked, and keeps to the deadline."""

    def __init__(self, *, deadline: float, inside: bool) -> None:
        self.deadline, self.inside = deadline, inside

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        addresses = self._addresses(host, port)
        stream = super().connect_tcp(addresses[0], port, _left(self.deadline), local_address, socket_options)
        return _Stream(stream, self.deadline)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # the latter when a part of the name is empty or too long
            raise Unreachable(_("There is no address for %(host)s.") % {"host": host}) from error
        addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
        # One that leads inside among several is no mistake: the name is refused altogether.
        if not all(_is_allowed(ipaddress.ip_address(address), inside=self.inside) for address in addresses):
            raise Unreachable(_("%(host)s lies in a closed network; we send nothing there.") % {"host": host})
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends with the deadline: a byte now and then does not keep us here."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline)), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
