"""A request to an address of somebody else's choice goes to the internet, and nowhere else, over real sockets."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic
from typing import Any

import pytest

from kortrijk_gebied.outgoing import Unreachable, is_public, plainly_inside, send

type Handle = Callable[[socket.socket], None]


@contextmanager
def listening(handle: Handle, hear: Callable[[bytes], None] = lambda said: None) -> Iterator[int]:
    """A server that does with each connection what `handle` says; `hear` gets the beginning of the question."""
    with socket.create_server(("127.0.0.1", 0)) as here:
        here.settimeout(5)

        def serve() -> None:
            try:
                connection, _address = here.accept()
            except OSError:
                return
            with connection:
                try:
                    hear(connection.recv(65_536))
                    handle(connection)
                except OSError:
                    return

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield here.getsockname()[1]
    thread.join(6)


def says(text: str) -> Handle:
    return lambda connection: connection.sendall(text.encode())


@pytest.fixture
def loopback(settings: Any) -> None:
    settings.OUTGOING_LOOPBACK = True


class TestAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "127.8.8.8", "10.0.0.8", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
            "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.7", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1",  # noqa: S104
            "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.8", "2002:7f00:1::",
            "2002:0a00:8::1", "64:ff9b::7f00:1", "64:ff9b::a00:8", "2001:0:4136:e378:8000:63bf:f5ff:fff7",
        ],
    )  # fmt: skip
    def test_that_leads_inside_is_not_public(self, address: str) -> None:
        assert not is_public(ipaddress.ip_address(address))

    @pytest.mark.parametrize(
        "address", ["8.8.8.8", "193.191.245.10", "2a02:1810::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
    )
    def test_on_the_internet_is_public(self, address: str) -> None:
        assert is_public(ipaddress.ip_address(address))


class TestRefusal:
    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1:8000/", "http://[::1]:8000/", "http://localhost/", "http://169.254.169.254/latest/",
            "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/", "http://127.1/",
        ],
    )  # fmt: skip
    def test_of_what_leads_inside_however_it_is_written(self, url: str) -> None:
        with pytest.raises(Unreachable, match="afgesloten netwerk"):
            send("POST", url, body=b"{}")

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "https://", "//x", "https://a.example:99999/",
            "https://a.example:0/", "https://a.example:poort/", "https://[::1/", "https://\ud800.example/",
            "https://１２７.0.0.1/", "https://a.example/\n",
        ],
    )  # fmt: skip
    def test_of_what_is_no_address_of_a_program(self, url: str) -> None:
        with pytest.raises(Unreachable, match="geen adres"):
            send("GET", url)

    @pytest.mark.parametrize(
        "host", ["127.1", "0x7f.1", "2130706433", "10.0.0.1", "[::1]", "localhost.", "server", "x.local", "x.lan."]
    )  # fmt: skip
    def test_is_known_beforehand_of_what_plainly_leads_inside(self, host: str) -> None:
        assert plainly_inside(f"https://{host}/hook")

    @pytest.mark.parametrize("host", ["fluvius.example", "8.8.8.8", "local.example", "1.example"])
    def test_is_not_known_beforehand_of_other_names(self, host: str) -> None:
        assert not plainly_inside(f"https://{host}/hook")

    def test_of_a_name_and_password_in_it(self) -> None:
        with pytest.raises(Unreachable, match="geen adres"):
            send("GET", "https://wij@127.0.0.1/")

    def test_of_plain_http_outside_a_demo(self, settings: Any) -> None:
        settings.OUTGOING_PLAIN_HTTP = False
        with pytest.raises(Unreachable, match="https"):
            send("GET", "http://partner.example/")

    def test_of_a_name_of_which_one_address_leads_inside(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", resolves_to("8.8.8.8", "10.0.0.8"))
        with pytest.raises(Unreachable, match=r"partner\.example ligt in een afgesloten netwerk"):
            send("GET", "https://partner.example/")

    def test_of_a_name_that_does_not_exist(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def nowhere(*args: object, **kwargs: object) -> None:
            raise socket.gaierror

        monkeypatch.setattr(socket, "getaddrinfo", nowhere)
        with pytest.raises(Unreachable, match="niet te vinden"):
            send("GET", "https://partner.example/")

    @pytest.mark.parametrize("host", ["a..b.example", f"{'x' * 64}.example"])
    def test_of_a_name_that_cannot_be(self, host: str) -> None:
        with pytest.raises(Unreachable, match="niet te vinden"):
            send("GET", f"https://{host}/")

    def test_lets_an_operator_reach_our_own_network(self) -> None:
        with listening(says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nja")) as port:
            assert send("GET", f"http://127.0.0.1:{port}/", inside=True).body == b"ja"


def resolves_to(*addresses: str) -> Callable[..., list[Any]]:
    def resolve(host: str, port: int, *args: object, **kwargs: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


class TestConnection:
    def test_goes_to_the_address_that_was_checked(self, loopback: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """The name is asked for once: what it answers a second time leads nowhere."""
        asked = []
        real = socket.getaddrinfo

        def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
            if host == "partner.example":
                asked.append(host)
                return resolves_to("127.0.0.1" if len(asked) == 1 else "10.0.0.8")(host, port)
            return real(host, port, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with listening(says("HTTP/1.1 204 No Content\r\n\r\n")) as port:
            assert send("GET", f"http://partner.example:{port}/").status == 204
        assert asked == ["partner.example"]

    def test_goes_to_a_name_with_an_accent_by_what_the_internet_calls_it(
        self, loopback: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        heard: list[bytes] = []
        real = socket.getaddrinfo

        def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
            asked.append(host)
            return real("127.0.0.1", port, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with listening(says("HTTP/1.1 204 No Content\r\n\r\n"), heard.append) as port:
            assert send("GET", f"http://münchen.example:{port}/één?x=ü").status == 204
        assert asked[0] == "xn--mnchen-3ya.example"
        assert heard[0].startswith(b"GET /%C3%A9%C3%A9n?x=%C3%BC HTTP/1.1\r\n")
        assert f"Host: xn--mnchen-3ya.example:{port}".encode() in heard[0]

    def test_follows_no_redirect(self, loopback: None) -> None:
        moved = "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
        with listening(says(moved)) as port:
            answer = send("GET", f"http://127.0.0.1:{port}/")
        assert answer.status == 302
        assert answer.headers["location"] == "http://169.254.169.254/"

    def test_takes_no_proxy_from_the_environment(self, loopback: None, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://10.0.0.8:3128")
        with listening(says("HTTP/1.1 204 No Content\r\n\r\n")) as port:
            assert send("GET", f"http://127.0.0.1:{port}/").status == 204

    def test_reads_no_more_than_asked(self, loopback: None) -> None:
        def flood(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
            while True:
                connection.sendall(b"x" * 65_536)

        with listening(flood) as port:
            answer = send("GET", f"http://127.0.0.1:{port}/", most=1000)
        assert (len(answer.body), answer.is_cut) == (1000, True)

    @pytest.mark.parametrize(
        "beginning", ["", "HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"]
    )
    def test_ends_with_its_deadline_however_slowly_it_comes(self, loopback: None, beginning: str) -> None:
        """A byte every twentieth of a second: in the head and in the body, no single read takes long."""

        def drip(connection: socket.socket) -> None:
            connection.sendall(beginning.encode())
            connection.settimeout(0.05)
            while True:
                try:
                    connection.recv(1)
                except TimeoutError:
                    connection.sendall(b"x")
                else:
                    return

        begun = monotonic()
        with listening(drip) as port, pytest.raises(Unreachable, match="Geen antwoord"):
            send("GET", f"http://127.0.0.1:{port}/", seconds=0.4)
        assert monotonic() - begun < 3

    @pytest.mark.parametrize("text", ["", "onzin\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nkort"])
    def test_that_breaks_says_so(self, loopback: None, text: str) -> None:
        with listening(says(text)) as port, pytest.raises(Unreachable, match="mislukte"):
            send("GET", f"http://127.0.0.1:{port}/")

    def test_asks_for_a_certificate_of_the_name(self, loopback: None) -> None:
        with listening(says("HTTP/1.1 200 OK\r\n\r\n")) as port, pytest.raises(Unreachable, match="mislukte"):
            send("GET", f"https://127.0.0.1:{port}/")
